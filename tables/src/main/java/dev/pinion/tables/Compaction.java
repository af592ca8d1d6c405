package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables' file anew, on a thread of its own, once most of it is rows of the past. Writes go on meanwhile:
 * they go to the old file, and their commits are copied at the end.
 *
 * <p>The new file takes the old one's place in one step, so the process may end at any moment.
 */
final class Compaction {
  private static final long SMALLEST = 4L << 20;
  private static final int COMMIT_BYTES = 1 << 18;

  private final Path copy;
  private final long from;
  private final Thread thread;
  private volatile boolean abandoned;
  private volatile @Nullable LogFile written;
  private volatile @Nullable Throwable failure;

  private Compaction(Path copy, long from, Snapshot snapshot, List<UndeclaredTable> others, long lastChange) {
    this.copy = copy;
    this.from = from;
    thread = Thread.ofPlatform().inheritInheritableThreadLocals(false).daemon().name("pinion-compaction")
        .unstarted(() -> run(snapshot, others, lastChange));
  }

  /** Whether a file is more than twice as long as its rows need, and 4 MB more. */
  static boolean isDue(long length, long needed) {
    return length > SMALLEST + 2 * needed;
  }

  /**
   * Starts to write all rows to a copy.
   *
   * @param copy the file to write
   * @param length the tables' file's length
   * @param snapshot the rows that it has at this length
   * @param lastChange the number of the last change
   */
  static Compaction start(
      Path copy, long length, Snapshot snapshot, List<UndeclaredTable> others, long lastChange) {
    Compaction started = new Compaction(copy, length, snapshot, others, lastChange);
    started.thread.start();
    return started;
  }

  @SuppressWarnings("IllegalCatch") // whoever waits for the copy sees it
  private void run(Snapshot snapshot, List<UndeclaredTable> others, long lastChange) {
    try {
      LogFile file = LogFile.create(copy);
      boolean whole = false;
      try {
        CommitWriter writer = new CommitWriter();
        writer.lastChange(lastChange);
        snapshot.tables().forEach((id, table) -> writer.key(id, table.layout().key().toString()));
        for (UndeclaredTable other : others) {
          writer.key(other.id(), other.key());
          write(file, writer, other.id(), other.rows());
        }
        for (var table : snapshot.tables().entrySet()) {
          write(file, writer, table.getKey(), table.getValue().rows());
        }
        file.append(writer.content());
        file.force();
        whole = true;
        written = file;
      } finally {
        if (!whole) {
          file.close();
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  private void write(LogFile file, CommitWriter writer, String table, SortedRows rows) throws IOException {
    IOException[] failed = new IOException[1];
    rows.visit(KeyRange.ALL, false, (key, row) -> {
      writer.row(table, key, row);
      if (writer.size() < COMMIT_BYTES) {
        return !abandoned;
      }
      try {
        file.append(writer.content());
        writer.clear();
      } catch (IOException e) {
        failed[0] = e;
      }
      return failed[0] == null && !abandoned;
    });
    if (failed[0] != null) {
      throw failed[0];
    } else if (abandoned) {
      throw new IOException("the tables are closed");
    }
  }

  /** Whether the copy is written, or could not be. */
  boolean isDone() {
    return written != null || failure != null;
  }

  /**
   * Puts the copy in the file's place, with what was written since. Waits until it is written.
   *
   * @param file the tables' file
   * @param current the same, open
   * @return the file in use from now on
   * @throws IOException when there is no room for the copy; the file stays as it is
   */
  LogFile finish(Path file, LogFile current) throws IOException {
    LogFile next = joined();
    boolean replaced = false;
    try {
      next.appendFrom(current, from);
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

  private LogFile joined() throws IOException {
    join();
    LogFile next = written;
    if (next == null) {
      Files.deleteIfExists(copy);
      throw new IOException("the tables' file cannot be written anew", failure);
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
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the copying and deletes the copy. */
  void abandon() throws IOException {
    abandoned = true;
    join();
    LogFile next = written;
    if (next != null) {
      next.close();
    }
    Files.deleteIfExists(copy);
  }
}
