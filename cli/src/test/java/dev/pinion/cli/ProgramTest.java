package dev.pinion.cli;

import com.google.gson.Gson;
import com.sun.source.tree.Tree;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.sim.Simulator;
import dev.pinion.spi.AppModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// From sources to an app, and every way in which sources are none.
final class ProgramTest {
  private static final String CHAT = """
      import dev.pinion.App;
      import dev.pinion.Cloud;

      class Chat implements App {
        public void define(Cloud cloud) {
          cloud.webSocket("chat").create();
        }
      }
      """;

  @TempDir private Path temporary = Path.of("");

  private Path folder = Path.of("");

  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("a program"));
  }

  @Test
  void aPackageMayBeNamedTarget() throws IOException {
    write("game/target/Aim.java", "package game.target; public record Aim(int x) {}");
    write("Chat.java", CHAT.replace("import dev.pinion.App;", "import dev.pinion.App;\nimport game.target.Aim;")
        .replace("\"chat\"", "\"chat\" + new Aim(1).x()"));
    assertThat(webSockets(folder)).containsExactly("chat1");
  }

  @Test
  void oneFile() throws IOException {
    Path file = write("Chat.java", CHAT);
    assertThat(webSockets(file)).containsExactly("chat");
    assertThat(new ProgramReader(progress::add).read(file).home()).isEqualTo(folder);
    assertThat(progress).isEmpty();
  }

  @Test
  void aFolderWithPackages() throws IOException {
    write("Chat.java", CHAT.replace("\"chat\"", "names.Names.chat()"));
    write("names/Names.java", "package names; public class Names { public static String chat() { return \"x\"; } }");
    write("target/Old.java", "this is not compiled");
    write("names/pom.xml", "");
    write("names/target/Old.java", "this is not compiled");
    write(".hidden/Old.java", "this is not compiled");
    assertThat(webSockets(folder)).containsExactly("x");
  }

  @Test
  void aProgramSeesNoLibraryOfTheCommand() throws IOException {
    Path file = write("Chat.java", CHAT.replace("cloud.webSocket", "picocli.CommandLine.run(null); cloud.webSocket"));
    assertMistake(file).contains("Chat.java:6: error: package picocli does not exist");
  }

  @Test
  void aProgramSeesTheJdkAndCoreOnly() throws IOException, ClassNotFoundException {
    Program program = new ProgramReader(progress::add).read(write("Chat.java", CHAT));
    ClassLoader loader = program.load(RunCache.none(), System.err);
    assertThat(loader.loadClass("dev.pinion.Cloud")).isSameAs(Cloud.class);
    assertThat(loader.loadClass("dev.pinion.spi.AppModel")).isSameAs(AppModel.class);
    assertThat(loader.loadClass("java.sql.Connection")).isSameAs(Connection.class);
    assertThat(loader.loadClass("com.sun.source.tree.Tree")).isSameAs(Tree.class);
    for (Class<?> hidden : List.of(PinionCommand.class, Simulator.class, Gson.class, CommandLine.class)) {
      assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> loader.loadClass(hidden.getName()));
    }
    assertThat(loader.getResource("dev/pinion/cli/PinionCommand.class")).isNull();
  }

  @Test
  void warningsAreShown() throws IOException {
    Path file = write("Chat.java", CHAT.replace("cloud.webSocket", "new Thread().stop(); cloud.webSocket"));
    var err = new ByteArrayOutputStream();
    new ProgramReader(progress::add).read(file).load(RunCache.none(), Ran.print(err));
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Chat.java", "warning: [removal]");
  }

  @Test
  void aMistakeInTheSourceIsShownWithItsLine() throws IOException {
    Path file = write("Chat.java", CHAT.replace("cloud.webSocket(\"chat\").create();", "int number = \"text\";"));
    assertMistake(file).startsWith(file + ":6: error: incompatible types")
        .contains("    int number = \"text\";\n                 ^")
        .endsWith("1 error");
  }

  @Test
  void noApp() throws IOException {
    write("Half.java", "abstract class Half implements dev.pinion.App {} class Other {}");
    assertMistake(folder).contains(folder + " has no app", "dev.pinion.App", "Half", "Other");
  }

  @Test
  void twoApps() throws IOException {
    write("Chat.java", CHAT);
    write("Rooms.java", CHAT.replace("Chat", "Rooms"));
    assertMistake(folder).contains(folder + " has 2 apps", "Chat, Rooms");
  }

  @Test
  void anAppThatNeedsAParameter() throws IOException {
    Path file = write("Chat.java", CHAT.replace("App {", "App { Chat(int number) {}"));
    assertMistake(file).contains("the app Chat must have a constructor without parameters");
  }

  @Test
  void aConstructorThatThrows() throws IOException {
    Path file = write("Chat.java", CHAT.replace("App {", "App { Chat() { throw new IllegalStateException(\"no\"); }"));
    assertMistake(file).startsWith("Chat.java:4: error: ").contains("IllegalStateException: no", "at Chat.<init>");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "App { static final int PORT = Integer.parseInt(\"no\");",
    "App { { Names.all(); } static class Names { static { Integer.parseInt(\"no\"); } static void all() {} }"})
  void aStaticInitializerThatThrows(String statement) throws IOException {
    Path file = write("Chat.java", CHAT.replace("App {", statement));
    assertMistake(file).startsWith("Chat.java:4: error: the app's ")
        .contains("java.lang.NumberFormatException: For input string: \"no\"\n    at Chat", "<clinit>(Chat.java:4)");
  }

  @Test
  void aRecursionWithoutEnd() throws IOException {
    Path file = write("Chat.java", CHAT.replace("App {", "App { Chat() { this(1); } Chat(int i) { this(\"\"); }"
        + " Chat(String text) { more(); } void more() { more(); }"));
    assertMistake(file).contains("StackOverflowError", " more").satisfies(text -> assertThat(text.lines()).hasSize(22));
  }

  @Test
  void nothingThere() {
    assertMistake(folder.resolve("Chat.java")).contains("no such file or folder: ", "Chat.java");
    assertMistake(folder).contains("no .java file in " + folder);
  }

  @Test
  void anotherFile() throws IOException {
    assertMistake(write("chat.txt", CHAT)).contains("chat.txt is neither a .java file nor a folder");
  }

  @Test
  void aLibraryOfNoForm() throws IOException {
    Path file = write("Chat.java", "\n//DEPS org.slf4j:slf4j-api\n" + CHAT);
    assertMistake(file).startsWith(file + ":2: error: 'org.slf4j:slf4j-api' in //DEPS must have the form group:")
        .contains("group:artifact:version, such as org.slf4j:slf4j-api:2.0.17");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> webSockets(Path path) {
    Program program = new ProgramReader(progress::add).read(path);
    ProgramLoader loader = program.load(RunCache.none(), System.err);
    App app = UserCode.call(loader, () -> AppClass.of(loader, program).create());
    return Definition.of(app).model().webSockets().stream().map(each -> each.id()).toList();
  }

  private AbstractStringAssert<?> assertMistake(Path path) {
    String message =
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> webSockets(path)).actual().getMessage();
    return assertThat(message);
  }
}
