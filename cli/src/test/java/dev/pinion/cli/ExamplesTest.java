package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What every example compiles to, whole. `mvn test -pl cli -am -Dpinion.golden=write` writes the files anew.
final class ExamplesTest {
  private static final Path ROOT = SourceLimitsTest.root();
  /// Only Maven compiles it, so `.ci/explain.test.mjs` reads it.
  private static final String KOTLIN = "kotlin";
  private static final Path GOLDEN = ROOT.resolve("tf-aws/src/test/golden");
  private static final List<String> FILES =
      List.of("main.tf.json", "variables.tf.json", "outputs.tf.json", "versions.tf.json");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void nothingRunsInTheFunction() throws IOException {
    System.setProperty("pinion.function", Files.createDirectory(folder.resolve("function")).toString());
  }

  @AfterEach
  void forgetJars() {
    System.clearProperty("pinion.function");
  }

  /// The names of all examples in Java: each is a folder with a project file and one program.
  static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("examples"))) {
      return files.filter(file -> Files.exists(file.resolve("pom.xml")))
          .map(file -> String.valueOf(file.getFileName()))
          .filter(example -> !example.equals(KOTLIN))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void compilesToItsGoldenFiles(String example) throws IOException {
    Path out = folder.resolve("out");
    Ran ran = Ran.of("compile", "-t", "tf-aws", program(example).toString(), "--out", out.toString());
    assertThat(ran.out()).startsWith("compiled to " + out + "\n");
    assertThat(ran).isEqualTo(new Ran(PinionCommand.OK, ran.out(), ""));
    Path golden = GOLDEN.resolve(example);
    for (String file : FILES) {
      String text = Files.readString(out.resolve(file));
      if ("write".equals(System.getProperty("pinion.golden"))) {
        Files.createDirectories(golden);
        Files.writeString(golden.resolve(file), text);
      }
      assertThat(text).as("%s of %s", file, example).isEqualTo(Files.readString(golden.resolve(file)));
    }
  }

  private static Path program(String example) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("examples").resolve(example))) {
      return files.filter(file -> file.toString().endsWith(".java")).findFirst().orElseThrow();
    }
  }
}
