package dev.pinion.cli;

import dev.pinion.cli.WatchedFiles.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a program held at one moment. Files that vanish while they are looked at, that cannot be read, and
 * links that lead in a circle count as absent.
 *
 * @param stamps by file
 * @param folders the folders in which something can change that concerns the program
 * @param ways the names on the ways to the folders, and to what links lead to
 * @param complete whether there were not too many files or folders to look at all of them
 */
record ProgramContents(Map<Path, FileStamp> stamps, Set<Path> folders, Set<Path> ways, boolean complete) {
  private static final int MOST_FILES = 50_000;
  private static final int MOST_FOLDERS = 5_000;

  /** What is known before a program was looked at. */
  static final ProgramContents NONE = new ProgramContents(Map.of(), Set.of(), Set.of(), true);

  ProgramContents {
    stamps = Map.copyOf(stamps);
    folders = Set.copyOf(folders);
    ways = Set.copyOf(ways);
  }

  /** Looks at the files of a program; reads those only that seem to have changed since the last time. */
  static ProgramContents of(WatchedFiles watched, ProgramContents before) {
    return of(new Look(watched, before, true));
  }

  /** Looks at the files of a program without reading them. */
  static ProgramContents unread(WatchedFiles watched) {
    return of(new Look(watched, NONE, false));
  }

  private static ProgramContents of(Look look) {
    WatchedFiles watched = look.watched;
    watched.folders().forEach(each -> look.ways.add(each.root()));
    watched.files().forEach(look::file);
    watched.folders().forEach(look::folder);
    return new ProgramContents(look.stamps, look.folders, look.ways.names(), !look.isFull());
  }

  /** Returns the files whose content is another, that are new, or that are gone. */
  Set<Path> changes(ProgramContents after) {
    Set<Path> changed = new TreeSet<>();
    after.stamps.forEach((file, stamp) -> {
      FileStamp was = stamps.get(file);
      if (was == null || !was.content().equals(stamp.content())) changed.add(file);
    });
    stamps.keySet().stream().filter(file -> !after.stamps.containsKey(file)).forEach(changed::add);
    return changed;
  }

  /** Returns the files that are new or gone, or that were written or replaced, whatever their content is. */
  Set<Path> touched(ProgramContents after) {
    Set<Path> touched = new TreeSet<>();
    after.stamps.forEach((file, stamp) -> {
      FileStamp was = stamps.get(file);
      if (was == null || !was.isUntouched(stamp)) touched.add(file);
    });
    stamps.keySet().stream().filter(file -> !after.stamps.containsKey(file)).forEach(touched::add);
    return touched;
  }

  /** Returns the files that were changed at a time or later, by their dates. */
  Set<Path> changedSince(Instant time) {
    Set<Path> changed = new TreeSet<>();
    stamps.forEach((file, stamp) -> {
      if (stamp.isSince(time)) changed.add(file);
    });
    return changed;
  }

  /**
   * Returns these contents as an earlier look would have seen them. What it has not looked at is as it is now.
   *
   * @param looked whether the earlier look would have seen a file
   * @param looks whether this one would
   */
  ProgramContents since(ProgramContents earlier, Predicate<Path> looked, Predicate<Path> looks) {
    Map<Path, FileStamp> merged = new HashMap<>(stamps);
    merged.keySet().removeIf(file -> !earlier.stamps.containsKey(file) && looked.test(file));
    earlier.stamps.forEach((file, stamp) -> {
      if (stamps.containsKey(file) || looks.test(file)) merged.put(file, stamp);
    });
    return new ProgramContents(merged, folders, ways, complete);
  }

  /** Returns whether one of the files is absent or empty, as it is while an editor writes it anew. */
  boolean hasGap(Set<Path> files) {
    return files.stream().anyMatch(file -> {
      FileStamp stamp = stamps.get(file);
      return stamp == null || stamp.size() == 0;
    });
  }

  private static final class Look extends SimpleFileVisitor<Path> {
    final Map<Path, FileStamp> stamps = new HashMap<>();
    final Set<Path> folders = new LinkedHashSet<>();
    final Ways ways = new Ways();
    private final WatchedFiles watched;
    private final Map<Path, FileStamp> before;
    private final boolean reads;
    private @Nullable Folder current;

    Look(WatchedFiles watched, ProgramContents before, boolean reads) {
      this.watched = watched;
      this.reads = reads;
      this.before = new LinkedHashMap<>(before.stamps);
    }

    boolean isFull() {
      return stamps.size() >= MOST_FILES || folders.size() >= MOST_FOLDERS;
    }

    void file(Path file) {
      addExisting(file.getParent());
      addLink(file);
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        ways.addLinked(file);
        if (attributes.isRegularFile()) stamp(file, attributes);
      } catch (IOException _) {
        // absent
      }
    }

    void folder(Folder folder) {
      current = folder;
      addExisting(folder.root().getParent());
      try {
        Files.walkFileTree(folder.root(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // this visitor throws none
      }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (isFull()) return FileVisitResult.TERMINATE;
      if (watched.excluded().contains(folder) || current == null || !current.enters(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      folders.add(folder);
      if (Files.isSymbolicLink(folder)) ways.add(folder);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isFull()) return FileVisitResult.TERMINATE;
      if (attributes.isRegularFile() && current != null && current.accepts(file)) {
        addLink(file);
        stamp(file, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    private void stamp(Path file, BasicFileAttributes attributes) {
      try {
        stamps.put(
            file, reads ? FileStamp.of(file, attributes, before.get(file)) : FileStamp.unread(file, attributes));
      } catch (IOException _) {
        // absent
      }
    }

    /** Where a link leads, something can change too. */
    private void addLink(Path file) {
      if (!Files.isSymbolicLink(file)) return;
      ways.add(file);
      try {
        Path target = file.toRealPath();
        ways.addTarget(target);
        addExisting(target.getParent());
      } catch (IOException _) {
        // it leads nowhere
      }
    }

    /** Adds a folder, or the nearest one above it that exists: it is there that it will appear. */
    private void addExisting(@Nullable Path folder) {
      @Nullable Path existing = folder;
      while (existing != null && !Files.isDirectory(existing)) existing = existing.getParent();
      if (existing != null) folders.add(existing);
    }
  }
}
