package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** A log to a stream that blocks. */
@Timeout(30)
final class LogStreamTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final Semaphore allowed = new Semaphore(0);

  private final PrintStream target = new PrintStream(new OutputStream() {
    @Override
    public void write(int unit) {
      throw new AssertionError("by the line only");
    }

    @Override
    public void write(byte[] data, int from, int length) {
      blocked.countDown();
      allowed.acquireUninterruptibly();
      written.write(data, from, length);
    }
  }, false, StandardCharsets.UTF_8);

  @Test
  void neverWaitsAndCountsWhatItDrops() throws Exception {
    LogStream.Log log = LogStream.to(target);
    log.stream().println("first");
    blocked.await();
    String line = "x".repeat(999);
    for (int i = 0; i < 2000; i++) {
      log.stream().println(line);
    }
    log.written().await(1);
    allowed.release(Integer.MAX_VALUE);
    log.written().await(20_000);
    String text = written.toString(StandardCharsets.UTF_8);
    long kept = text.lines().filter(line::equals).count();
    assertThat(kept).isBetween(1000L, 1100L);
    assertThat(text).startsWith("first\n").endsWith(
        "warning: " + (2000 - kept) + " lines of the log were dropped: nobody read it fast enough\n");
  }

  @Test
  void writesLinesAsTheyAre() {
    allowed.release(Integer.MAX_VALUE);
    LogStream.Log log = LogStream.to(target);
    log.stream().println("größer 🙂");
    log.stream().print("two\nlines\n");
    log.written().await(20_000);
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("größer 🙂\ntwo\nlines\n");
  }
}
