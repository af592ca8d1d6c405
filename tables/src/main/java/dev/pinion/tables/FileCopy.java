package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LogFile} that is written anew, on a thread of its own. Writes go on meanwhile: they go to the old file, and
 * their commits are copied at the end.
 *
 * <p>The new file takes the old one's place in one step, so the process may end at any moment.
 */
final class FileCopy {
  private final Path copy;
  private final long length;
  private final String what;
  private final Thread thread;
  private volatile boolean abandoned;
  private volatile @Nullable LogFile written;
  private volatile @Nullable Throwable failure;

  /** Writes what the file has, from its beginning. */
  @FunctionalInterface
  interface Content {
    void write(LogFile file, FileCopy copying) throws IOException;
  }

  private FileCopy(Path copy, long length, String what, Content content) {
    this.copy = copy;
    this.length = length;
    this.what = what;
    thread = Thread.ofPlatform().inheritInheritableThreadLocals(false).daemon().name("pinion-copy-" + what)
        .unstarted(() -> run(content));
  }

  /**
   * Starts to write a copy.
   *
   * @param copy the file to write
   * @param length the length of the file in use
   * @param what the file has, such as {@code tables}
   * @param content what it has at this length
   */
  static FileCopy start(Path copy, long length, String what, Content content) {
    FileCopy started = new FileCopy(copy, length, what, content);
    started.thread.start();
    return started;
  }

  @SuppressWarnings("IllegalCatch") // whoever waits for the copy sees it
  private void run(Content content) {
    try {
      LogFile file = LogFile.create(copy);
      boolean whole = false;
      try {
        content.write(file, this);
        file.force();
        whole = true;
        written = file;
      } finally {
        if (!whole) file.close();
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Whether nobody wants the copy any more. */
  boolean isAbandoned() {
    return abandoned;
  }

  /** Ends the writing of a copy that nobody wants any more. */
  void check() throws IOException {
    if (abandoned) throw new IOException("the " + what + " are closed");
  }

  /** Whether the copy is written, or could not be. */
  boolean isDone() {
    return written != null || failure != null;
  }

  /**
   * Puts the copy in the file's place, with what was written since. Waits until it is written.
   *
   * @param file where the file is
   * @param current the same, open
   * @return the file in use from now on
   * @throws IOException when there is no room for the copy; the file stays as it is
   */
  LogFile finish(Path file, LogFile current) throws IOException {
    join();
    LogFile next = written;
    if (next == null) {
      Files.deleteIfExists(copy);
      throw new IOException("the file of the " + what + " cannot be written anew", failure);
    }
    boolean replaced = false;
    try {
      next.appendFrom(current, length);
      next.force();
      LogFile.replace(copy, file);
      replaced = true;
    } finally {
      if (!replaced) {
        next.close();
        Files.deleteIfExists(copy);
      }
    }
    return next;
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** Stops the copying and deletes the copy. */
  void abandon() throws IOException {
    abandoned = true;
    join();
    LogFile next = written;
    if (next != null) next.close();
    Files.deleteIfExists(copy);
  }
}
