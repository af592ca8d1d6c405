package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Code in the documentation is code that is compiled and tested. */
class DocsTest {
  private static final Path ROOT = SourceLimitsTest.root();
  private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w+)(\\.\\w+)?`");
  private static final Pattern CONSTANT = Pattern.compile("`([A-Z]\\w+)\\.([A-Z]+_[A-Z_]+)`");
  private static final Pattern CODE = Pattern.compile("(?ms)^ *```(?:java|kotlin)\\n(.*?)^ *```");

  @Test
  void theReadmesProgramIsTheChat() throws IOException {
    assertThat(blocks(ROOT.resolve("README.md"))).first()
        .isEqualTo(Files.readString(ROOT.resolve("examples/chat/Chat.java")));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyBlockOfCodeStandsInAnExampleOrATest(Path document) throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.walk(ROOT)) {
      sources = files.filter(DocsTest::isCompiled).map(DocsTest::read).map(DocsTest::withoutIndent).toList();
    }
    for (String block : blocks(document)) {
      assertThat(sources).as("%s: a source that has%n%s", document, block)
          .anyMatch(source -> source.contains(withoutIndent(block)));
    }
  }

  /// Who copies a piece of a guide has to know which imports it needs.
  @ParameterizedTest
  @MethodSource("documents")
  void everyDocumentWithCodeHasItsImports(Path document) {
    if (!blocks(document).isEmpty()) assertThat(read(document)).contains("import dev.pinion.");
  }

  /// The guide to WebSockets begins with its program, so that its pieces compile when they are copied into it.
  @Test
  void theGuideToWebSocketsHasAllOfItsProgramButOtherPieces() throws IOException {
    String program =
        read(ROOT.resolve("junit/src/test/java/app/Lounge.java")).replaceFirst("(?s)^package app;\\n+", "");
    List<String> blocks = blocks(ROOT.resolve("docs/websockets.md"));
    assertThat(withoutIndent(program)).startsWith(withoutIndent(blocks.getFirst()));
    String rest = program;
    for (String block : blocks) {
      for (String line : block.lines().toList()) rest = rest.replaceFirst(Pattern.quote(line) + "\\n", "");
    }
    assertThat(rest.replaceAll("[\\s}]", "")).as("what the guide does not show").isEmpty();
  }

  @Test
  void everyTypeThatTheArchitectureNamesExists() throws IOException {
    String text = read(ROOT.resolve("ARCHITECTURE.md"));
    List<String> named = TYPE.matcher(text).results().map(type -> type.group(1)).toList();
    try (Stream<Path> files = Files.walk(ROOT)) {
      assertThat(named).contains("Dispatcher")
          .isSubsetOf(
              files.map(file -> String.valueOf(file.getFileName())).map(name -> name.replace(".java", "")).toList());
    }
  }

  @Test
  void everyConstantThatTheDesignDecisionsNameExists() throws IOException {
    String text = read(ROOT.resolve("docs/design-decisions.md"));
    List<MatchResult> named = CONSTANT.matcher(text).results().toList();
    assertThat(named).isNotEmpty();
    for (MatchResult constant : named) {
      try (Stream<Path> files = Files.walk(ROOT)) {
        assertThat(files.filter(file -> file.endsWith(constant.group(1) + ".java")).map(DocsTest::read))
            .as(constant.group()).anyMatch(source -> source.contains(" " + constant.group(2) + " = "));
      }
    }
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT); Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static boolean isCompiled(Path file) {
    String path = ROOT.relativize(file).toString();
    return path.matches(".*\\.(java|kt)") && !path.contains("target/") && path.matches("examples/.*|.*/src/test/.*");
  }

  private static List<String> blocks(Path document) {
    return CODE.matcher(read(document)).results().map((MatchResult block) -> block.group(1)).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String withoutIndent(String code) {
    return code.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
  }
}
