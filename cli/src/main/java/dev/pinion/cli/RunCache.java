package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What commands have found out about programs and need not find out again while nothing has changed: compiled classes,
 * inspections. Each entry is a file that is named after a hash of all that it was made from, and begins with a hash of
 * its own content, so that a damaged one is not used. Files appear whole, so several commands may use the folder at
 * once. The entries that were not used for longest are deleted. Any thread.
 */
final class RunCache {
  private static final int MOST_FILES = 200;
  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final int HASH = 32;

  private final Optional<Path> folder;
  private final Consumer<String> notes;

  private RunCache(Optional<Path> folder, Consumer<String> notes) {
    this.folder = folder;
    this.notes = notes;
  }

  /**
   * Returns the user's cache, in {@code XDG_CACHE_HOME} or {@code ~/.cache}.
   *
   * @param notes receives a line when it cannot be written
   */
  static RunCache of(Consumer<String> notes) {
    return in(Libraries.caches().resolve("programs"), notes);
  }

  static RunCache in(Path folder, Consumer<String> notes) {
    return new RunCache(Optional.of(folder), notes);
  }

  /** Returns a cache that keeps nothing. */
  static RunCache none() {
    return new RunCache(Optional.empty(), _ -> {});
  }

  /** Returns whether it keeps nothing, so that no key is needed. */
  boolean isOff() {
    return folder.isEmpty();
  }

  /** Returns the entry of a key, if there is one. */
  Optional<byte[]> get(CacheKey key) {
    if (folder.isEmpty()) return Optional.empty();
    Path file = folder.get().resolve(key.name());
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || attributes.size() > MOST_BYTES + HASH) return Optional.empty();
      byte[] stored = Files.readAllBytes(file);
      if (stored.length < HASH) return Optional.empty();
      byte[] content = Arrays.copyOfRange(stored, HASH, stored.length);
      if (!Arrays.equals(CacheKey.hash(content), Arrays.copyOf(stored, HASH))) return Optional.empty();
      used(file);
      return Optional.of(content);
    } catch (IOException e) {
      return Optional.empty(); // it is made again
    }
  }

  /** Another command may delete the file in this moment, or the folder be read-only: the entry is good all the same. */
  private static void used(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException _) {
      // it only goes earlier
    }
  }

  /** Keeps an entry. */
  void put(CacheKey key, byte[] content) {
    if (folder.isEmpty()) return;
    try {
      write(folder.get(), key, content);
    } catch (IOException e) {
      notes.accept(
          "note: cannot write the cache: " + FileTrouble.of(e).orElseGet(e::toString)
              + ": --no-cache does without it, XDG_CACHE_HOME names another folder");
    }
  }

  private static void write(Path folder, CacheKey key, byte[] content) throws IOException {
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "new", ".tmp");
    try {
      byte[] hash = CacheKey.hash(content);
      byte[] stored = Arrays.copyOf(hash, HASH + content.length);
      System.arraycopy(content, 0, stored, HASH, content.length);
      Files.write(fresh, stored);
      Files.move(fresh, folder.resolve(key.name()), StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    clean(folder);
  }

  private record Entry(Path file, long bytes, FileTime used) {}

  private static void clean(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        entry(file).ifPresent(entries::add);
      }
    }
    entries.sort(Comparator.comparing(Entry::used).reversed());
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      bytes += entries.get(i).bytes();
      if (i >= MOST_FILES || bytes > MOST_BYTES) Files.deleteIfExists(entries.get(i).file());
    }
  }

  /** Another command may delete a file at any time. */
  private static Optional<Entry> entry(Path file) throws IOException {
    try {
      return Optional.of(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
