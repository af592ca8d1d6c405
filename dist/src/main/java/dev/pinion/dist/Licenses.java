package dev.pinion.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The licenses of the libraries that a release contains. */
final class Licenses {
  /** By the start of a jar's name, the files with the library's license. */
  private static final Map<String, List<String>> LIBRARIES = Map.of(
      "aws-lambda-java", List.of("Apache-2.0.txt"),
      "crac", List.of("BSD-2-Clause.txt"),
      "error_prone_annotations", List.of("Apache-2.0.txt"),
      "gson", List.of("Apache-2.0.txt"),
      "nimbus-jose-jwt", List.of("Apache-2.0.txt"),
      "jline", List.of("BSD-3-Clause.txt"),
      "joda-time", List.of("Apache-2.0.txt"),
      "picocli", List.of("Apache-2.0.txt"));

  private final Path texts;

  Licenses(Path texts) {
    this.texts = texts;
  }

  /** Copies the license of each library in an installation; a library without one is a mistake of the build. */
  void write(Path home) throws IOException {
    Set<String> needed = new LinkedHashSet<>(List.of("README.md"));
    for (Path jar : Folders.files(home)) {
      String name = String.valueOf(jar.getFileName());
      if (!name.endsWith(".jar") || name.startsWith("pinion-")) continue;
      needed.addAll(LIBRARIES.entrySet().stream()
          .filter(each -> name.startsWith(each.getKey() + "-"))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElseThrow(() -> new IOException("no license is known for " + name + ": add it to " + getClass())));
    }
    for (String text : needed) {
      Folders.copy(texts.resolve(text), home.resolve("licenses").resolve(text));
    }
  }
}
