package dev.pinion.cli;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.sim.Simulator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The command `connect`, with an app that runs.
@Timeout(60)
final class ConnectTest {
  private static final Simulator APP = Simulator.of(new Talk()).inMemory().port(0).log(Ran.print(
      new ByteArrayOutputStream())).start();

  @TempDir private Path folder = Path.of("");

  record Say(String text, int times) {}

  /// Answers what it is told, closes when it is told `end`, and lets nobody in without a name.
  static final class Talk implements App {
    @Override
    public void define(Cloud cloud) {
      var talk = cloud.webSocket("talk").create();
      talk.onConnect(request -> {
        if (request.query("name").isEmpty()) throw new IllegalStateException("nobody without a name");
      });
      talk.onRoute("say", Say.class, (c, say) -> talk.sendMessage(c.id(), new Say(say.text(), say.times() + 1)));
      talk.onMessage((c, body) -> {
        if (body.equals("end")) talk.disconnect(c.id());
        else talk.sendMessage(c.id(), "you said " + body);
      });
    }
  }

  @AfterAll
  static void end() {
    APP.close();
  }

  private static String url() {
    return APP.endpoints().getFirst().url();
  }

  static Ran connect(String input, String... arguments) throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var options = ConnectOptions.of(new CommandLine(ConnectOptions.spec()).parseArgs(arguments));
    int code = new ConnectCommand(options, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        Ran.print(out), Ran.print(err)).run();
    return new Ran(code, plain(out), plain(err));
  }

  /// Times are left out.
  private static String plain(ByteArrayOutputStream printed) {
    return printed.toString(StandardCharsets.UTF_8).replaceAll("(?m)^[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} ", "");
  }

  private Ran script(String text) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("talk.txt"), text);
    return connect("", url(), "-q", "name=ann", "--script", file.toString());
  }

  @Test
  void linesAreSentAndFramesShownWithTheirDirection() throws Exception {
    Ran ran = connect("hello\n", url(), "-q", "name=ann b");
    assertThat(ran.out()).isEqualTo("> hello\n< you said hello\n");
    assertThat(ran.err()).containsPattern("^\\* connected to ws://localhost:[0-9]+/prod, connection \\S{10,}\n")
        .endsWith("* closed: 1000 (normal closure)\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  void aRunningAppIsFoundByItsPort() throws Exception {
    Ran ran = connect("", Integer.toString(URI.create(url()).getPort()), "-q", "name=ann", "--wait", "0");
    assertThat(ran.err()).contains("* connected to " + url());
  }

  @Test
  void aScriptIsATest() throws Exception {
    Ran ran = script("""
        # A comment.
        {"action": "say", "text": "hi", "times": 1}
        /expect {"times": 2}
        hello
        world
        /await ~ w[aeo]rld$
        //x
        /expect you said /x
        /wait 1ms
        /send #
        /expect *
        end
        /closed 1000
        """);
    assertThat(ran.err()).doesNotContain("error").endsWith("* closed by the server: 1000 Connection Closed Normally"
        + " (normal closure)\n");
    assertThat(ran.out()).contains("< {\"text\":\"hi\",\"times\":2}\n", "> /x\n", "< you said #\n");
    assertThat(ran.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "a\\n/expect b | talk.txt:2: error: expected b, but received you said a",
    "/timeout 10ms\\n/expect * | talk.txt:2: error: expected any message, but nothing came within 10 ms",
    "/timeout 50ms\\na\\n/await b | talk.txt:3: error: expected b, but it did not come within 50 ms",
    "end\\n/expect b | talk.txt:2: error: expected b, but the connection was closed by the server: 1000 Connection",
    "/timeout 10ms\\n/closed | talk.txt:2: error: expected that the server closes the connection, but it was still",
    "end\\n/closed 1001 | talk.txt:2: error: expected that the server closes the connection with 1001, but it was cl",
    "end\\n/closed\\nx | talk.txt:3: error: not sent: closed by the server: 1000",
    "{\"action\":\"say\",\"text\":\"a\",\"times\":1}\\n/expect {\"times\":3} | expected {\"times\":3}, but received {"
  })
  void whatDoesNotComeAsExpectedEndsAScriptWithOne(String lines, String said) throws Exception {
    Ran ran = script(lines.replace("\\n", "\n") + "\n");
    assertThat(ran.err()).contains(said);
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void allMistakesOfAScriptAreNamedAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.txt"), "/expct a\n/wait long\nfine\n/close 1005\n/expect ~ (\n");
    Ran ran = Ran.of("connect", "ws://localhost:1/", "--script", file.toString());
    assertThat(ran.err()).contains(file + ":1: error: unknown command /expct: use one of /await, ",
        file + ":2: error: 'long' is not a valid duration", file + ":4: error: a client may close with 1000",
        file + ":5: error: not a valid regular expression: ").doesNotContain(":3:");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
  }

  /// Some editors write one at the beginning of each file.
  @Test
  void aByteOrderMarkIsNoPartOfAScript() throws Exception {
    Ran ran = script("\ufeff# A comment.\na\n/expect you said a\n");
    assertThat(ran.err()).doesNotContain("error");
    assertThat(ran.out()).isEqualTo("> a\n< you said a\n");
    Path file = Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xe9, '\n'});
    RunTest.assertMistake(Ran.of("connect", url(), "--script", file.toString()),
        "latin.txt is not UTF-8: save it as UTF-8");
  }

  /// Such as one that selects a subprotocol which was not offered: a browser does not connect either.
  @Test
  void anAnswerThatIsNotValidIsNotCalledARefusal() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.startVirtualThread(() -> {
        answer(server, "404 Not Found\r\nContent-Length: 0");
        answer(
            server, "101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x");
      });
      Ran ran = connect("", "ws://127.0.0.1:" + server.getLocalPort() + "/prod");
      assertThat(ran.err()).startsWith("* answered 101, but that is no answer to this handshake: ");
      answering.join();
    }
  }

  /// Answers the first request of a connection, the command's for the app's page or a handshake, and waits for its end.
  private static void answer(ServerSocket server, String head) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) request.append((char) in.read());
      socket.getOutputStream().write(("HTTP/1.1 " + head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      while (in.read() >= 0) {
        // until the client has left
      }
    } catch (IOException e) {
      // a client that leaves may also reset the connection
    }
  }

  @Test
  void aRefusedHandshakeIsToldWithStatusAndReason() throws Exception {
    Ran ran = connect("hello\n", url());
    assertThat(ran.err()).isEqualTo(
        "* refused with 502 Bad Gateway: the $connect handler failed: the $connect handler's answer\n");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(1);
    Ran elsewhere = connect("", url().replace("/prod", "/test"), "-q", "name=ann");
    assertThat(elsewhere.err()).startsWith("* refused with 403 Forbidden");
    Ran foreign = connect("", url(), "-H", "Origin: https://evil.example");
    assertThat(foreign.err()).contains("to allow it, use --allow-origin https://evil.example");
  }

  @Test
  void nothingThatListensIsNamed() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      port = free.getLocalPort();
    }
    assertThat(connect("", "ws://localhost:" + port + "/").err()).isEqualTo(
        "* nothing listens at localhost:" + port + "\n");
    assertThatThrownBy(() -> connect("", Integer.toString(port))).isInstanceOf(UserException.class)
        .hasMessageContaining("no app answers at http://localhost:" + port + "/: start one with pinion run PROGRAM");
  }

  @Test
  void aLargeMessageIsSentInFramesThatApiGatewayTakes() throws Exception {
    String text = "x".repeat(100_000);
    Ran ran = connect(text + "\n", url(), "-q", "name=ann", "--wait", "10s", "--script",
        Files.writeString(folder.resolve("large.txt"), text + "\n/expect ~ x{1000}\n").toString());
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  @Test
  void subprotocolsAndHeadersAreSent() throws Exception {
    Ran ran = connect("", url(), "-q", "name=ann", "-s", "one", "-s", "two", "-H", "X-Trace: 7", "--wait", "0");
    assertThat(ran.err()).contains("* connected to ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "connect ftp://x/ | 'ftp://x/' is not the URL of a WebSocket: it begins with ws:// or wss://",
    "connect ws://localhost:1/ -H nothing | 'nothing': -H needs a name and a value, such as -H 'Authorization",
    "connect ws://localhost:1/ -q nothing | 'nothing': --query needs a name and a value",
    "connect ws://localhost:1/ -H Sec-WebSocket-Key:x | this handshake cannot be sent: ",
    "connect ws://localhost:1/ --script nowhere.txt | cannot read the script: "
  })
  void misuseIsExplained(String arguments, String said) {
    RunTest.assertMistake(Ran.of(arguments.split(" ", -1)), said);
  }

  @Test
  void interruptedItClosesTheConnection() throws Exception {
    try (Child child = Child.of(folder, "connect", url(), "-q", "name=ann")) {
      child.write("hello\n");
      child.awaitContaining("< you said hello");
      child.signal("INT");
      Ran ran = child.end();
      assertThat(ran.err()).contains("closed: 1000 (normal closure)");
      assertThat(ran.code()).isEqualTo(128 + 2);
    }
  }
}
