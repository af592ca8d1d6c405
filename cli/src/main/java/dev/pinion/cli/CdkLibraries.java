package dev.pinion.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of the target awscdk. It includes the AWS CDK, which nothing else needs and which is over 100 MB:
 * Maven downloads it and builds the target's module on first use and after a change of its sources.
 */
final class CdkLibraries {
  private static final Pattern PROGRESS = Pattern.compile("Progress \\(\\d+\\): (.* MB.*)");
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final Consumer<String> progress;
  private Instant told = Instant.now();

  CdkLibraries(Consumer<String> progress) {
    this.progress = progress;
  }

  /**
   * Returns the class path.
   *
   * @throws UserException if it cannot be built
   */
  String classPath() {
    Path file = Installation.awscdk();
    boolean isBuilt = Installation.checkout().isPresent() || Files.exists(file);
    if (Installation.home().isPresent() || !isBuilt) return ofRelease();
    Installation.checkout().filter(checkout -> stale(file, checkout)).ifPresent(this::build);
    List<Path> jars = Files.exists(file) ? Maven.readClassPath(file) : List.of();
    if (jars.isEmpty() || !jars.stream().allMatch(Files::exists)) {
      throw new UserException(
          "error: the target awscdk is missing: use the command of a release or of Pinion's sources, which downloads it"
              + " on first use");
    }
    return Stream.concat(Stream.of(file.resolveSibling("classes")), jars.stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Returns the class path outside of Pinion's sources: a release or Maven's plugin, with the target's own module. */
  private String ofRelease() {
    Dependency target = new Dependency("dev.pinion", "pinion-awscdk", Installation.version(), "target awscdk");
    progress.accept("resolving the AWS CDK (about 120 MB, which are downloaded once, unless Maven has it already) ...");
    return new Libraries(_ -> {}).of(List.of(target)).stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean stale(Path file, Path checkout) {
    if (!Files.exists(file) || !Maven.readClassPath(file).stream().allMatch(Files::exists)) return true;
    try (Stream<Path> sources = Files.walk(checkout.resolve("awscdk/src/main"))) {
      FileTime built = Files.getLastModifiedTime(file);
      return Stream
          .concat(sources, Stream.of("pom.xml", "awscdk/pom.xml", "cli/target/command/built").map(checkout::resolve))
          .anyMatch(each -> modified(each).compareTo(built) > 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void build(Path checkout) {
    progress.accept(
        "downloading the AWS CDK (about 120 MB, unless Maven has it already) and building the target awscdk; this"
            + " happens once ...");
    Maven.Outcome outcome = Maven.of(checkout, "the target awscdk").run(
        checkout,
        List.of("-Pcommand", "-pl", "awscdk", "-am", "package", "-Dmaven.test.skip=true"),
        this::tell);
    if (outcome.code() != 0) {
      throw new UserException(
          "error: cannot build the target awscdk; Maven reports:\n  " + String.join("\n  ", outcome.errors()));
    }
  }

  private void tell(String line) {
    Matcher matcher = PROGRESS.matcher(line);
    Instant now = Instant.now();
    if (matcher.find() && told.plus(BETWEEN).isBefore(now)) {
      told = now;
      progress.accept("  " + matcher.group(1).strip());
    }
  }
}
