package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Gets the libraries of {@code //DEPS} lines with Maven, and remembers where Maven keeps them. */
final class Libraries {
  private final Consumer<String> progress;
  private final Path cache;

  Libraries(Consumer<String> progress) {
    this.progress = progress;
    this.cache = caches().resolve("libraries");
  }

  /** Returns the folder of all caches of the command. */
  static Path caches() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(each -> !each.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("pinion");
  }

  /**
   * Returns the jars of libraries and of their dependencies.
   *
   * @throws UserException with the libraries that cannot be resolved and the lines that name them
   */
  List<Path> of(List<Dependency> dependencies) {
    String pom = pom(dependencies);
    Path folder = cache.resolve(digest(pom));
    Path known = folder.resolve("classpath");
    boolean stable = dependencies.stream().noneMatch(each -> each.version().endsWith("-SNAPSHOT"));
    if (stable && Files.exists(known)) {
      List<Path> jars = Maven.readClassPath(known);
      if (jars.stream().allMatch(Files::exists)) return jars;
    }
    try {
      createCache(folder);
      return get(dependencies, pom, folder, known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void createCache(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserException(
          "error: cannot write the cache of libraries: " + FileTrouble.of(e).orElseGet(e::toString)
              + ": set XDG_CACHE_HOME to a folder that can be written",
          e);
    }
  }

  private List<Path> get(List<Dependency> dependencies, String pom, Path folder, Path known) throws IOException {
    progress.accept("resolving " + dependencies.stream().map(Dependency::coordinate).collect(Collectors.joining(", ")));
    Maven maven = Maven.of(folder, dependencies.getFirst().place() + ": //DEPS");
    Path file = Files.writeString(folder.resolve("pom.xml"), pom);
    Path fresh = folder.resolve("classpath." + ProcessHandle.current().pid());
    List<String> arguments = new ArrayList<>(Workspace.options());
    // Without --update-snapshots, Maven remembers for a day what it could not find.
    arguments.addAll(
        List.of(
            "--quiet",
            "--update-snapshots",
            "-f",
            file.toString(),
            Maven.CLASS_PATH_GOAL,
            "-DincludeScope=runtime",
            "-Dmdep.outputFile=" + fresh));
    Maven.Outcome outcome = maven.run(folder, arguments);
    if (outcome.code() != 0) throw new UserException(refusal(dependencies, outcome));
    Files.move(fresh, known, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return Maven.readClassPath(known);
  }

  private static String refusal(List<Dependency> dependencies, Maven.Outcome outcome) {
    String errors = String.join("\n", outcome.reasons());
    List<Dependency> named = dependencies.stream()
        .filter(each -> errors.contains(each.group() + ":" + each.artifact() + ":"))
        .toList();
    return (named.isEmpty() ? dependencies : named).stream()
        .map(each -> each.place() + ": error: cannot resolve " + each.coordinate())
        .collect(Collectors.joining("\n")) + "\n  Maven says: " + shortened(outcome.reasons().getFirst());
  }

  /** Returns Maven's message without the goal and the project at its start. */
  private static String shortened(String reason) {
    return reason.replaceFirst("^Failed to execute goal (\\S+ .*)?on project program: ", "")
        .replaceFirst("Could not resolve dependencies for project program:program:pom:1: ?", "");
  }

  private static String pom(List<Dependency> dependencies) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>program</groupId>
          <artifactId>program</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <dependencies>
        %s  </dependencies>
        </project>
        """.formatted(dependencies.stream().map(Libraries::element).distinct().collect(Collectors.joining()));
  }

  private static String element(Dependency each) {
    return "    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>%n"
        .formatted(each.group(), each.artifact(), each.version());
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
