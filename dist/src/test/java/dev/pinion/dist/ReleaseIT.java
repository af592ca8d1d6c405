package dev.pinion.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// The archive as a user unpacks it: the command runs from it, and installs itself.
@Timeout(180)
final class ReleaseIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @TempDir private Path folder = Path.of("");
  private Path home = Path.of("");

  private record Ran(int code, String output) {}

  @BeforeEach
  void unpack() throws IOException, InterruptedException {
    Path archive = one("pinion-.*\\.tar\\.gz");
    assertThat(run(folder, "tar", "-xzf", archive.toString()).code()).isZero();
    home = folder.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
  }

  private static Path one(String name) throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).findFirst().orElseThrow();
    }
  }

  @Test
  void theCommandRunsWithoutBeingInstalled() throws IOException, InterruptedException {
    Path command = home.resolve("bin/pinion");
    assertThat(run(folder, command.toString(), "--version").output()).contains("pinion " + version());
    assertThat(run(folder, command.toString(), "new", "my-chat").code()).isZero();
    Path source = folder.resolve("my-chat/src/main/java/mychat/Chat.java");
    Ran compiled = run(folder, command.toString(), "compile", "-t", "tf-aws", "--out", "out", source.toString());
    assertThat(compiled.output()).contains("compiled to out");
    assertThat(folder.resolve("out/function.zip")).exists();
  }

  @Test
  void itInstallsItselfAndGoesAgain() throws IOException, InterruptedException {
    String prefix = folder.resolve("prefix").toString();
    Path repository = folder.resolve("repository");
    Ran installed = run(
        folder, home.resolve("bin/pinion").toString(), "install", "--prefix", prefix, "--repository",
        repository.toString());
    assertThat(installed.output()).contains("installed " + prefix + "/bin/pinion");
    assertThat(repository.resolve("dev/pinion/pinion-core/" + version()))
        .isDirectoryContaining("glob:**-sources.jar")
        .isDirectoryContaining("glob:**-javadoc.jar");
    Ran ran = run(folder, prefix + "/bin/pinion", "uninstall", "--prefix", prefix);
    assertThat(ran.code()).as(ran.output()).isZero();
    assertThat(repository.resolve("dev/pinion")).isEmptyDirectory();
    assertThat(folder.resolve("prefix/bin")).isEmptyDirectory();
    assertThat(folder.resolve("cache/pinion/command")).doesNotExist();
  }

  @Test
  void everyLibraryHasItsLicense() {
    assertThat(home.resolve("LICENSE")).exists();
    assertThat(home.resolve("licenses")).isDirectoryContaining("glob:**Apache-2.0.txt");
    assertThat(home.resolve("sbom.json")).content().contains("\"bomFormat\"", "picocli", "gson");
  }

  @Test
  void twoReleasesOfTheSameFilesAreTheSame() throws IOException {
    Path again = Files.createDirectories(folder.resolve("again"));
    Path copy = again.resolve(home.getFileName());
    for (Path file : Folders.files(home)) {
      Folders.copy(file, copy.resolve(home.relativize(file)));
      if (Files.isExecutable(file))
        assertThat(copy.resolve(home.relativize(file)).toFile().setExecutable(true)).isTrue();
    }
    new Archive(again, Instant.parse("2026-01-01T00:00:00Z")).tarGz(copy, "again.tar.gz");
    assertThat(again.resolve("again.tar.gz")).hasSameBinaryContentAs(one("pinion-.*\\.tar\\.gz"));
  }

  private String version() {
    return home.getFileName().toString().replace("pinion-", "");
  }

  private Ran run(Path in, String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    ProcessBuilder builder = new ProcessBuilder(all).directory(in.toFile()).redirectErrorStream(true);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().put("PINION_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }
}
