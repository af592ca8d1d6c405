package dev.pinion.awscdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out whether an app's jar is older than its sources in a module beside the one that is being built. */
final class StaleJar {
  private static final int DEEPEST = 12;

  private StaleJar() {}

  /**
   * Returns a warning if an app's jar is older than a source of the module that it was built from.
   *
   * @param jar the jar, in a Maven repository or in a module's {@code target}
   * @param from the folder that Maven was started in
   */
  static Optional<String> warning(Path jar, Path from) {
    if (!Files.isRegularFile(jar)) return Optional.empty();
    String name = String.valueOf(jar.getFileName());
    return modules(from).stream()
        .filter(module -> isArtifactOf(name, module))
        .flatMap(module -> newest(module).stream().filter(source -> time(source).compareTo(time(jar)) > 0))
        .findFirst()
        .map(source -> "warning: the functions get the classes of " + jar + ", which is older than " + source
            + ": build both modules together, as docs/deploy-cdk.md shows, or install the app's module first");
  }

  /** Returns the folders with a project file beside a folder and in it. */
  private static List<Path> modules(Path folder) {
    Path parent = folder.toAbsolutePath().getParent();
    return Stream.of(Optional.of(folder), Optional.ofNullable(parent))
        .flatMap(Optional::stream)
        .flatMap(each -> children(each).stream())
        .filter(each -> Files.isRegularFile(each.resolve("pom.xml")))
        .distinct()
        .toList();
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isArtifactOf(String jar, Path module) {
    try {
      String pom =
          Files.readString(module.resolve("pom.xml")).replaceAll("(?s)<parent>.*?</parent>|<dependencies>.*", "");
      return Stream.of(pom.split("<artifactId>", -1)).skip(1).limit(1)
          .map(rest -> rest.substring(0, Math.max(0, rest.indexOf('<'))).strip())
          .anyMatch(artifact -> jar.matches(Pattern.quote(artifact) + "(-[0-9].*)?\\.jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> newest(Path module) {
    try (Stream<Path> files = Files.walk(module, DEEPEST)) {
      return files.filter(file -> file.toString().endsWith(".java") && Files.isRegularFile(file))
          .filter(file -> !file.toString().contains("/test/"))
          .max(Comparator.comparing(StaleJar::time));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
