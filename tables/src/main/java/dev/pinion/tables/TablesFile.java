package dev.pinion.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The rows of all tables in one file on disk, an H2 MVStore: a map of keys to rows for each table, and one that says
 * what key each table's rows have.
 *
 * <p>{@link #write} returns when the operating system has the bytes, so they survive the end of the process however it
 * comes; the disk itself has them after {@link #close}. Used by one thread at a time.
 *
 * @see <a href="https://h2database.com/html/mvstore.html">MVStore</a>
 */
final class TablesFile implements AutoCloseable {
  /** The name of the map of what key each table's rows have. */
  static final String KEYS = "keys";

  private static final String FILE = "tables.mv";
  private static final int FORMAT = 1;
  private static final int CACHE_MB = 1;

  private final Path folder;
  private final MVStore store;
  private final MVMap<String, String> keys;
  private final Map<String, MVMap<byte[], byte[]>> rows = new HashMap<>();

  private TablesFile(Path folder, MVStore store) {
    this.folder = folder;
    this.store = store;
    this.keys = keys(store);
  }

  /**
   * Opens the file in a folder, and makes both where there are none.
   *
   * @throws FolderInUseException when another run has it open
   * @throws FolderDamagedException when it cannot be read
   */
  static TablesFile open(Path folder) throws TablesException {
    MVStore store;
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      String problem = CleanEnd.problem(folder, file);
      if (problem != null) {
        throw new FolderDamagedException(folder, problem, null);
      }
      store = locked(folder, file);
    } catch (TablesException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return opened(folder, file, store);
  }

  private static MVStore locked(Path folder, Path file) throws TablesException {
    try {
      return store(file);
    } catch (MVStoreException e) {
      throw e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
          ? new FolderInUseException(folder, Owner.of(folder))
          : damaged(folder, e);
    }
  }

  /** The engine on a file. */
  static MVStore store(Path file) {
    MVStore store =
        new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().cacheSize(CACHE_MB).open();
    // Space of old versions is used again at once: nobody reads them, all rows are in memory.
    store.setRetentionTime(0);
    store.setVersionsToKeep(0);
    return store;
  }

  private static TablesFile opened(Path folder, Path file, MVStore first) throws TablesException {
    MVStore store = first;
    try {
      if (store.getStoreVersion() > FORMAT) {
        throw new FolderDamagedException(folder, "a newer Pinion wrote them", null);
      }
      CleanEnd.forget(folder);
      if (Compaction.replace(store, file)) {
        MVStore replaced = store;
        store = locked(folder, file);
        replaced.closeImmediately();
      }
      store.setStoreVersion(FORMAT);
      Owner.write(folder);
      return new TablesFile(folder, store);
    } catch (MVStoreException e) {
      store.closeImmediately();
      throw damaged(folder, e);
    } catch (TablesException | RuntimeException e) {
      store.closeImmediately();
      throw e;
    }
  }

  private static FolderDamagedException damaged(Path folder, RuntimeException e) {
    return new FolderDamagedException(folder, String.valueOf(e.getMessage()), e);
  }

  /**
   * All rows of a table, sorted by their keys.
   *
   * @throws SchemaChangedException when there are rows of another key than the table's
   * @throws FolderDamagedException when a row cannot be read
   */
  List<Map.Entry<byte[], Row>> load(TableLayout table) throws TablesException {
    try {
      MVMap<byte[], byte[]> map = rows(store, "rows/" + table.id());
      rows.put(table.id(), map);
      String now = table.key().toString();
      String before = keys.get(table.id());
      if (before != null && !before.equals(now) && !map.isEmpty()) {
        throw new SchemaChangedException(folder, table.id(), before, now);
      } else if (!now.equals(before)) {
        keys.put(table.id(), now);
      }
      return decoded(map);
    } catch (ItemCodec.DamagedException e) {
      throw new FolderDamagedException(folder, String.valueOf(e.getMessage()), e);
    } catch (MVStoreException e) {
      throw damaged(folder, e);
    }
  }

  /** What key each table's rows have. */
  static MVMap<String, String> keys(MVStore store) {
    return store.openMap(
        KEYS,
        new MVMap.Builder<String, String>()
            .keyType(StringDataType.INSTANCE)
            .valueType(StringDataType.INSTANCE));
  }

  /** The rows of a table by the map's name. */
  static MVMap<byte[], byte[]> rows(MVStore store, String name) {
    return store.openMap(
        name,
        new MVMap.Builder<byte[], byte[]>()
            .keyType(ByteArrayDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  private static List<Map.Entry<byte[], Row>> decoded(MVMap<byte[], byte[]> map)
      throws ItemCodec.DamagedException {
    List<Map.Entry<byte[], Row>> all = new ArrayList<>(map.size());
    for (var cursor = map.cursor(null); cursor.hasNext();) {
      byte[] key = cursor.next();
      all.add(Map.entry(key, new Row(ItemCodec.decode(key, cursor.getValue()))));
    }
    return all;
  }

  /**
   * Brings changes to the disk, all or none of them.
   *
   * @throws UncheckedIOException when the disk is full or fails; all writes after it fail as well
   */
  void write(List<UncommittedWrite.Change> changes) {
    try {
      for (UncommittedWrite.Change change : changes) {
        var map = rows.get(change.table());
        if (map == null) {
          throw new IllegalStateException("table '" + change.table() + "' was not loaded");
        } else if (change.item() == null) {
          map.remove(change.key());
        } else {
          map.put(change.key(), ItemCodec.encode(change.key(), change.item()));
        }
      }
      store.commit();
    } catch (MVStoreException e) {
      throw new UncheckedIOException(
          new IOException("the tables in " + folder + " cannot be written: " + e.getMessage(), e));
    }
  }

  /**
   * Waits until the disk has everything, and lets the folder go.
   *
   * <p>Without the engine's compaction: it (2.4.240) moves chunks by a prediction of free space that fails its own
   * assertions now and then. Chunks that are free are written over anyway, and {@link Compaction} does the rest.
   */
  @Override
  public void close() {
    Owner.delete(folder);
    store.close();
    CleanEnd.write(folder, folder.resolve(FILE));
  }

  /** Lets the folder go without writing anything. */
  void abandon() {
    store.closeImmediately();
  }
}
