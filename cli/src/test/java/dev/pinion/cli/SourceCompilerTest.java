package dev.pinion.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SourceCompilerTest {
  @Test
  void theCompilersAdviceToCallItOtherwiseIsLeftOut(@TempDir Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve("Wrong.java"), """
        class Wrong {
          void takes(String text) {}

          void calls() {
            takes(1);
          }
        }
        """);
    assertThatThrownBy(() -> SourceCompiler.compile(List.of(source), List.of(), new PrintStream(System.out)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Wrong.java:5: error: incompatible types: int cannot be converted to String")
        .hasMessageNotContaining("Note:");
  }
}
