package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What {@code install} writes: the folder {@code lib/pinion}, the link {@code bin/pinion} to its command, and artifacts
 * in a Maven repository. The folder has a list of the files elsewhere, so that they can be removed.
 */
final class InstalledFiles {
  private static final String LIST = "installed.txt";
  private static final String ARTIFACTS = "maven";

  private final Path home;
  private final Path link;

  /** The files of an installation in a prefix, such as {@code ~/.local}. */
  InstalledFiles(Path prefix) {
    home = prefix.resolve("lib/pinion");
    link = prefix.resolve("bin/pinion");
  }

  /** Returns the folder with the installed release. */
  Path home() {
    return home;
  }

  /** Returns the link on the PATH. */
  Path link() {
    return link;
  }

  /** Tests whether there is an installation. */
  boolean exist() {
    return Files.exists(home.resolve(LIST));
  }

  /**
   * Checks that nothing else is in the way.
   *
   * @throws UserException if files that are not an installation's would be overwritten
   */
  void checkReplaceable() throws IOException {
    if (Files.exists(home) && !exist() && !isEmpty(home)) {
      throw new UserException(
          "error: " + home + " exists, but is no installation of Pinion: move it away, or choose another --prefix");
    }
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !isOurs()) {
      throw new UserException(
          "error: " + link + " exists and is not Pinion's: move it away, or choose another --prefix");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return false;
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private boolean isOurs() throws IOException {
    return Files.isSymbolicLink(link)
        && link.resolveSibling(Files.readSymbolicLink(link)).normalize().startsWith(home);
  }

  /**
   * Copies a release, and its artifacts to a repository, and returns how many artifacts it has. The list is written
   * before anything else, so that an installation that failed half-way can be removed or repeated.
   */
  int copy(Path release, Path repository) throws IOException {
    Map<Path, Path> artifacts = new LinkedHashMap<>();
    Path from = release.resolve(ARTIFACTS);
    for (Path file : FileTree.files(from)) {
      artifacts.put(file, repository.resolve(from.relativize(file)));
    }
    Files.createDirectories(home);
    Files.writeString(
        home.resolve(LIST), artifacts.values().stream().map(Path::toString).collect(Collectors.joining("\n")));
    for (Path file : FileTree.files(release)) {
      copyFile(file, home.resolve(release.relativize(file)));
    }
    for (Map.Entry<Path, Path> artifact : artifacts.entrySet()) {
      copyFile(artifact.getKey(), artifact.getValue());
    }
    Files.createDirectories(requireNonNull(link.getParent()));
    Files.createSymbolicLink(link, requireNonNull(link.getParent()).relativize(home.resolve("bin/pinion")));
    return (int) artifacts.keySet().stream().filter(file -> file.toString().endsWith(".pom")).count();
  }

  private static void copyFile(Path from, Path to) throws IOException {
    Files.createDirectories(requireNonNull(to.getParent()));
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    if (Files.isExecutable(from) && !to.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + to + " executable");
    }
  }

  /** Removes an installation: what it has written, and folders that are empty then. */
  void remove() throws IOException {
    if (exist()) {
      for (String artifact : Files.readAllLines(home.resolve(LIST))) {
        if (!artifact.isBlank()) removeWithEmptyFolders(Path.of(artifact));
      }
      FileTree.delete(home);
    }
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && isOurs()) Files.delete(link);
  }

  private static void removeWithEmptyFolders(Path file) throws IOException {
    Path version = requireNonNull(file.getParent());
    if (!Files.isDirectory(version)) return; // it was not copied, or is gone already
    Files.deleteIfExists(file);
    removeIfEmpty(version);
    removeIfEmpty(requireNonNull(version.getParent()));
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return;
    removeMavensOwn(folder);
    if (isEmpty(folder)) Files.delete(folder);
  }

  /** Removes Maven's notes on artifacts, once they are all that is left. */
  private static void removeMavensOwn(Path folder) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.toList();
    }
    boolean notes = left.stream().map(each -> String.valueOf(each.getFileName()))
        .allMatch(name -> name.startsWith("_") || name.startsWith("maven-metadata-") || name.startsWith("resolver-")
            || name.endsWith(".lastUpdated"));
    if (!notes) return;
    for (Path file : left) {
      Files.delete(file);
    }
  }
}
