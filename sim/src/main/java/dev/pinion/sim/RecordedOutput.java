package dev.pinion.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A stream that the app's code may print to: what a handler prints is noted in the trace of its request, too, while
 * somebody looks. Any thread.
 */
final class RecordedOutput extends OutputStream {
  private final PrintStream target;
  private final Recording recording;

  private RecordedOutput(PrintStream target, Recording recording) {
    this.target = target;
    this.recording = recording;
  }

  static PrintStream of(PrintStream target, Recording recording) {
    return new PrintStream(new RecordedOutput(target, recording), true, target.charset());
  }

  @Override
  public void write(int unit) throws IOException {
    write(new byte[] {(byte) unit}, 0, 1);
  }

  @Override
  public void write(byte[] data, int from, int length) {
    target.write(data, from, length);
    RequestTrace trace = recording.trace();
    if (trace == null) return;
    if (target.charset().equals(UTF_8)) {
      trace.printed(data, from, length);
    } else {
      byte[] utf8 = new String(data, from, length, target.charset()).getBytes(UTF_8);
      trace.printed(utf8, 0, utf8.length);
    }
  }

  @Override
  public void flush() {
    target.flush();
  }
}
