package dev.pinion.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// A program and its functions have one version of each library, or compiling says which to choose.
final class SharedJarsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aNewerVersionThatFunctionsNeedIsUsedForBoth() throws IOException {
    Path older = jar("app", "org.slf4j", "slf4j-api", "2.0.17");
    Path nop = jar("app", "org.slf4j", "slf4j-nop", "2.0.17");
    Path newer = jar("function", "org.slf4j", "slf4j-api", "2.0.20");
    SharedJars shared = SharedJars.of(List.of(older, nop), List.of(newer));
    assertThat(shared.jars()).containsExactly(newer, nop);
    assertThat(shared.notes()).containsExactly(
        "note: org.slf4j:slf4j-api 2.0.20 is used instead of 2.0.17, as Pinion's functions need it");
    assertThat(shared.errors()).isEmpty();
  }

  @Test
  void theProgramsOwnNewerVersionStays() throws IOException {
    Path newer = jar("app", "com.google.code.gson", "gson", "3.1");
    SharedJars shared =
        SharedJars.of(List.of(newer), List.of(jar("function", "com.google.code.gson", "gson", "2.15.0")));
    assertThat(shared).isEqualTo(new SharedJars(List.of(newer), List.of(), List.of()));
  }

  @Test
  void librariesThatWorkOnlyTogetherAreAnErrorInOtherReleases() throws IOException {
    for (String version : List.of("2.25.60", "2.99.1")) {
      List<Path> program = List.of(
          jar("app" + version, "software.amazon.awssdk", "s3", version),
          jar("app" + version, "software.amazon.awssdk", "sdk-core", version));
      SharedJars shared = SharedJars.of(
          program, List.of(
              jar("function", "software.amazon.awssdk", "sdk-core", "2.57.8"),
              jar("function", "software.amazon.awssdk", "dynamodb", "2.57.8")));
      assertThat(shared.errors()).containsExactly(
          "error: the program uses software.amazon.awssdk " + version + ", and Pinion's functions use 2.57.8; a"
              + " function has one class path, and these libraries work only in one version. Use 2.57.8 for all"
              + " libraries of software.amazon.awssdk, in //DEPS or in dependencyManagement of the pom.xml");
    }
  }

  @Test
  void jarsThatSayNothingOfThemselvesStay() throws IOException {
    Path plain = folder.resolve("plain-1.0.jar");
    Files.write(plain, StoredZip.of(Map.of("A.class", new byte[1])));
    assertThat(SharedJars.of(List.of(plain), List.of(jar("function", "a", "plain", "2.0"))).jars())
        .containsExactly(plain);
  }

  private Path jar(String where, String group, String artifact, String version) throws IOException {
    Path file = Files.createDirectories(folder.resolve(where)).resolve(artifact + "-" + version + ".jar");
    byte[] properties = ("groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version)
        .getBytes(StandardCharsets.UTF_8);
    return Files.write(
        file, StoredZip.of(Map.of("META-INF/maven/" + group + "/" + artifact + "/pom.properties", properties)));
  }
}
