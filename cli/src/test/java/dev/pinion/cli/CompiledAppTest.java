package dev.pinion.cli;

import dev.pinion.aws.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Programs that have one folder for a target: which of them it belongs to.
final class CompiledAppTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aNameWithinAnotherName() throws IOException {
    Path chat = app("Chat.java", "Chat");
    Path room = app("ChatRoom.java", "ChatRoom");
    compiled("Chat", chat);
    refuses(room, "was compiled from " + chat + ", not from " + room + ": name that program, or the URL");
    older("Chat");
    refuses(room, "was compiled from " + chat);
    accepts(chat);
  }

  @Test
  void filesThatAreNotNamedAfterTheirClass() throws IOException {
    Path alpha = app("alpha.java", "MyApp");
    Path beta = app("beta.java", "OtherApp");
    compiled("MyApp", alpha);
    refuses(beta, "was compiled from " + alpha);
    older("MyApp");
    refuses(beta, "was compiled from " + alpha);
    accepts(alpha);
  }

  @Test
  void oneClassInTwoFiles() throws IOException {
    Path one = app("one.java", "Main");
    Path two = app("two.java", "Main");
    compiled("Main", one);
    refuses(two, "was compiled from " + one);
    accepts(one);
    Files.delete(one);
    accepts(two);
    Files.delete(folder.resolve("target/tf-aws/terraform.tfstate"));
    app("one.java", "Main");
    assertThatCode(() -> compiledApp().mayBecome(options(two), "")).as("not deployed").doesNotThrowAnyException();
  }

  @Test
  void aStackOfTheSameName() throws IOException {
    Path one = app("one.java", "Main");
    Path two = app("two.java", "Main");
    Path assembly = Files.createDirectories(folder.resolve("target/awscdk"));
    Files.writeString(assembly.resolve("manifest.json"), """
        {"artifacts": {"Main": {"type": "aws:cloudformation:stack"}}}""");
    Files.writeString(assembly.resolve("Main.template.json"), "{\"PINION_APP\": \"Main\"}");
    ProgramRecord.of("Main", options(one)).write(assembly);
    CompiledApp app = CompiledApp.in(new DeployFolder(CompileOptions.AWSCDK, assembly)).orElseThrow();
    assertThatThrownBy(() -> app.mayBecome(options(two), "Main")).isInstanceOf(UserException.class)
        .hasMessageContaining("has the stack Main of " + one).hasMessageEndingWith("Name another stack with --stack");
    assertThatThrownBy(() -> app.mustBeOf(options(two), "the URL")).hasMessageContaining("was compiled from " + one);
    assertThatCode(() -> app.mayBecome(options(two), "Two")).doesNotThrowAnyException();
    assertThatCode(() -> app.mayBecome(options(one), "Main")).doesNotThrowAnyException();
  }

  @Test
  void aClassThatHasAnotherNameNow() throws IOException {
    Path file = app("alpha.java", "MyApp");
    app("beta.java", "OtherApp");
    compiled("MyApp", file);
    app("alpha.java", "Renamed");
    accepts(file);
    older("MyApp");
    accepts(file);
  }

  @Test
  void aFolderThatIsMovedWithItsProgram() throws IOException {
    Path before = Files.createDirectory(folder.resolve("before"));
    Path one = app("before/one.java", "Main");
    app("before/two.java", "Main");
    compiled("Main", one);
    Files.move(folder.resolve("target"), before.resolve("target"));
    ProgramRecord.of("Main", options(one)).write(before.resolve("target/tf-aws"));
    Path after = Files.move(before, folder.resolve("after"));
    Files.createDirectory(before);
    app("before/one.java", "Main");
    CompiledApp app = CompiledApp.in(new DeployFolder(CompileOptions.TF_AWS, after.resolve("target/tf-aws")))
        .orElseThrow();
    assertThatCode(() -> app.mustBeOf(options(after.resolve("one.java")), "")).doesNotThrowAnyException();
    assertThatThrownBy(() -> app.mustBeOf(options(after.resolve("two.java")), "")).isInstanceOf(UserException.class);
  }

  @Test
  void anotherCheckoutOfTheProgram() throws IOException {
    Files.createDirectories(folder.resolve("one"));
    Path two = Files.createDirectories(folder.resolve("two"));
    compiled("Chat", app("one/Chat.java", "Chat"));
    accepts(app("two/Chat.java", "Chat"));
    refuses(app("two/Main.java", "Chat"), "was compiled from ");
    compiled("Main", app("one/Chat.java", "Main"));
    refuses(app("two/Chat.java", "Chat"), "was compiled from ");
    compiled("Chat", Files.createDirectories(folder.resolve("one/app")));
    Files.move(two.resolve("Chat.java"), Files.createDirectories(two.resolve("app")).resolve("Chat.java"));
    accepts(two.resolve("app"));
  }

  @Test
  void otherSpellingsOfAPath() throws IOException {
    Path chat = app("Chat.java", "Chat");
    compiled("Chat", chat);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    accepts(link.resolve("Chat.java"));
    accepts(folder.resolve("target/../Chat.java"));
    accepts(Path.of("").toAbsolutePath().relativize(chat));
  }

  @Test
  void aProjectByItsFolderOrItsFile() throws IOException {
    Path pom = Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Path classes = Files.createDirectories(folder.resolve("target/classes"));
    compiled("app.Chat", pom);
    accepts(folder);
    accepts(pom);
    assertThatCode(() -> compiledApp().mustBeOf(classes(classes, ""), "")).doesNotThrowAnyException();
    Path other = Files.createDirectories(folder.resolve("other/target/classes"));
    assertThatThrownBy(() -> compiledApp().mustBeOf(classes(other, ""), "")).isInstanceOf(UserException.class);
  }

  @Test
  void oneOfTheAppsOfAClassFolder() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("build"));
    Path one = Files.createFile(Files.createDirectory(classes.resolve("app")).resolve("One.class"));
    older("app.One");
    ProgramRecord.of("app.One", classes(classes, "app.One")).write(folder.resolve("target/tf-aws"));
    assertThatCode(() -> compiledApp().mustBeOf(classes(classes, "app.One"), "")).doesNotThrowAnyException();
    assertThatThrownBy(() -> compiledApp().mayBecome(classes(classes, "app.Two"), ""))
        .hasMessageContaining("has the module of the app app.One, and deploying app.Two");
    Files.delete(one);
    assertThatCode(() -> compiledApp().mayBecome(classes(classes, "app.Two"), "")).doesNotThrowAnyException();
  }

  @Test
  void aFolderAndTheOnlyAppInIt() throws IOException {
    Path chat = app("Chat.java", "Chat");
    Files.writeString(folder.resolve("Board.java"), "class Board { Chat chat; }");
    compiled("Chat", chat);
    accepts(folder);
    compiled("Chat", folder);
    accepts(chat);
    refuses(folder.resolve("Board.java"), "was compiled from " + folder);
    app("News.java", "News");
    refuses(chat, "was compiled from " + folder);
  }

  @Test
  void aFileThatUsesTheAppOfAnotherOneInAFolderOfAnOlderPinion() throws IOException {
    app("Chat.java", "Chat");
    Path main = Files.writeString(folder.resolve("Run.java"), "class Run { Chat chat; }");
    older("Chat");
    accepts(main);
    refuses(app("News.java", "News { Chat chat; } class More"), "was compiled from ");
  }

  @Test
  void aRecordOfAnAppThatAnOlderPinionHasReplaced() throws IOException {
    Path alpha = app("alpha.java", "MyApp");
    Path beta = app("beta.java", "OtherApp");
    compiled("MyApp", alpha);
    Files.writeString(folder.resolve("target/tf-aws/main.tf.json"), "{\"PINION_APP\": \"OtherApp\"}");
    accepts(beta);
    refuses(alpha, "was compiled from " + beta);
    assertThat(new OutputFolder(folder.resolve("target/tf-aws"), Set.of("main.tf.json"), ".*tfstate")
        .foreign()).isEmpty();
  }

  private Path app(String file, String name) throws IOException {
    return Files.writeString(folder.resolve(file), "class " + name + " implements dev.pinion.App {}");
  }

  /// Compiled and deployed.
  private void compiled(String name, Path program) throws IOException {
    older(name);
    ProgramRecord.of(name, options(program)).write(folder.resolve("target/tf-aws"));
  }

  private void older(String name) throws IOException {
    Path module = Files.createDirectories(folder.resolve("target/tf-aws"));
    Files.writeString(module.resolve("main.tf.json"), "{\"PINION_APP\": \"" + name + "\"}");
    Files.writeString(module.resolve("terraform.tfstate"), "{}");
    Files.deleteIfExists(module.resolve(OutputFolder.PROGRAM));
  }

  private static ProgramOptions options(Path program) {
    return new ProgramOptions(program, List.of(), List.of(), true);
  }

  private static ProgramOptions classes(Path classes, String app) {
    return new ProgramOptions(Path.of(app), List.of(classes), List.of(), true);
  }

  private CompiledApp compiledApp() {
    return CompiledApp.in(new DeployFolder(CompileOptions.TF_AWS, folder.resolve("target/tf-aws"))).orElseThrow();
  }

  private void accepts(Path program) {
    assertThatCode(() -> compiledApp().mustBeOf(options(program), "the URL")).doesNotThrowAnyException();
    assertThatCode(() -> compiledApp().mayBecome(options(program), "")).doesNotThrowAnyException();
  }

  private void refuses(Path program, String message) {
    assertThatThrownBy(() -> compiledApp().mustBeOf(options(program), "the URL")).isInstanceOf(UserException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> compiledApp().mayBecome(options(program), "")).isInstanceOf(UserException.class)
        .hasMessageContaining("has the module of ").hasMessageEndingWith("Name another folder with --out");
  }
}
