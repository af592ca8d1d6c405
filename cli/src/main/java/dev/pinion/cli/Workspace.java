package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** The extension of Maven that resolves Pinion's artifacts to the command's own, which need not be installed. */
final class Workspace {
  private Workspace() {}

  /** Returns options of Maven that add the extension; none if the command runs from class folders. */
  static List<String> options() {
    Path lib = requireNonNull(Installation.api().getParent(), "a jar is in a folder");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "pinion-workspace-*.jar")) {
      for (Path jar : jars) {
        return options(lib, jar);
      }
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> options(Path lib, Path jar) {
    Optional<Path> repository = Installation.home().map(home -> home.resolve("maven"));
    List<String> options = new ArrayList<>(
        List.of("-Dmaven.ext.class.path=" + jar, "-Dpinion.lib=" + repository.orElse(lib)));
    Installation.checkout().map(root -> "-Dpinion.bom=" + root.resolve("bom/pom.xml")).ifPresent(options::add);
    return options;
  }
}
