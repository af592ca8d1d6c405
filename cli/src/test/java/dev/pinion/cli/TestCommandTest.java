package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The command {@code test}: which tests it finds, and what it says when there are none. */
class TestCommandTest {
  private static final String CHAT = """
      public final class Chat implements dev.pinion.App {
        @Override
        public void define(dev.pinion.Cloud cloud) {
          var ws = cloud.webSocket("ws").create();
          ws.onMessage((c, body) -> ws.sendMessage(c.id(), body));
        }
      }
      """;
  private static final String TEST = """
      import dev.pinion.junit.PinionTest;
      import dev.pinion.junit.TestClient;
      import org.junit.jupiter.api.Test;

      @PinionTest(Chat.class)
      class ChatTest {
        @Test
        void answers(TestClient ann) {
          ann.send("hello");
          ann.expect("%s");
        }
      }
      """;

  @TempDir private Path folder = Path.of("set by JUnit");

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void runsTheTestBesideAFile() throws IOException {
    write("Chat.java", CHAT);
    write("ChatTest.java", TEST.formatted("hello"));
    Ran ran = Ran.of("test", folder.resolve("Chat.java").toString());
    assertThat(ran.out()).contains("ok    answers(TestClient)").contains("1 passed, 0 failed");
    assertThat(ran.code()).isEqualTo(0);
  }

  @Test
  void aTestThatFailsHasItsTextAndTheCodeOne() throws IOException {
    write("Chat.java", CHAT);
    write("test/ChatTest.java", TEST.formatted("bye"));
    Ran ran = Ran.of("test", folder.resolve("test/ChatTest.java").toString());
    assertThat(ran.out()).contains("FAIL  answers(TestClient)").contains("ann expected \"bye\"")
        .contains("but received \"hello\"").contains("0 passed, 1 failed");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void aFolderWithoutTestsIsAMistake() throws IOException {
    write("Chat.java", CHAT);
    assertThat(Ran.of("test", folder.toString()).err()).contains("no tests in " + folder);
    Path file = folder.resolve("Chat.java");
    assertThat(Ran.of("test", file.toString()).err())
        .contains("error: " + file + " has no tests: write ChatTest.java beside it");
    assertThat(Ran.of("test", folder.resolve("None.java").toString()).err()).contains("no such file or folder");
  }

  @Test
  void theVersionOfJUnitIsTheBuilds() throws IOException {
    assertThat(Files.readString(SourceLimitsTest.root().resolve("pom.xml")))
        .contains("<junit.version>" + TestCommand.JUNIT + "</junit.version>");
  }

  @Test
  void aFaultThatDoesNotExistIsNamed() {
    assertThat(Ran.of("run", "Chat.java", "--fault", "post:42").err())
        .contains("'post:42' is not a fault: write one of post:410, post:429, disconnect, reset, stall,");
  }
}
