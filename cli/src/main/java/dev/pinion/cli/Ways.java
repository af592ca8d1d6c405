package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The names on the ways to some files and folders: those of all folders above, and of what the links on the way lead
 * to. Wherever one of them comes to mean something else, the files may be others.
 */
final class Ways {
  /** Each takes its folder, which the operating system lets a user watch some thousands of. */
  private static final int MOST = 500;

  private final Set<Path> names = new LinkedHashSet<>();

  /** Adds a path and all on the way to it. */
  void add(Path path) {
    Path parent = path.getParent();
    if (parent == null || names.size() >= MOST || !names.add(path)) return;
    add(parent);
    if (!Files.isSymbolicLink(path)) return;
    try {
      add(parent.toRealPath().resolve(Files.readSymbolicLink(path)).normalize());
    } catch (IOException _) {
      // it is gone by now
    }
  }

  /** Adds an existing path if there is a link on the way to it. */
  void addLinked(Path path) throws IOException {
    if (!path.toRealPath().equals(path)) add(path);
  }

  /** Adds a file that a link leads to, by its real path. */
  void addTarget(Path real) {
    names.add(real);
  }

  Set<Path> names() {
    return names;
  }

  /** Returns the folders of some names, in which these may be replaced. */
  static Set<Path> folders(Set<Path> names) {
    Set<Path> folders = new HashSet<>();
    for (Path each : names) {
      Path parent = each.getParent();
      if (parent != null) folders.add(parent);
    }
    return folders;
  }
}
