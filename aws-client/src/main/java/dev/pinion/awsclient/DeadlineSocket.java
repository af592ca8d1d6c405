package dev.pinion.awsclient;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP socket whose reads end at one deadline, however the bytes drip in: TLS reads from it as well. A large write
 * to a peer that takes nothing ends then too, as the socket is closed. For one exchange at a time.
 */
final class DeadlineSocket extends Socket {
  private volatile long deadline;
  private volatile boolean writing;

  /** From now on reads and writes end at a time on {@link System#nanoTime}. */
  void deadline(long nanos) {
    deadline = nanos;
  }

  /** The time until the deadline, at least a millisecond. */
  int millisLeft() throws SocketTimeoutException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("timed out");
    }
    return (int) Math.max(1, Duration.ofNanos(left).toMillis());
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        setSoTimeout(millisLeft());
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        setSoTimeout(millisLeft());
        return super.read(bytes, offset, length);
      }
    };
  }

  /** Runs a write that may be larger than what the kernel takes at once. */
  void guarded(Write write) throws IOException {
    writing = true;
    long until = deadline;
    Thread guard = Thread.startVirtualThread(() -> closeAfter(until));
    try {
      write.run();
    } catch (IOException e) {
      if (until - System.nanoTime() <= 0) {
        throw new SocketTimeoutException("timed out while sending");
      }
      throw e;
    } finally {
      writing = false;
      LockSupport.unpark(guard);
    }
  }

  private void closeAfter(long until) {
    for (long left = until - System.nanoTime(); writing && left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    if (writing) {
      try {
        close();
      } catch (IOException _) {
        // the writer gets its own exception
      }
    }
  }

  /** A write. */
  interface Write {
    void run() throws IOException;
  }
}
