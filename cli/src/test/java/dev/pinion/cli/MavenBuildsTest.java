package dev.pinion.cli;

import dev.pinion.cli.Builds.Built;
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
    maven("echo '[ERROR] no such parent'\nexit 1");
    Path pom = folder.resolve("app/pom.xml");
    write("words/src/main/java/Words.java", "public class Words {}");
    Path chat = write("app/src/main/java/Chat.java", "class Chat { Words words; }");
    try (MavenBuilds builds = builds()) {
      builds.build(Set.of(chat), _ -> {});
      for (Path changed : List.of(pom, chat)) {
        assertThatThrownBy(() -> builds.build(Set.of(changed), _ -> {})).hasMessageContaining("no such parent");
      }
    }
  }

  @Test
  void aFolderOfClassesThatIsGoneIsMadeByMavenAgain() throws IOException {
    maven("echo '[ERROR] Maven runs'\nexit 1");
    Path chat = write("app/src/main/java/Chat.java", "class Chat {}");
    try (MavenBuilds builds = builds("app")) {
      assertThat(builds.build(Set.of(chat), _ -> {}).classes()).containsKey("Chat");
      Files.delete(folder.resolve("app/target/classes"));
      assertThatThrownBy(() -> builds.build(Set.of(chat), _ -> {})).hasMessageContaining("Maven runs");
    }
  }

  @Test
  void anAppOfAnotherModule() throws IOException {
    write("words/src/main/java/Words.java", "public class Words {}");
    write("words/src/main/java/Moved.java", "public class Moved {}");
    write("app/src/main/java/Chat.java", "class Chat { Words words; Moved moved; }");
    try (MavenBuilds builds = builds("words", "app")) {
      builds.build(Set.of(), _ -> {});
      built("Moved", new byte[0]);
      Files.delete(folder.resolve("words/src/main/java/Moved.java"));
      Path moved = write("app/src/main/java/Moved.java", "class Moved {}");
      Path more = write("words/src/main/java/More.java", "public class More {}");
      Built built = builds.build(Set.of(moved, more), _ -> {});
      assertThat(built.classes()).containsKey("More");
      try (ProgramLoader loader = built.loader()) {
        assertThat(built.program().candidates(loader)).containsExactlyInAnyOrder("Chat", "Moved");
      }
    }
  }

  @Test
  void aPackageWithTheNameOfBuildOutput() throws IOException {
    Path goal = write("app/src/main/java/target/Goal.java", "package target; public class Goal {}");
    write("app/src/main/java/Chat.java", "class Chat { target.Goal goal; }");
    try (MavenBuilds builds = builds("app")) {
      assertThat(builds.build(Set.of(goal), _ -> {}).classes()).containsOnlyKeys("Chat", "target.Goal");
      assertThat(builds.watched().holds(goal)).isTrue();
      assertThat(ProgramContents.of(builds.watched(), ProgramContents.NONE).stamps()).containsKey(goal);
    }
    Files.createDirectories(folder.resolve("classes/target"));
    Files.createFile(folder.resolve("classes/target/Goal.class"));
    assertThat(CompiledClasses.of(folder, folder, List.of(folder.resolve("classes")), List.of(), "").classFiles())
        .containsOnlyKeys("target.Goal");
  }

  private void maven(String does) throws IOException {
    write("app/pom.xml", "<project/>");
    assertThat(write("app/mvnw", "#!/bin/sh\n" + does + "\n").toFile().setExecutable(true)).isTrue();
  }

  private MavenBuilds builds(String... compiled) throws IOException {
    List<String> lines = new ArrayList<>();
    List<Path> outputs = new ArrayList<>();
    for (String name : compiled.length == 0 ? new String[] {"words", "app"} : compiled) {
      Path module = folder.resolve(name);
      outputs.add(Files.createDirectories(module.resolve("target/classes")));
      lines.add("goal\t" + module + "\tmaven-compiler-plugin:compile");
      lines.add("output\t" + module + "\t" + outputs.getLast());
      lines.add("source\t" + module + "\t" + module.resolve("src/main/java"));
      lines.add("path\t" + module + "\t" + folder.resolve("words/target/classes"));
    }
    Program program = CompiledClasses.of(folder.resolve("app"), folder, outputs.reversed(), List.of(), "");
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
