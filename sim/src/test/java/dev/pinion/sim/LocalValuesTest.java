package dev.pinion.sim;

import dev.pinion.Definition;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ValueModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/// Where the values of configs and secrets come from, and what is said when they do not.
class LocalValuesTest {
  private static final AppModel MODEL = Definition.of(cloud -> {
    cloud.config("greeting");
    cloud.secret("apiKey");
  }).model();

  @TempDir private Path folder = Path.of("set by JUnit");

  @Test
  void theEnvironmentComesBeforeTheFile() throws IOException {
    LocalValues values = values("GREETING=of the file\nAPI_KEY=of the file", Map.of("GREETING", "of the environment"));
    assertThat(MODEL.values()).extracting(ValueModel::environmentName).containsExactly("GREETING", "API_KEY");
    assertThat(MODEL.values()).map(values::of).containsExactly("of the environment", "of the file");
  }

  @Test
  void allThatIsMissingIsNamedWithItsLine() {
    Path file = folder.resolve(".env");
    SimulatorException missing =
        catchThrowableOfType(SimulatorException.class, () -> LocalValues.of(MODEL, Map.of(), file));
    assertThat(String.valueOf(missing.getMessage()).lines()).satisfiesExactly(
        first -> assertThat(first).matches("\\S+:\\d+: config 'greeting' has no value: set the environment variable"
            + " GREETING, or write a line GREETING=\\.\\.\\. into " + file),
        second -> assertThat(second).contains("secret 'apiKey' has no value", "API_KEY=..."));
  }

  @Test
  void aFileHasCommentsAndQuotes() throws IOException {
    Map<String, String> read = EnvironmentFile.read(write("""
        # comment
        A=plain text # comment

        export B = 'single # "quoted"' # comment
        C="double \\"quoted\\"\\nline \\\\"
        D=
        E=a#b=c
        """));
    assertThat(read).containsExactly(
        Map.entry("A", "plain text"),
        Map.entry("B", "single # \"quoted\""),
        Map.entry("C", "double \"quoted\"\nline \\"),
        Map.entry("D", ""),
        Map.entry("E", "a#b=c"));
  }

  @Test
  void malformedLinesAreNamedAndNotShown() throws IOException {
    Path file = write("GOOD=1\nhunter2\nBAD=\"hunter2");
    assertThatThrownBy(() -> EnvironmentFile.read(file)).isInstanceOf(SimulatorException.class)
        .hasMessageStartingWith(file + ":2, " + file + ":3: write NAME=value")
        .hasMessageNotContaining("hunter2");
  }

  private LocalValues values(String text, Map<String, String> environment) throws IOException {
    return LocalValues.of(MODEL, environment, write(text));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve(".env"), text);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatNeverEndsIsAMistakeAndAPipeMayBeRead() throws Exception {
    assertThatThrownBy(() -> EnvironmentFile.read(Path.of("/dev/zero"))).isInstanceOf(SimulatorException.class)
        .hasMessage("error: cannot read /dev/zero: it is larger than 1 MB, so it is no list of variables");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> EnvironmentFile.read(pipe, Duration.ofMillis(20)))
        .hasMessage("error: cannot read " + pipe + ": it is a pipe, and nobody has written it within 0.02 s");
    Path written = folder.resolve("written");
    assertThat(new ProcessBuilder("mkfifo", written.toString()).start().waitFor()).isZero();
    Thread.ofPlatform().daemon().start(() -> {
      try {
        Files.writeString(written, "NAME=value\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    assertThat(EnvironmentFile.read(written)).isEqualTo(Map.of("NAME", "value"));
  }
}
