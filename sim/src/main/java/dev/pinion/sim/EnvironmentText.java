package dev.pinion.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The lines of an {@link EnvironmentFile}. At its path may be a pipe, which a password manager writes. */
final class EnvironmentText {
  private static final int MOST_BYTES = 1 << 20;

  private EnvironmentText() {}

  /**
   * Reads a file's lines.
   *
   * @param pipe how long to wait for the writer of a pipe
   * @throws IOException if that fails, or the file is too large or not UTF-8
   */
  static List<String> lines(Path file, Duration pipe) throws IOException {
    boolean other = Files.readAttributes(file, BasicFileAttributes.class).isOther();
    byte[] bytes = other ? wait(file, pipe) : bytes(file);
    if (bytes.length > MOST_BYTES) throw new IOException("it is larger than 1 MB, so it is no list of variables");
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().lines().toList();
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES + 1);
    }
  }

  /** Opening a pipe blocks until somebody writes it, whatever interrupts the thread. */
  private static byte[] wait(Path file, Duration pipe) throws IOException {
    FutureTask<byte[]> read = new FutureTask<>(() -> bytes(file));
    Thread.ofPlatform().daemon().name("pinion-env").start(read);
    try {
      return read.get(pipe.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("it is a pipe, and nobody has written it within " + pipe.toMillis() / 1000.0 + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
