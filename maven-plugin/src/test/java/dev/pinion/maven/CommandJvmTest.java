package dev.pinion.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The JVM that the plugin starts is the one that the launcher starts.
final class CommandJvmTest {
  @Test
  void itHasTheLaunchersOptions() throws IOException {
    String launcher = Files.readString(Path.of("../pinion"));
    assertThat(launcher).contains(CommandJvm.OPTIONS);
  }

  @Test
  void theModulesToWhichTheJdkIsOpenAreOnTheModulePath() {
    List<File> jars = List.of(new File("pinion-cli-1.jar"), new File("pinion-gateway-1.jar"),
        new File("pinion-inspect-1.jar"), new File("picocli-4.jar"));
    List<String> arguments = new CommandJvm(jars, List.of(new File("a.jar"), new File("b.jar"))).arguments();
    String separator = File.pathSeparator;
    assertThat(arguments).containsSubsequence(
        "-Dpinion.function=a.jar" + separator + "b.jar",
        "-p", "pinion-gateway-1.jar" + separator + "pinion-inspect-1.jar",
        "-cp", "pinion-cli-1.jar" + separator + "picocli-4.jar", "dev.pinion.cli.PinionCommand");
  }
}
