package dev.pinion.inspect;

import dev.pinion.inspect.InspectionStreams.Request;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * An inspector in a process of its own: reads one request from its standard input, and writes the answer to its
 * standard output. What the app's define prints is dropped. Public only because a JVM starts it.
 */
public final class InspectorMain {
  private InspectorMain() {}

  /** Answers one request, and ends. */
  @SuppressWarnings("CatchingUnchecked") // whatever define throws
  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    Request request = InspectionStreams.request(in);
    System.setIn(InputStream.nullInputStream());
    request.properties().forEach(System.getProperties()::putIfAbsent);
    LambdaRegion.provide();
    try {
      InspectionStreams.write(out, inspect(request));
    } catch (RuntimeException | Error thrown) {
      InspectionStreams.write(out, thrown);
    }
    // What define has started must not keep this process.
    Runtime.getRuntime().halt(0);
  }

  private static Inspection inspect(Request request) {
    ShippedLoader program = new ShippedLoader(request.own(), request.path());
    return new Inspector(program, request.own().keySet()).inspect(request.app(), request.first());
  }
}
