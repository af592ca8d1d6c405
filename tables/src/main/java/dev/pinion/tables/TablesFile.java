package dev.pinion.tables;

import dev.pinion.tables.UncommittedWrite.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all tables in one file on disk: every commit since the file was last written anew ({@link Compaction}).
 *
 * <p>{@link #write} returns when the operating system has the bytes, so they survive the end of the process, however it
 * comes; the disk itself has them after {@link #close}. Used by one thread at a time.
 */
final class TablesFile implements CommitSink {
  /** The file's name. */
  static final String NAME = "tables.log";

  private static final String OLD_FORM = "tables.mv";

  private final LogFolder folder;
  private final FolderLock lock;
  private final StoredTables stored;
  private final CommitWriter writer = new CommitWriter();
  private LogFile file;
  private List<UndeclaredTable> others = List.of();
  private @Nullable FileCopy compaction;
  private long nextCompaction;
  private long lastChange;

  private TablesFile(LogFolder folder, FolderLock lock, StoredTables stored, LogFile file) {
    this.folder = folder;
    this.lock = lock;
    this.stored = stored;
    lastChange = stored.lastChange();
    this.file = file;
  }

  /**
   * Opens the file in a folder, and creates both if they do not exist.
   *
   * @param taken the number of the last change that was passed on
   * @param lines receives a line about rows that were given up
   * @throws FolderInUseException when another run has the folder open
   * @throws FolderDamagedException when an acknowledged commit is missing, or the file has another form
   */
  static TablesFile open(Path folder, long taken, Consumer<String> lines) throws IOException {
    Files.createDirectories(folder);
    LogFolder place = new LogFolder(folder, Kept.TABLES);
    FolderLock lock = place.lock();
    boolean opened = false;
    try {
      if (Files.notExists(place.file()) && Files.exists(folder.resolve(OLD_FORM))) {
        throw new FolderDamagedException(
            folder, Kept.TABLES, OLD_FORM + " is of an earlier version of Pinion, in a form that this one does not "
                + "read",
            "");
      }
      StoredTables stored = new StoredTables(taken);
      LogFile log = place.open((_, content) -> stored.apply(content), lines);
      TablesFile file = new TablesFile(place, lock, stored, log);
      opened = true;
      return file;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /**
   * Takes all rows of a table, sorted by their keys.
   *
   * @throws SchemaChangedException when there are rows of another key than the table's
   */
  List<Map.Entry<byte[], Row>> load(TableLayout table) throws IOException {
    String now = table.key().toString();
    String before = stored.key(table.id());
    if (!before.equals(now)) {
      if (!stored.isEmpty(table.id())) {
        throw new SchemaChangedException(folder.folder(), table.id(), before, now);
      }
      writer.clear();
      writer.key(table.id(), now);
      file.append(writer.content());
    }
    return stored.take(table.id());
  }

  /** Returns the number of the last change. */
  long lastChange() {
    return lastChange;
  }

  /** Returns the changes that were not passed on. */
  List<RowChange> changes() {
    return stored.changes();
  }

  /**
   * Goes on to writes, once all declared tables have been loaded. The rows of the others are kept.
   */
  void begin() {
    others = stored.takeOthers();
  }

  /**
   * Brings changes to the disk, all or none of them.
   *
   * @param keys the keys in words of tables that are new, by table
   * @param changes changes of rows, also of new tables
   * @param captured changes that are to be handled
   * @throws IOException when the disk is full or fails; the next write may succeed
   */
  @Override
  public void write(Map<String, String> keys, List<Change> changes, List<RowChange> captured) throws IOException {
    writer.clear();
    keys.forEach(writer::key);
    changes.forEach(writer::change);
    captured.forEach(writer::captured);
    try {
      file.append(writer.content());
    } catch (IOException e) {
      throw new IOException(
          "the tables in " + folder.folder() + " cannot be written: " + e.getMessage()
              + ". Nothing of this write is stored; writes succeed again once the disk takes them",
          e);
    }
    if (!keys.isEmpty()) others = others.stream().filter(each -> !keys.containsKey(each.id())).toList();
    if (!captured.isEmpty()) lastChange = captured.getLast().number();
  }

  @Override
  public void written(Snapshot after) {
    compact(after);
  }

  @Override
  public Optional<UndeclaredTable> undeclared(String id) {
    return others.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /**
   * Starts to write the file anew when that is due, and finishes what was started. A failure only leaves it longer: no
   * room for a copy on the disk or in memory, or a system that replaces no open file. It is tried again when the file
   * has grown.
   *
   * @param after all rows; null to start nothing more
   */
  @SuppressWarnings("IllegalCatch") // the write before has succeeded, whatever happens here
  private void compact(@Nullable Snapshot after) {
    try {
      FileCopy running = compaction;
      if (running != null && running.isDone()) {
        compaction = null;
        finish(running);
      } else if (running == null && after != null && file.length() > nextCompaction) {
        long needed = after.bytes() + others.stream().mapToLong(each -> each.rows().bytes()).sum();
        if (Compaction.isDue(file.length(), needed)) {
          compaction = Compaction.start(folder.copy(), file.length(), after, others, lastChange);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      nextCompaction = file.length() + file.length() / 4;
    }
  }

  private void finish(FileCopy running) throws IOException {
    LogFile old = file;
    file = running.finish(folder.file(), old);
    nextCompaction = 0;
    old.close();
  }

  /**
   * Deletes the files of the tables in a folder, and none that are not theirs. The lock stays, as it keeps others out
   * meanwhile.
   *
   * @throws FolderInUseException when another run has the folder open
   */
  static void delete(Path folder) throws IOException {
    new LogFolder(folder, Kept.TABLES).delete(List.of(OLD_FORM));
  }

  /** Returns the length of the file in a folder; 0 when it cannot be known. */
  static long length(Path folder) {
    return folder.resolve(NAME).toFile().length();
  }

  /** Waits until the disk has everything, and releases the folder. */
  @Override
  public void close() throws IOException {
    try (lock) {
      compact(null);
      FileCopy running = compaction;
      if (running != null) {
        running.abandon();
      }
      try (LogFile last = file) {
        last.force();
      }
    }
  }

  /** Releases the folder without writing anything. */
  void abandon() throws IOException {
    try (lock) {
      file.close();
    }
  }
}
