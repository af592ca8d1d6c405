package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// What an installation writes, and that all of it goes again.
final class InstalledFilesTest {
  @TempDir private Path folder = Path.of("");
  private Path release = Path.of("");
  private Path repository = Path.of("");
  private Path prefix = Path.of("");

  @BeforeEach
  void makeRelease() throws IOException {
    release = folder.resolve("release");
    repository = folder.resolve("repository");
    prefix = folder.resolve("prefix");
    write(release.resolve("bin/pinion"), "#!/bin/sh\necho one\n");
    assertThat(release.resolve("bin/pinion").toFile().setExecutable(true)).isTrue();
    write(release.resolve("maven/dev/pinion/pinion-core/1/pinion-core-1.jar"), "jar");
    write(release.resolve("maven/dev/pinion/pinion-core/1/pinion-core-1.pom"), "pom");
  }

  @Test
  void aReleaseIsInstalledAgainAndRemoved() throws IOException {
    write(repository.resolve("org/other/1/other-1.jar"), "other");
    InstalledFiles installed = new InstalledFiles(prefix);
    installed.checkReplaceable();
    assertThat(installed.copy(release, repository)).isEqualTo(1);
    assertThat(prefix.resolve("bin/pinion")).isSymbolicLink().isExecutable().hasContent("#!/bin/sh\necho one\n");
    assertThat(repository.resolve("dev/pinion/pinion-core/1/pinion-core-1.pom")).hasContent("pom");
    write(repository.resolve("dev/pinion/pinion-core/1/_remote.repositories"), "a note of Maven's");

    installed.checkReplaceable();
    installed.remove();
    assertThat(repository.resolve("dev/pinion")).isEmptyDirectory();
    assertThat(repository.resolve("org/other/1/other-1.jar")).exists();
    assertThat(prefix.resolve("bin")).isEmptyDirectory();
    assertThat(prefix.resolve("lib")).isEmptyDirectory();
  }

  @Test
  void anInstallationThatFailedHalfWayIsRepeatedOrRemoved() throws IOException {
    write(folder.resolve("file"), "no folder");
    InstalledFiles installed = new InstalledFiles(prefix);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> installed.copy(release, folder.resolve("file/repository")));
    installed.checkReplaceable();
    installed.remove();
    assertThat(prefix.resolve("lib")).isEmptyDirectory();
    assertThat(installed.copy(release, repository)).isEqualTo(1);
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    write(prefix.resolve("bin/pinion"), "another program");
    assertThatExceptionOfType(UserException.class).isThrownBy(() -> new InstalledFiles(prefix).checkReplaceable())
        .withMessageContaining("bin/pinion exists and is not Pinion's");
    Files.delete(prefix.resolve("bin/pinion"));
    write(prefix.resolve("lib/pinion/file"), "another program");
    assertThatExceptionOfType(UserException.class).isThrownBy(() -> new InstalledFiles(prefix).checkReplaceable())
        .withMessageContaining("is no installation of Pinion");
    assertThat(Ran.of("uninstall", "--prefix", prefix.toString()).err())
        .startsWith("error: Pinion is not installed in " + prefix);
    assertThat(prefix.resolve("lib/pinion/file")).exists();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, text);
  }
}
