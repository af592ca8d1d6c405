package dev.pinion.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that a program is made of, as far as they are known by name: single files, which need not exist, and
 * folders.
 *
 * @param files single files
 * @param folders folders with everything in them that belongs to the program
 * @param excluded folders that are never looked into, such as that of the tables
 */
record WatchedFiles(Set<Path> files, List<Folder> folders, Set<Path> excluded) {
  /** What Maven does not copy, and files that editors have for a moment only. */
  private static final Pattern DEBRIS = Pattern.compile(
      ".*~|#.*#|\\.#.*|%.*%|\\._.*|\\.DS_Store|\\..*\\.sw[a-z]|4913|.*___jb_(tmp|old)___|\\.goutputstream-.*",
      Pattern.DOTALL);

  WatchedFiles {
    files = Set.copyOf(normal(files));
    folders = List.copyOf(folders);
    excluded = Set.copyOf(normal(excluded));
  }

  /**
   * A folder with its subfolders.
   *
   * @param root the folder, which need not exist
   * @param kind which of its files count
   */
  record Folder(Path root, Kind kind) {
    Folder {
      root = root.toAbsolutePath().normalize();
    }

    /** Returns whether a file in the folder belongs to the program, by its name. */
    boolean accepts(Path file) {
      return switch (kind) {
        case EVERYTHING -> !DEBRIS.matcher(String.valueOf(file.getFileName())).matches();
        case SOURCES, PACKAGES -> isSource(file);
        case BESIDE -> isSource(file) && root.equals(file.getParent());
      };
    }

    /** Returns whether a subfolder is looked into. Hidden folders and build output are not sources. */
    boolean enters(Path folder) {
      if (folder.equals(root)) return true;
      return switch (kind) {
        case BESIDE -> false;
        case SOURCES -> !isHidden(folder) && !isBuildOutput(root, folder);
        case PACKAGES -> !isHidden(folder) && !isProjectsOutput(folder);
        case EVERYTHING -> !isHidden(folder);
      };
    }

    private static boolean isSource(Path file) {
      return file.toString().endsWith(".java") && !isHidden(file);
    }

    private static boolean isHidden(Path path) {
      return String.valueOf(path.getFileName()).startsWith(".");
    }
  }

  /** Which files of a folder count. */
  enum Kind {
    /** Java files, without hidden ones, hidden folders and build output. */
    SOURCES,
    /** The same in a folder where packages begin, of which one may be named as build output is. */
    PACKAGES,
    /** Java files, without hidden ones and without subfolders. */
    BESIDE,
    /** All files, without hidden folders, and without what editors leave beside a file that they write. */
    EVERYTHING
  }

  /** Returns whether a change at a path can concern the program: the path is one of its files, or a folder above. */
  boolean concerns(Path path) {
    if (files.stream().anyMatch(file -> file.startsWith(path))) return true;
    for (Folder each : folders) {
      if (each.root.startsWith(path)) return true;
      if (path.startsWith(each.root) && isWithin(each, path)) return true;
    }
    return false;
  }

  /** Returns whether a file is one of the program's, by its name; whether it exists or not. */
  boolean holds(Path file) {
    return files.contains(file) || folders.stream()
        .anyMatch(each -> file.startsWith(each.root) && each.accepts(file) && isEntered(each, file.getParent()));
  }

  private boolean isEntered(Folder folder, @Nullable Path above) {
    for (@Nullable Path each = above; each != null && each.startsWith(folder.root); each = each.getParent()) {
      if (excluded.contains(each) || !folder.enters(each)) return false;
    }
    return true;
  }

  /** A name that is no accepted file's may be a folder's, also of one that is gone by now. */
  private boolean isWithin(Folder folder, Path path) {
    if (excluded.stream().anyMatch(path::startsWith)) return false;
    if (folder.kind == Kind.BESIDE) return folder.accepts(path);
    if (Files.isDirectory(path)) return folder.enters(path);
    return folder.accepts(path) || (folder.enters(path) && !Files.isRegularFile(path));
  }

  /**
   * Returns whether a folder is what is built into: {@code target} in the program's folder, and beside a
   * {@code pom.xml}. Elsewhere, it is a package with this name.
   */
  static boolean isBuildOutput(Path root, Path folder) {
    return (folder.endsWith("target") && root.equals(folder.getParent())) || isProjectsOutput(folder);
  }

  /** Returns whether a folder is named as Maven's output is, and beside a {@code pom.xml}. */
  static boolean isProjectsOutput(Path folder) {
    return folder.endsWith("target") && Files.exists(folder.resolveSibling("pom.xml"));
  }

  private static Set<Path> normal(Set<Path> paths) {
    Set<Path> normal = new LinkedHashSet<>();
    paths.forEach(each -> normal.add(each.toAbsolutePath().normalize()));
    return normal;
  }
}
