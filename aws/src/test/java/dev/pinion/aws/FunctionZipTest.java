package dev.pinion.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The functions' package.
final class FunctionZipTest {
  @TempDir private Path folder = Path.of("set by JUnit");

  @Test
  void classesAreAtTheRootAndJarsInLib() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes/com/acme"));
    Files.write(classes.resolve("Chat.class"), new byte[] {1});
    byte[] zip = new FunctionZip().add(folder.resolve("classes"))
        .add(jar("guava-33.0.jar", "com.google.guava", "guava"))
        .files(Map.of("Echo.class", new byte[] {2}))
        .bytes();
    assertThat(names(zip))
        .containsExactly("Echo.class", "com/acme/Chat.class", "lib/guava-33.0.jar");
  }

  @Test
  void theSameContentGivesTheSameBytes() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path first = Files.write(classes.resolve("A.class"), new byte[] {1});
    Files.write(classes.resolve("B.class"), new byte[100_000]);
    byte[] zip = new FunctionZip().add(classes).bytes();
    Files.setLastModifiedTime(first, FileTime.fromMillis(0));
    assertThat(new FunctionZip().add(classes).bytes()).isEqualTo(zip);
    assertThat(new FunctionZip().files(Map.of("B.class", new byte[100_000], "A.class", new byte[] {1})).bytes())
        .isEqualTo(zip);
  }

  @Test
  void ofOneLibraryTheNewestIsShipped() throws IOException {
    FunctionZip zip = new FunctionZip().add(jar("gson-2.8.9.jar", "com.google.code.gson", "gson"))
        .add(jar("gson-2.15.0.jar", "com.google.code.gson", "gson"));
    assertThat(names(zip.bytes())).containsExactly("lib/gson-2.15.0.jar");
    assertThat(zip.warnings()).singleElement().asString().contains("gson-2.15.0.jar, and not gson-2.8.9.jar");
  }

  @Test
  void differentLibrariesOfOneNameAreBothShipped() throws IOException {
    FunctionZip zip = new FunctionZip().add(jar("core-1.0.jar", "com.acme", "core"))
        .add(jar("other/core-1.0.jar", "org.acme", "core"));
    assertThat(names(zip.bytes())).containsExactly("lib/core-1.0-2.jar", "lib/core-1.0.jar");
    assertThat(zip.warnings()).isEmpty();
  }

  @Test
  void aLibraryWithoutMavensDescriptionIsThereOnce() throws IOException {
    Path older = Files.write(folder.resolve("tool-1.0.jar"), StoredZip.of(Map.of("a/Tool.class", new byte[1])));
    Path newer = Files.write(folder.resolve("tool-1.1.jar"), StoredZip.of(Map.of("a/Tool.class", new byte[2])));
    FunctionZip zip = new FunctionZip().add(older).add(newer);
    assertThat(names(zip.bytes())).containsExactly("lib/tool-1.1.jar");
    assertThat(zip.warnings()).hasSize(1);
  }

  @Test
  void nativeCodeForSeveralSystemsIsKept() throws IOException {
    byte[] properties = "version=4.1".getBytes(StandardCharsets.UTF_8);
    String entry = "META-INF/maven/io.netty/epoll/pom.properties";
    FunctionZip zip = new FunctionZip();
    for (String name : List.of("epoll-4.1.jar", "epoll-4.1-linux-x86_64.jar", "epoll-4.1-linux-aarch_64.jar")) {
      Map<String, byte[]> content = Map.of(entry, properties, name, new byte[1]);
      zip.add(Files.write(folder.resolve(name), StoredZip.of(content)));
    }
    assertThat(names(zip.bytes())).hasSize(3);
  }

  @Test
  void versionsAreOrderedAsMavenOrdersThem() {
    assertThat(List.of("2.8.9 2.15.0", "1.0-rc1 1.0", "1.0 1.0.1", "1.9 1.10", "1.0-alpha 1.0-beta"))
        .allSatisfy(pair -> assertThat(Jars.compare(pair.split(" ", -1)[0], pair.split(" ", -1)[1])).isNegative());
    assertThat(Jars.compare("1.0", "1.0")).isZero();
  }

  @Test
  void overLambdasLimitTheLargestAreNamed() {
    FunctionZip zip =
        new FunctionZip().files(Map.of("model.bin", new byte[51 << 20], "small.bin", new byte[1 << 20]));
    assertThatThrownBy(zip::bytes).isInstanceOf(PlanException.class)
        .hasMessageContaining("an upload of 50 MB")
        .hasMessageContaining("51.0 MB  model.bin");
  }

  private Path jar(String name, String group, String artifact) throws IOException {
    byte[] properties = ("groupId=" + group + "\nartifactId=" + artifact).getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String entry = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    return Files.write(file, StoredZip.of(Map.of(entry, properties, name, new byte[1])));
  }

  private static List<String> names(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
