package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Versions that are written a second time: the BOM has no parent, and the command is not built by users' projects.
final class BomTest {
  private static final Pattern VERSION = Pattern.compile("\n  <version>([^<]+)</version>");

  @Test
  void itHasTheVersionOfPinion() throws IOException {
    assertThat(version("bom/pom.xml")).isEqualTo(version("pom.xml"));
  }

  @Test
  void whatItListsAreModules() throws IOException {
    String pom = read("pom.xml");
    List<String> artifacts = Pattern.compile("<artifactId>pinion-([^<]+)</artifactId>")
        .matcher(read("bom/pom.xml"))
        .results()
        .map(found -> found.group(1))
        .filter(name -> !name.equals("bom"))
        .toList();
    assertThat(artifacts).contains("core", "junit", "sim", "awscdk")
        .allSatisfy(name -> assertThat(pom).contains("<module>" + name + "</module>"));
  }

  @Test
  void testsWithoutABuildHaveTheJUnitOfTheBuild() throws IOException {
    assertThat(read("pom.xml")).contains("<junit.version>" + TestCommand.JUNIT + "</junit.version>");
  }

  private static String version(String file) throws IOException {
    return VERSION.matcher(read(file)).results().map((MatchResult found) -> found.group(1)).findFirst().orElseThrow();
  }

  private static String read(String file) throws IOException {
    return Files.readString(SourceLimitsTest.root().resolve(file));
  }
}
