package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// Folders with a build.gradle: with a Gradle, which here is a script that answers as Gradle would, and without one.
final class GradleProjectTest {
  private static final String APP = """
      package app;

      import dev.pinion.App;
      import dev.pinion.Cloud;

      public class Chat implements App {
        public void define(Cloud cloud) {
          cloud.webSocket("chat").create();
        }
      }
      """;

  @TempDir private Path folder = Path.of("");
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void makeProject() throws IOException {
    write("build.gradle.kts", "plugins { java }");
    write("src/main/java/app/Chat.java", APP);
    write("src/main/resources/app.properties", "greeting=hello");
    write("src/test/java/app/ChatTest.java", "class ChatTest extends NotOnTheClassPath {}");
  }

  @Test
  void withoutGradleTheMainSourcesAreCompiled() {
    Program program = new ProgramReader(progress::add).read(folder);
    assertThat(progress).singleElement().asString().startsWith("note: there is no gradlew in " + folder);
    assertThat(program.sources()).containsExactly(folder.resolve("src/main/java/app/Chat.java"));
    ProgramLoader loader = program.load(RunCache.none(), System.err);
    assertThat(AppClass.of(loader, program).name()).isEqualTo("app.Chat");
    assertThat(loader.getResource("app.properties")).isNotNull();
  }

  @Test
  void aWrapperCompilesItAndSaysWhereTheClassesAre() throws IOException {
    write("build/classes/java/main/x", "");
    write("build/resources/main/x", "");
    write("lib.jar", "");
    gradle(
        """
            echo "$@" >arguments
            script=$5
            cp "$script" script
            echo "some output of the build"
            for each in classes/java/main resources/main missing; do echo "pinion-classes:$PWD/build/$each"; done
            for each in build/classes/java/main lib.jar; do echo "pinion-path:$PWD/$each"; done
            """);
    Program program = new ProgramReader(progress::add).read(folder.resolve("build.gradle.kts"));
    assertThat(program.classes()).containsExactly(
        folder.resolve("build/classes/java/main"), folder.resolve("build/resources/main"));
    assertThat(program.libraries()).containsExactly(folder.resolve("lib.jar"));
    assertThat(folder.resolve("arguments")).content()
        .startsWith("--quiet --console=plain -Dpinion.folder=" + folder.toRealPath() + " -I ");
    assertThat(folder.resolve("script")).content().contains("pinion-classes:", "runtimeClasspath");
  }

  @Test
  void whatGradleSaysOfAMistakeIsShown() throws IOException {
    gradle("echo \"Chat.java:3: error: ';' expected\"; exit 1");
    assertThatExceptionOfType(UserException.class).isThrownBy(() -> new ProgramReader(progress::add).read(folder))
        .withMessage("error: Gradle cannot compile the project in " + folder + "\nChat.java:3: error: ';' expected");
  }

  private void gradle(String script) throws IOException {
    write("gradlew", "#!/bin/sh\n" + script);
    assertThat(folder.resolve("gradlew").toFile().setExecutable(true)).isTrue();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, text);
  }
}
