package dev.pinion.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Discards what the current thread prints to the standard streams until it is closed, so that a define that runs a
 * second time prints nothing twice. Other threads are not affected.
 */
final class Silence implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final PrintStream quietOut = without(Thread.currentThread(), out);
  private final PrintStream quietErr = without(Thread.currentThread(), err);

  Silence() {
    System.setOut(quietOut);
    System.setErr(quietErr);
  }

  private static PrintStream without(Thread silent, PrintStream stream) {
    return new PrintStream(new OutputStream() {
      @Override
      public void write(int character) {
        if (heard()) stream.write(character);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        if (heard()) stream.write(bytes, from, length);
      }

      @Override
      public void flush() {
        if (heard()) stream.flush();
      }

      private boolean heard() {
        return !Thread.currentThread().equals(silent);
      }
    }, true, stream.charset());
  }

  /** Restores the streams, unless the app has replaced them in the meantime. */
  @Override
  @SuppressWarnings("ReferenceEquality") // the streams themselves
  public void close() {
    if (System.out == quietOut) System.setOut(out);
    if (System.err == quietErr) System.setErr(err);
  }
}
