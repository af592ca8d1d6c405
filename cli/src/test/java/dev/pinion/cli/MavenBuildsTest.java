package dev.pinion.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Saves in a Maven project of two modules, as far as they need no Maven.
@Timeout(60)
final class MavenBuildsTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  @TempDir private Path folder = Path.of("");

  @Test
  void aClassThatIsGoneFromAnotherModule() throws IOException {
    Path words = write("words/src/main/java/Words.java", "public class Words {}");
    write("app/src/main/java/Chat.java", "class Chat { Words words; }");
    SourceCompiler.compile(List.of(words), List.of(), NOWHERE).forEach(this::built);
    try (MavenBuilds builds = builds()) {
      assertThat(builds.build(Set.of(), _ -> {}).classes()).containsKeys("Words", "Chat");
      Files.delete(words);
      assertThatThrownBy(() -> builds.build(Set.of(words), _ -> {})).hasMessageContaining("cannot find symbol");
    }
  }

  /// A dependency with the scope runtime, or none: Maven would not find the class either.
  @Test
  void aClassOfAModuleThatIsNotOnTheClassPath() throws IOException {
    write("other/src/main/java/Other.java", "public class Other {}");
    write("words/src/main/java/Words.java", "public class Words {}");
    Path chat = write("app/src/main/java/Chat.java", "class Chat { Words words; }");
    try (MavenBuilds builds = builds("other", "words", "app")) {
      assertThat(builds.build(Set.of(), _ -> {}).classes()).containsKeys("Words", "Chat", "Other");
      write("app/src/main/java/Chat.java", "class Chat { Words words; Other other; }");
      assertThatThrownBy(() -> builds.build(Set.of(chat), _ -> {})).hasMessageContaining("cannot find symbol");
    }
  }

  @Test
  void aModuleWithoutPinion() throws IOException {
    Path words = write("words/src/main/java/Words.java", "class Words implements dev.pinion.App {}");
    try (MavenBuilds builds = builds("words")) {
      assertThatThrownBy(() -> builds.build(Set.of(words), _ -> {})).hasMessageContaining("package dev.pinion");
    }
  }

  @Test
  void aClassFolderThatAnotherBuildWrites() throws IOException {
    Path words = write("Words.java", "public class Words { public static final String WORD = \"one\"; }");
    write("app/src/main/java/Chat.java", "class Chat { String word() { return Words.WORD; } }");
    SourceCompiler.compile(List.of(words), List.of(), NOWHERE).forEach(this::built);
    try (MavenBuilds builds = builds("app")) {
      assertThat(chat(builds)).contains("one");
      write("Words.java", "public class Words { public static final String WORD = \"two\"; }");
      SourceCompiler.compile(List.of(words), List.of(), NOWHERE).forEach(this::built);
      assertThat(chat(builds)).contains("two");
    }
  }

  @Test
  void whatMavenCouldNotBuildItBuildsAfterTheNextSave() throws IOException {
    Path pom = write("app/pom.xml", "<project/>");
    Path maven = write("app/mvnw", "#!/bin/sh\necho '[ERROR] no such parent'\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    write("words/src/main/java/Words.java", "public class Words {}");
    Path chat = write("app/src/main/java/Chat.java", "class Chat { Words words; }");
    try (MavenBuilds builds = builds()) {
      builds.build(Set.of(chat), _ -> {});
      for (Path changed : List.of(pom, chat)) {
        assertThatThrownBy(() -> builds.build(Set.of(changed), _ -> {})).hasMessageContaining("no such parent");
      }
    }
  }

  private MavenBuilds builds(String... compiled) {
    List<String> lines = new ArrayList<>();
    List<Path> outputs = new ArrayList<>();
    for (String name : compiled.length == 0 ? new String[] {"words", "app"} : compiled) {
      Path module = folder.resolve(name);
      outputs.add(module.resolve("target/classes"));
      lines.add("goal\t" + module + "\tmaven-compiler-plugin:compile");
      lines.add("output\t" + module + "\t" + outputs.getLast());
      lines.add("source\t" + module + "\t" + module.resolve("src/main/java"));
      lines.add("path\t" + module + "\t" + folder.resolve("words/target/classes"));
    }
    Program program = CompiledClasses.of(folder.resolve("app"), folder, outputs, List.of(), "");
    ProgramOptions options = new ProgramOptions(folder.resolve("app"), List.of(), List.of(), false);
    return new MavenBuilds(options, program, MavenBuild.of(lines), Set.of(), NOWHERE);
  }

  private static String chat(MavenBuilds builds) {
    byte[] chat = builds.build(Set.of(), _ -> {}).classes().get("Chat");
    return new String(chat, StandardCharsets.ISO_8859_1);
  }

  private void built(String name, byte[] bytes) {
    try {
      Files.write(Files.createDirectories(folder.resolve("words/target/classes")).resolve(name + ".class"), bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
