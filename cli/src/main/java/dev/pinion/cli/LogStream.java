package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log to a stream that may block, such as a pipe that nobody reads or a terminal that was stopped with Ctrl-S.
 * Whoever logs never waits: lines are kept until a thread of this class has written them, and dropped when too much is
 * kept. What was dropped is counted, and reported in the log itself.
 */
final class LogStream extends OutputStream {
  private static final int MOST_BYTES = 1 << 20;

  private final PrintStream target;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Deque<byte[]> lines = new ArrayDeque<>();
  private int bytes;
  private long dropped;
  private boolean writing;

  private LogStream(PrintStream target) {
    this.target = target;
  }

  /** A log, and the means to wait for it. */
  record Log(PrintStream stream, LogStream written) {}

  /** Starts a log that ends up in a stream. */
  static Log to(PrintStream target) {
    LogStream log = new LogStream(target);
    Thread.ofPlatform().daemon().name("pinion-log").start(log::run);
    return new Log(new PrintStream(log, false, StandardCharsets.UTF_8), log);
  }

  @Override
  public void write(int unit) {
    write(new byte[] {(byte) unit}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] data, int from, int length) {
    line.write(data, from, length);
    if (length > 0 && data[from + length - 1] == '\n') {
      add(line.toByteArray());
      line.reset();
    }
  }

  private void add(byte[] text) {
    if (bytes + text.length > MOST_BYTES) {
      dropped++;
    } else {
      lines.add(text);
      bytes += text.length;
      notifyAll();
    }
  }

  private void run() {
    for (byte[] next = next(); next != null; next = next()) {
      target.write(next, 0, next.length);
      target.flush();
      written();
    }
  }

  private synchronized byte @Nullable [] next() {
    try {
      while (lines.isEmpty() && dropped == 0) {
        wait();
      }
    } catch (InterruptedException e) {
      return null;
    }
    writing = true;
    if (lines.isEmpty()) {
      String note = "warning: " + dropped + " lines of the log were dropped: nobody read it fast enough\n";
      dropped = 0;
      return note.getBytes(StandardCharsets.UTF_8);
    }
    byte[] first = lines.remove();
    bytes -= first.length;
    return first;
  }

  private synchronized void written() {
    writing = false;
    notifyAll();
  }

  /** Waits until all is written, but no longer than a time in milliseconds. */
  synchronized void await(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = end - System.nanoTime(); left > 0 && (writing || !lines.isEmpty() || dropped > 0); left =
          end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
