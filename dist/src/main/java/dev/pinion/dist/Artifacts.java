package dev.pinion.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Pinion's artifacts, as the modules have built them, in the layout of a Maven repository. */
final class Artifacts {
  /** The modules whose artifacts are published: with a jar, its sources and its Javadoc. */
  static final List<String> MODULES = List.of(
      "core", "lambda-handler", "json", "jwt", "engine", "gateway", "tables", "dynamodb", "sim", "junit", "inspect",
      "aws", "tf-aws",
      "aws-client", "lambda",
      "workspace", "cli", "awscdk", "maven-plugin");
  private static final List<String> KINDS = List.of(".jar", "-sources.jar", "-javadoc.jar");

  private final Path root;
  private final Path target;
  private final String version;

  /**
   * The artifacts of a build.
   *
   * @param root the folder of the sources
   * @param target the folder, in each module's, that the build has written to
   * @param version the version of all artifacts
   */
  Artifacts(Path root, Path target, String version) {
    this.root = root;
    this.target = target;
    this.version = version;
  }

  /** Returns the folder that a module was built in. */
  Path built(String module) {
    return root.resolve(module).resolve(target);
  }

  /** Copies all artifacts to a repository. */
  void copyTo(Path repository) throws IOException {
    Folders.copy(root.resolve("pom.xml"), at(repository, "pinion", ".pom"));
    Folders.copy(root.resolve("bom/pom.xml"), at(repository, "pinion-bom", ".pom"));
    for (String module : MODULES) {
      String name = "pinion-" + module;
      Folders.copy(root.resolve(module).resolve("pom.xml"), at(repository, name, ".pom"));
      for (String kind : KINDS) {
        Folders.copy(built(module, name + "-" + version + kind), at(repository, name, kind));
      }
    }
  }

  private Path built(String module, String file) throws IOException {
    Path folder = built(module);
    return Stream.of(folder.resolve(file), folder.resolve("lib").resolve(file))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IOException("the build has not written " + file + " to " + folder));
  }

  private Path at(Path repository, String artifact, String kind) {
    return repository.resolve("dev/pinion").resolve(artifact).resolve(version)
        .resolve(artifact + "-" + version + kind);
  }
}
