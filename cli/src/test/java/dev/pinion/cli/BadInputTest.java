package dev.pinion.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Programs and surroundings that `run` cannot work with: what is said, and that it ends or goes on as it should.
@Timeout(60)
final class BadInputTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aFileWithoutAnApp() throws IOException {
    Path file = Files.writeString(folder.resolve("Chat.java"), "class Chat {}");
    RunTest.assertMistake(Ran.of("run", file.toString()), """
        error: %s has no app: one class must implement dev.pinion.App and must not be abstract, local or anonymous
          classes found: Chat
        """.formatted(file));
  }

  @Test
  void aFileWithTwo() throws IOException {
    Path file = Files.writeString(folder.resolve("Chat.java"), """
        class Chat implements dev.pinion.App { public void define(dev.pinion.Cloud cloud) {} }
        class Rooms implements dev.pinion.App { public void define(dev.pinion.Cloud cloud) {} }
        """);
    RunTest.assertMistake(Ran.of("run", file.toString()), """
        error: %s has 2 apps, but only one can be run at a time: Chat, Rooms
          move each to its own file or folder and run that
        """.formatted(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "explain", "compile -t tf-aws"})
  void routesOfUnsupportedTypes(String command) throws IOException {
    Path file = chat("""
        chat.onRoute("fits", java.time.DayOfWeek.class, (c, day) -> {});
            chat.onRoute("array", int[].class, (c, numbers) -> {});
            chat.onMessage(StringBuilder.class, (c, text) -> chat.sendMessage(c.id(), text));""");
    Ran ran = Ran.of(Stream.concat(Stream.of(command.split(" ")), Stream.of(file.toString())).toArray(String[]::new));
    RunTest.assertMistake(ran, "webSocket 'chat' has the route 'array' with the message type int[]: int[] is not"
        + " supported in messages: use List<Integer>\n");
    RunTest.assertMistake(ran, "webSocket 'chat' has the route '$default' with the message type StringBuilder:"
        + " StringBuilder is not supported in messages: use String\n");
    assertThat(ran.err().lines()).satisfiesExactly(
        array -> assertThat(array).startsWith("Chat.java:7: "), text -> assertThat(text).startsWith("Chat.java:8: "));
  }

  @Test
  void aLibraryThatCannotBeHad() throws IOException {
    Path file = chat("");
    Files.writeString(file, "//DEPS dev.pinion:pinion-core:1 dev.pinion.nowhere:nothing:0.0.0\n"
        + Files.readString(file));
    Ran ran = Ran.of("run", file.toString());
    RunTest.assertMistake(ran, "resolving dev.pinion.nowhere:nothing:0.0.0\n");
    RunTest.assertMistake(ran, file + ":1: error: cannot resolve dev.pinion.nowhere:nothing:0.0.0\n  Maven says: ");
  }

  @Test
  void aPortThatAnotherRunHas() throws Exception {
    try (Child other = run("--port", "0")) {
      String port = String.valueOf(url(other).getPort());
      String data = folder.resolve("other").toString();
      Ran ran = Ran.of("run", chat("").toString(), "--port", port, "--data", data);
      RunTest.assertMistake(ran, "webSocket 'chat' (Chat.java:5) cannot listen on 127.0.0.1:" + port);
      RunTest.assertMistake(ran, "--port 0 for any free one");
      if (Files.exists(Path.of("/proc/net/tcp")))
        RunTest.assertMistake(ran, "in use by java (pid " + other.pid() + ")");
    }
  }

  @Test
  void aHostWithoutAnAddress() throws IOException {
    Ran ran = Ran.of("run", chat("").toString(), "--port", "0", "--host", "host.invalid");
    RunTest.assertMistake(ran, "webSocket 'chat' (Chat.java:5) cannot listen on host.invalid: the name has no address");
  }

  @Test
  void aDataFolderThatAnotherRunHas() throws Exception {
    try (Child other = run("--port", "0")) {
      other.await("data in ");
      Ran ran = Ran.of("run", chat("").toString(), "--port", "0");
      RunTest.assertMistake(ran, "The tables in " + folder.resolve(".pinion/tables") + " are in use by process "
          + other.pid());
      RunTest.assertMistake(ran, "--data FOLDER");
    }
  }

  @Test
  void aDataFolderThatIsDamaged() throws Exception {
    try (Child first = run("--port", "0")) {
      first.await("data in ");
      first.signal("TERM");
      first.end();
    }
    Path tables = folder.resolve(".pinion/tables/tables.log");
    Files.write(tables, new byte[(int) Files.size(tables)]);
    RunTest.assertMistake(Ran.of("run", chat("").toString(), "--port", "0"), "start with --fresh to delete all rows");
    try (Child fresh = run("--port", "0", "--fresh")) {
      fresh.await("listening on ");
    }
  }

  @Test
  void handlersThatFailStopNothingElse() throws Exception {
    Path file = chat("""
        chat.onMessage((connection, body) -> {
              if (body.equals("throw")) throw new IllegalStateException("on purpose");
              if (body.equals("form")) chat.sendMessage("no id", body);
              IO.println("sent to nobody: " + chat.sendMessage("L0SM9cOFvHcCIhw=", body));
            });
        """);
    try (Child child = Child.of(folder, "run", file.toString(), "--port", "0");
        HttpClient http = HttpClient.newHttpClient()) {
      WebSocket client = http.newWebSocketBuilder().buildAsync(url(child), new WebSocket.Listener() {}).join();
      client.sendText("throw", true).join();
      client.sendText("form", true).join();
      client.sendText("hello", true).join();
      assertThat(child.await("sent to nobody: ")).isEqualTo("false");
      client.abort();
      child.signal("TERM");
      assertThat(child.end().err())
          .containsPattern("Chat.java:7: error: [0-9:.]{12} handler chat/\\$default failed for connection \\S+:"
              + " java.lang.IllegalStateException: on purpose\n    at Chat.lambda\\$define\\$0\\(Chat.java:7\\)\n"
              + "(\\S|$)")
          .containsPattern(
              "Chat.java:8: error: [0-9:.]{12} handler chat/\\$default failed .* Invalid connectionId: no id")
          .doesNotContain("at java.base", "at dev.pinion");
    }
  }

  private Child run(String... options) throws IOException {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "run";
    arguments[1] = chat("").toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Child.of(folder, arguments);
  }

  private static URI url(Child child) throws IOException {
    return URI.create(child.await("listening on "));
  }

  private Path chat(String statements) throws IOException {
    return RunTest.app(folder, """
        WebSocket chat = cloud.webSocket("chat").create();
            %s
            cloud.table("rows").hashKey("id", AttributeType.STRING).create();""".formatted(statements));
  }
}
