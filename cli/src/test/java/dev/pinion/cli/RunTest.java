package dev.pinion.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The command `run`, from its arguments to its end.
@Timeout(60)
final class RunTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void runsUntilItIsToldToEnd() throws IOException, InterruptedException {
    Path file = app("cloud.webSocket(\"chat\").stage(\"test\").create();");
    try (Child child = Child.of(folder, "run", file.toString(), "--port", "0")) {
      assertThat(child.await("listening on ")).matches("ws://localhost:[1-9][0-9]*/test");
      assertThat(child.await("page at ")).matches(" +http://localhost:[1-9].*");
      assertThat(child.await("data in ")).endsWith(" " + folder.resolve(".pinion"));
      child.signal("TERM");
      Ran ran = child.end();
      assertThat(ran.out()).isEmpty();
      assertThat(ran.code()).isEqualTo(128 + 15);
    }
  }

  @Test
  void severalWebSocketsAreAnnouncedWithTheirIds() throws IOException, InterruptedException {
    Path file = app("cloud.webSocket(\"chat\").create(); cloud.webSocket(\"news\").create();");
    try (Child child = Child.of(folder, "run", file.toString(), "--port", "0")) {
      assertThat(child.await("listening on ")).endsWith("/prod (webSocket 'chat')");
      assertThat(child.await("listening on ")).endsWith("/prod (webSocket 'news')");
      assertThat(child.await("page at ")).endsWith("/ (webSocket 'news')");
    }
  }

  @Test
  void anAppWithoutATriggerSaysSo() throws IOException {
    String table = "cloud.table(\"rows\").hashKey(\"id\", AttributeType.STRING).create();";
    String message =
        "error: the app Chat declares no WebSocket, no HTTP API and no schedule, so nothing can call its handlers";
    assertMistake(Ran.of("run", app(table).toString(), "--port", "0"), message);
    assertMistake(Ran.of("compile", "-t", "tf-aws", folder.resolve("Chat.java").toString()), message);
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      Path file = app("cloud.webSocket(\"chat\").create();");
      String port = String.valueOf(other.getLocalPort());
      assertMistake(Ran.of("run", file.toString(), "--port", port), port);
    }
  }

  @Test
  void allMistakesOfADefinitionAreShown() throws IOException {
    Ran ran = Ran.of("run", app("cloud.table(\"rows\").create();\ncloud.webSocket(\"chat\");").toString());
    assertMistake(ran, "Chat.java:5: error: table 'rows'");
    assertMistake(ran, "Chat.java:6: error: webSocket 'chat'");
  }

  @Test
  void aCallThatActsInDefineIsShown() throws IOException {
    Ran ran = Ran.of("run", app("cloud.webSocket(\"chat\").create().url();").toString());
    assertMistake(ran, "Chat.java:5: error: ");
  }

  @Test
  void aDefineThatThrowsIsShownWithTheUsersLinesOnly() throws IOException {
    Ran ran = Ran.of("run", app("java.util.List.of(1).forEach(each -> {\nthrow new Error(\"no\"); });").toString());
    assertMistake(ran, """
        Chat.java:6: error: the app's define threw java.lang.Error: no
            at Chat.lambda$define$0(Chat.java:6)
            at Chat.define(Chat.java:5)
        """);
  }

  @Test
  void anAwsClientWithoutARegionIsExplained() throws IOException {
    Ran ran = Ran.of("run", app("if (true) throw new Error(\"Unable to load region from any\");").toString());
    assertMistake(ran, """
            at Chat.define(Chat.java:5)
          Lambda gives each function its region. Give the app one here too, before the command: AWS_REGION=us-east-1
        """);
  }

  @Test
  void aSourceThatDoesNotCompileIsShown() throws IOException {
    assertMistake(Ran.of("run", app("cloud.nothing();").toString()), "Chat.java:5: error: cannot find symbol");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "run | Missing required parameter: 'PROGRAM'",
    "run nowhere/Chat.java | no such file or folder: nowhere/Chat.java",
    "run Chat.java --prot=1 | unknown option --prot: did you mean --port?",
    "run Chat.java --prot 1 | unknown option --prot: did you mean --port?",
    "run Chat.java --x 1 | unknown option --x",
    "run Chat.java --port 65536 | '65536' is not a valid port: use 0 to 65535, or ID=N for one WebSocket",
    "run Chat.java --port chat=x | 'chat=x' is not a valid port: use 0 to 65535, or ID=N for one WebSocket",
    "run Chat.java --grace 5x | '5x' is not a valid duration: use a number of seconds, or a number with ms, s or m",
    "run Chat.java --connection-rate 0 | '0' is not a rate: use a whole number from 1 to 1000000",
    "run Chat.java --connection-rate many | 'many' is not a rate",
    "run Chat.java --grace 999999999m | '999999999m' is too long: use at most 24 hours",
    "run Chat.java --host= | the address to listen on is empty: use localhost, or 0.0.0.0 for all addresses",
    "run Chat.java --stage a/b | 'a/b' is not a valid stage: use 1 to 128 of a-z, A-Z, 0-9, '_', '-'",
    "run Chat.java --profile lax | 'lax' is not a valid profile: use aws or relaxed",
    "run Chat.java --log xml | 'xml' is not a form of the log: use text or json",
    "run Chat.java --permissions strict | 'strict' is not a valid mode for permissions: use enforce, warn or off",
    "run Chat.java --debug=many | 'many' is not a valid port: use 0 to 65535",
    "run --debug Chat.java | --debug needs the launcher 'pinion', as a JVM has a debug agent from its start or never",
    "run Chat.java --suspend | --suspend works together with --debug only",
    "run Chat.java Rooms.java | unexpected argument 'Rooms.java'"
  })
  void misuseIsExplained(String arguments, String said) {
    assertMistake(Ran.of(arguments.split(" ", -1)), said);
  }

  @Test
  void aDebugPortInUseIsNamed() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(other.getLocalPort());
      Ran ran = checkPort(port);
      assertThat(ran.err()).startsWith("error: --debug cannot listen on port " + port + " (").contains("--debug=0");
      assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    }
    assertThat(checkPort("65536").err()).isEqualTo("error: '65536' is not a valid port: use 0 to 65535\n");
    assertThat(checkPort("0").code()).isZero();
  }

  private Ran checkPort(String port) throws IOException, InterruptedException {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", System.getProperty("java.class.path"),
        DebugPort.class.getName(), port);
    try (Child child = Child.start(command, folder, Map.of())) {
      return child.end();
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2000", "1s, 1000", "500ms, 500", "2m, 120000"})
  void graceIsATime(String text, long millis) {
    assertThat(new GraceConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void theRelaxedProfileTakesBinaryMessages() throws Exception {
    Path file = app("""
        WebSocket chat = cloud.webSocket("chat").create();
        chat.onMessage((connection, body) -> IO.println("got " + body));""");
    try (Child child = Child.of(folder, "run", file.toString(), "--port", "0", "--profile", "relaxed")) {
      URI url = URI.create(child.await("listening on "));
      try (HttpClient http = HttpClient.newHttpClient()) {
        WebSocket client = http.newWebSocketBuilder().buildAsync(url, new WebSocket.Listener() {}).join();
        client.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
        assertThat(child.await("got ")).isEqualTo("AQID");
        client.abort();
      }
      child.signal("TERM");
      assertThat(child.end().code()).isEqualTo(128 + 15);
    }
  }

  @Test
  void theConnectionRateCanBeSet() throws Exception {
    Path file = app("cloud.webSocket(\"chat\").create().onMessage((c, body) -> {});");
    try (Child child = Child.of(folder, "run", file.toString(), "--port", "0", "--connection-rate", "1");
        HttpClient http = HttpClient.newHttpClient()) {
      URI url = URI.create(child.await("listening on "));
      int status = 101;
      while (status == 101) {
        status = http.newWebSocketBuilder().buildAsync(url, new WebSocket.Listener() {})
            .handle((_, refused) -> refused != null && refused.getCause() instanceof WebSocketHandshakeException e
                ? e.getResponse().statusCode()
                : 101)
            .join();
      }
      assertThat(status).isEqualTo(429);
      child.signal("INT");
      assertThat(child.end().err()).contains("429", "more than 1 new connections per second");
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    Path file = app("""
        WebSocket chat = cloud.webSocket("chat").create();
        chat.onMessage((connection, body) -> {
          IO.println("handling");
          Thread.sleep(java.time.Duration.ofHours(1));
        });
        chat.onDisconnect(connection -> IO.println("gone"));""");
    try (Child child = Child.of(folder, "run", file.toString(), "--port", "0", "--grace", "10m")) {
      URI url = URI.create(child.await("listening on "));
      try (HttpClient http = HttpClient.newHttpClient()) {
        WebSocket client = http.newWebSocketBuilder().buildAsync(url, new WebSocket.Listener() {}).join();
        client.sendText("hello", true).join();
        child.await("handling");
        child.signal("INT");
        child.await("gone");
        child.signal("INT");
        Ran ran = child.end();
        assertThat(ran.err()).endsWith("terminated without waiting for handlers\n");
        assertThat(ran.code()).isEqualTo(128 + 2);
      }
    }
  }

  @Test
  void aSignalWhileItStartsIsNoMistakeOfPinions() throws Exception {
    Path file = app("""
        Thread main = Thread.currentThread();
        var ending = new java.util.concurrent.CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
          ending.countDown();
          while (main.getState() != Thread.State.BLOCKED) Thread.onSpinWait(); // at the exit
        }));
        cloud.webSocket("chat").create();
        IO.println("defining");
        try {
          ending.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }""");
    try (Child child = Child.of(folder, "run", file.toString(), "--port", "0")) {
      child.await("defining");
      child.signal("TERM");
      Ran ran = child.end();
      assertThat(ran.err()).isEmpty();
      assertThat(ran.out()).doesNotContain("listening");
      assertThat(ran.code()).isEqualTo(128 + 15);
    }
  }

  static void assertMistake(Ran ran, String said) {
    assertThat(ran.err()).contains(said).doesNotContain("dev.pinion.cli", "\tat ");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(ran.out()).isEmpty();
  }

  private Path app(String statements) throws IOException {
    return app(folder, statements);
  }

  /// A program whose `define` begins at line 5.
  static Path app(Path folder, String statements) throws IOException {
    return Files.writeString(folder.resolve("Chat.java"), """
        import dev.pinion.*;

        class Chat implements App {
          public void define(Cloud cloud) {
            %s
          }
        }
        """.formatted(statements));
  }
}
