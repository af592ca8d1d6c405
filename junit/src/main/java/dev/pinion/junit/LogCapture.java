package dev.pinion.junit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The app's log, kept until a failure shows it. Any thread. */
final class LogCapture {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, UTF_8);

  PrintStream stream() {
    return stream;
  }

  List<String> lines() {
    return bytes.toString(UTF_8).lines().toList();
  }
}
