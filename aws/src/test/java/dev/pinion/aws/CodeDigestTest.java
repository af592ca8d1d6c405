package dev.pinion.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What makes another version of the functions.
final class CodeDigestTest {
  private static final String SOURCE = """
      final class Chat {
        String greet(String name) {
          for (int i = 0; i < 3 && name.isEmpty(); i++) {
            name = "" + i;
          }
          return "Hello, " + name;
        }
      }
      """;

  @TempDir private Path folder = Path.of("set by JUnit");

  @Test
  void aCommentThatMovesLinesIsNoOtherVersion() throws IOException {
    byte[] moved = compiled("// A comment.\n\n" + SOURCE.replace("{\n    return", "{\n    // Why.\n    return"));
    assertThat(moved).isNotEqualTo(compiled(SOURCE));
    assertThat(CodeDigest.of(moved)).isEqualTo(CodeDigest.of(compiled(SOURCE))).matches("[0-9a-f]{32}");
  }

  @Test
  void otherCodeIsAnotherVersion() throws IOException {
    assertThat(CodeDigest.of(compiled(SOURCE.replace("Hello", "Hi")))).isNotEqualTo(CodeDigest.of(compiled(SOURCE)));
    assertThat(CodeDigest.of(compiled(SOURCE.replace("i < 3", "i < 4"))))
        .isNotEqualTo(CodeDigest.of(compiled(SOURCE)));
  }

  @Test
  void aFileHasTheDigestOfItsBytes() throws IOException {
    byte[] zip = compiled(SOURCE);
    assertThat(CodeDigest.of(Files.write(folder.resolve("function.zip"), zip))).isEqualTo(CodeDigest.of(zip));
  }

  private byte[] compiled(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("Chat.java"), source);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options = List.of("-g", "-d", classes.toString());
      assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file)).call()).isTrue();
    }
    return new FunctionZip().add(classes).bytes();
  }
}
