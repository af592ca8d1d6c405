package dev.pinion.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Writes the tables' file anew when it is opened and most of it is space of old versions: rows that are changed all the
 * time leave up to ten times their size behind.
 *
 * <p>The new file takes the old one's place in one step, while the old one is still locked, so it does not matter when
 * the process ends, and no other can come between.
 */
final class Compaction {
  private static final long SMALLEST = 16L << 20;
  private static final int LEAST_PERCENT = 25;
  private static final int COMMITTED_TOGETHER = 10_000;

  private Compaction() {}

  /**
   * Deletes what a process that was ended has left, and copies what is alive in a file of more than 16 MB where that is
   * less than a quarter.
   *
   * @param store the open file
   * @return whether another file has taken its place, which is to be opened instead
   */
  static boolean replace(MVStore store, Path file) {
    Path copy = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(copy);
      return isMostlyOld(store.getFileStore()) && isReplaced(store, file, copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMostlyOld(FileStore<?> file) {
    return file.size() > SMALLEST && file.getFillRate() * file.getChunksFillRate() < LEAST_PERCENT * 100;
  }

  private static boolean isReplaced(MVStore store, Path file, Path copy) throws IOException {
    try {
      copy(store, copy);
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (MVStoreException | FileSystemException e) {
      // The disk is full, or this is Windows, which replaces no file that is open: it stays as large as it is.
      Files.deleteIfExists(copy);
      return false;
    }
  }

  private static void copy(MVStore store, Path copy) {
    MVStore target = TablesFile.store(copy);
    try {
      copy(store, target);
      target.sync();
      target.close();
    } finally {
      target.closeImmediately();
    }
  }

  private static void copy(MVStore store, MVStore target) {
    target.setStoreVersion(store.getStoreVersion());
    for (String name : store.getMapNames()) {
      if (name.equals(TablesFile.KEYS)) {
        copy(TablesFile.keys(store), TablesFile.keys(target));
      } else {
        copy(TablesFile.rows(store, name), TablesFile.rows(target, name));
      }
    }
    target.commit();
  }

  private static <K, V> void copy(MVMap<K, V> from, MVMap<K, V> to) {
    int rows = 0;
    for (var cursor = from.cursor(null); cursor.hasNext();) {
      K key = cursor.next();
      to.put(key, cursor.getValue());
      if (++rows % COMMITTED_TOGETHER == 0) {
        to.getStore().commit();
      }
    }
  }
}
