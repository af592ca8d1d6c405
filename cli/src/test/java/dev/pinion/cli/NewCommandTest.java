package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Projects that `pinion new` creates. `.ci/start.test.mjs` runs and tests them as a user would.
final class NewCommandTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"chat, Chat", "rooms, Rooms", "empty, MyChatApp"})
  void theAppCompilesAsItIs(String template, String type) {
    Path project = folder.resolve("my-chat");
    Ran created = Ran.of("new", project.toString(), "--template", template);
    assertThat(created.err()).isEmpty();
    assertThat(created.out())
        .startsWith("created " + project + "\n  pom.xml\n  src/main/java/mychat/" + type + ".java\n")
        .contains("next:\n  cd " + project + "\n  pinion run .\n  mvn test\n");
    Path source = project.resolve("src/main/java/mychat").resolve(type + ".java");
    Ran explained = Ran.of("explain", source.toString());
    assertThat(explained.err()).isEmpty();
    assertThat(explained.code()).isZero();
    assertThat(project.resolve("pom.xml")).content().contains("<artifactId>my-chat</artifactId>").doesNotContain("@");
    assertThat(project.resolve(".gitignore")).exists();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path mine = Files.writeString(Files.createDirectory(folder.resolve("my-chat")).resolve("pom.xml"), "mine");
    Ran ran = Ran.of("new", folder.resolve("my-chat").toString());
    assertThat(ran.err()).isEqualTo("error: these files exist, and nothing was written:\n  " + mine + "\n");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(mine).hasContent("mine");
    assertThat(folder.resolve("my-chat")).isDirectoryContaining(each -> each.equals(mine));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "9lives       |          |      | '9lives' cannot be the name of a project",
    "my-chat      | a.class  | chat | 'a.class' is not the name of a package",
    "my-chat      | a        | game | unknown template 'game': use chat, rooms or empty"})
  void mistakesAreNamed(String name, String packageName, String template, String message) {
    Ran ran = Ran.of("new", folder.resolve(name).toString(), "--package", packageName == null ? "a" : packageName,
        "--template", template == null ? "chat" : template);
    assertThat(ran.err()).startsWith("error: " + message);
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "my-chat, com.example.chat, com.example", "my-chat, com.example.mychat, com.example",
    "my-chat, org.example.app, org.example.app", "my-chat, io.github.ann, io.github.ann", "chat, chat, chat"})
  void theGroupIsThePackageWithoutTheProject(String name, String packageName, String group) {
    Ran.of("new", folder.resolve(name).toString(), "--package", packageName);
    assertThat(folder.resolve(name).resolve("pom.xml")).content()
        .contains("\n  <groupId>" + group + "</groupId>\n  <artifactId>" + name + "</artifactId>\n");
  }

  @Test
  void aNameThatIsAKeywordGetsAnotherPackage() {
    Ran.of("new", folder.resolve("class").toString());
    assertThat(folder.resolve("class/src/main/java/classapp/Chat.java")).exists();
  }
}
