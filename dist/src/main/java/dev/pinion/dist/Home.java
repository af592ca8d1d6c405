package dev.pinion.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of an installed command. */
final class Home {
  private final Path root;
  private final Artifacts artifacts;

  Home(Path root, Artifacts artifacts) {
    this.root = root;
    this.artifacts = artifacts;
  }

  /** Writes the folder. */
  void write(Path home) throws IOException {
    Folders.empty(home);
    script(root.resolve("pinion"), home.resolve("bin/pinion"));
    Folders.copy(root.resolve("dist/pinion.cmd"), home.resolve("bin/pinion.cmd"));
    jars(artifacts.built("cli").resolve("lib"), home.resolve("lib"));
    jars(artifacts.built("lambda").resolve("lib"), home.resolve("function"));
    for (String source : List.of("Training.java", "Modernize.java")) {
      Folders.copy(root.resolve("cli/src/main/training").resolve(source), home.resolve("lib/training").resolve(source));
    }
    for (String text : List.of("LICENSE", "CHANGELOG.md")) {
      Folders.copy(root.resolve(text), home.resolve(text));
    }
    Folders.copy(root.resolve("dist/README.md"), home.resolve("README.md"));
    new Licenses(root.resolve("dist/licenses")).write(home);
    artifacts.copyTo(home.resolve("maven"));
  }

  private static void script(Path from, Path to) throws IOException {
    Folders.copy(from, to);
    if (!to.toFile().setExecutable(true, false)) throw new IOException("cannot make " + to + " executable");
  }

  private static void jars(Path from, Path to) throws IOException {
    for (Path file : Folders.files(from)) {
      if (file.toString().endsWith(".jar")) Folders.copy(file, to.resolve(from.relativize(file)));
    }
    if (!Files.isDirectory(to)) throw new IOException("the build has written no jars to " + from);
  }
}
