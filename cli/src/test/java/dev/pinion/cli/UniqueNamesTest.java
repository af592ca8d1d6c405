package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/** No two modules have a top-level type of the same name, so that a name says which type is meant. */
final class UniqueNamesTest {
  private static final Path ROOT = SourceLimitsTest.root();

  @Test
  void noSimpleNameOccursInTwoModules() throws IOException {
    Map<String, Set<String>> modules;
    try (Stream<Path> files = Files.walk(ROOT)) {
      modules = files.map(ROOT::relativize)
          .filter(UniqueNamesTest::isMainSource)
          .collect(
              groupingBy(
                  UniqueNamesTest::typeName, TreeMap::new,
                  mapping(UniqueNamesTest::module, toCollection(TreeSet::new))));
    }
    assertThat(modules).containsKeys("App", "Gateway", "Chat");
    modules.values().removeIf(each -> each.size() == 1);
    assertThat(modules).as("names of types, and the modules that have them").isEmpty();
  }

  private static boolean isMainSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.matches("[\\w-]+/src/main/java/.+\\.java|examples/[\\w/-]+\\.java")
        && !path.contains("/test/")
        && !path.endsWith("package-info.java")
        && !path.endsWith("module-info.java");
  }

  private static String typeName(Path file) {
    return String.valueOf(file.getFileName()).replace(".java", "");
  }

  private static String module(Path file) {
    int depth = file.startsWith("examples") ? file.getNameCount() - 1 : 1;
    return file.subpath(0, depth).toString();
  }
}
