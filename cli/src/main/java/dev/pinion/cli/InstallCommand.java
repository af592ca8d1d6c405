package dev.pinion.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command {@code install}: copies a release to the user's folders, and its artifacts to the local Maven repository.
 * In a checkout it builds the release first.
 */
final class InstallCommand {
  private static final String RELEASE = "pinion-";

  private final InstallOptions options;
  private final PrintStream out;
  private final PrintStream err;

  InstallCommand(InstallOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Installs and returns the exit code. */
  int run() throws IOException {
    InstalledFiles installed = new InstalledFiles(options.prefix());
    installed.checkReplaceable();
    Path release = Installation.home().or(() -> Installation.checkout().map(this::built))
        .orElseThrow(() -> new UserException("error: there is no release to install: this command is not from one"));
    if (release.toRealPath().equals(real(installed.home()))) {
      throw new UserException(
          "error: this is the installed command itself: install from a release's folder or from Pinion's sources");
    }
    installed.remove();
    int artifacts = installed.copy(release, options.repository());
    out.println("installed " + installed.link() + " -> " + installed.home());
    out.println("installed " + artifacts + " artifacts with their sources and Javadoc in " + options.repository());
    if (!onPath(installed.link().resolveSibling(""))) {
      out.println(
          "note: " + options.prefix().resolve("bin") + " is not on the PATH: add it, for example with\n"
              + "  export PATH=\"" + options.prefix().resolve("bin") + ":$PATH\"");
    }
    out.println("next: pinion new my-chat");
    return PinionCommand.OK;
  }

  private static Path real(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path;
  }

  private static boolean onPath(Path bin) {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
        .filter(each -> !each.isEmpty())
        .anyMatch(each -> Path.of(each).toAbsolutePath().normalize().equals(bin.toAbsolutePath().normalize()));
  }

  /** Builds a release of the sources that this command was built from. */
  private Path built(Path checkout) {
    err.println("building the artifacts with their sources and Javadoc ...");
    Maven.Outcome outcome = Maven.of(checkout, "a release")
        .run(checkout, List.of("--quiet", "-Pcommand,dist", "-pl", "dist", "-am", "package", "-Dmaven.test.skip=true"));
    if (outcome.code() != 0) {
      throw new UserException("error: cannot build a release; Maven reports:\n" + outcome.output().stripTrailing());
    }
    Path target = checkout.resolve("dist/target/command");
    try (Stream<Path> all = Files.list(target)) {
      return all.filter(each -> Files.isDirectory(each.resolve("maven")))
          .filter(each -> String.valueOf(each.getFileName()).startsWith(RELEASE))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no release in " + target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
