package dev.pinion.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// Programs that another build has compiled: `--classes` and `--class-path`.
final class CompiledClassesTest {
  private static final String SIBLING = "package domain; public record Name(String text) {}";
  private static final String APP = """
      package app;

      import dev.pinion.App;
      import dev.pinion.Cloud;

      public class %s implements App {
        public void define(Cloud cloud) {
          cloud.webSocket(new domain.Name("chat").text()).create();
        }
      }
      """;

  @TempDir private Path folder = Path.of("");
  private Path classes = Path.of("");
  private Path sibling = Path.of("");

  @BeforeEach
  void compile() throws IOException {
    sibling = compiled("domain", "Name", SIBLING, "");
    classes = compiled("app", "Chat", APP.formatted("Chat"), sibling.toString());
  }

  @Test
  void theClassIsFoundByItself() {
    Ran ran = Ran.of("explain", "--classes", classes.toString(), "--class-path", sibling.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  @Test
  void severalAppsNeedAName() throws IOException {
    compiled("app", "Other", APP.formatted("Other"), sibling.toString());
    String both = classes + File.pathSeparator + sibling;
    assertThat(Ran.of("explain", "--classes", both).err())
        .isEqualTo("error: " + classes + " has 2 apps, but only one can be run at a time: app.Chat, app.Other\n"
            + "  name one behind --classes, such as app.Chat\n");
    assertThat(Ran.of("explain", "--classes", both, "app.Chat").code()).isZero();
  }

  @Test
  void mistakesAreNamed() {
    String own = classes.toString();
    assertThat(Ran.of("explain", "--classes", folder + "/none", "app.Chat").err())
        .isEqualTo("error: --classes: no such folder: " + folder + "/none\n");
    assertThat(Ran.of("explain", "--classes", own, "--class-path", "none.jar").err())
        .isEqualTo("error: --class-path: no such file or folder: none.jar\n");
    assertThat(Ran.of("explain", "--class-path", own, "Chat.java").err())
        .isEqualTo("error: --class-path works together with --classes only\n");
    assertThat(Ran.of("explain", "--classes", own, "Chat.java/x").err())
        .isEqualTo("error: with --classes, the program is the name of the app's class, but is Chat.java/x\n");
    assertThat(Ran.of("explain").err()).startsWith("error: Missing required parameter: 'PROGRAM'");
  }

  @Test
  void aNameThatIsNoAppIsAnsweredWithTheApps() throws IOException {
    compiled("app", "Other", APP.formatted("Other"), sibling.toString());
    String both = classes + File.pathSeparator + sibling;
    assertThat(Ran.of("explain", "--classes", both, "Chat").err())
        .isEqualTo("error: there is no class Chat in " + both + "\n  apps there: app.Chat, app.Other\n");
    assertThat(Ran.of("explain", "--classes", both, "domain.Name").err())
        .isEqualTo("""
            error: domain.Name is no app: it does not implement dev.pinion.App, or is abstract
              apps there: app.Chat, app.Other
            """);
    assertThat(Ran.of("explain", "--classes", sibling.toString(), "app.Chat").err())
        .isEqualTo("error: there is no class app.Chat in " + sibling + "\n  apps there: none\n");
  }

  private Path compiled(String module, String name, String source, String classPath) throws IOException {
    Path file =
        Files.writeString(Files.createDirectories(folder.resolve("src-" + module)).resolve(name + ".java"), source);
    Path target = folder.resolve(module);
    String path = Installation.api() + File.pathSeparator + classPath;
    List<String> arguments = List.of("-d", target.toString(), "-cp", path, file.toString());
    assertThat(
        ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, arguments.toArray(String[]::new)))
        .isZero();
    return target;
  }
}
