package app;

import dev.pinion.App;
import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.WebSocket;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorBuilder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What handlers are given and can do, from a real client's socket to the handler and back. */
@Timeout(60)
class HandlersTest {
  @TempDir private Path data = Path.of("set by JUnit");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  private SimulatorBuilder of(App app) {
    return Simulator.of(app).port(0).data(data).log(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private String told() throws InterruptedException {
    String line = told.poll(20, TimeUnit.SECONDS);
    return line == null ? "nothing came" : line;
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void onConnectKnowsTheHandshake() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onConnect(c -> {
      c.accept("chat.v2");
      told.add(c.query("name").orElse("none") + " " + c.header("x-test").orElse("none") + " "
          + c.sourceIp() + " " + c.subprotocols());
    })).start()) {
      Client client = new Client(running.endpoints().getFirst().url() + "?name=Ada%20L", "chat.v1", "chat.v2");
      assertThat(told()).isEqualTo("Ada L one 127.0.0.1 [chat.v1, chat.v2]");
      assertThat(client.subprotocol()).isEqualTo("chat.v2");
    }
  }

  @Test
  void onConnectTurnsAwayWithAStatus() {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onConnect(c -> {
      throw c.reject(401);
    })).start()) {
      assertThatThrownBy(() -> new Client(running.endpoints().getFirst()))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class, e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
      assertThat(logged())
          .matches("[0-9:.]{12} ws: answered 401 to /prod: the \\$connect handler's answer"
              + " \\(HandlersTest.java:\\d+\\)\\R");
    }
  }

  @Test
  void theLogSaysWhyAMessageDoesNotFitItsType() throws Exception {
    try (Simulator running =
        of(cloud -> cloud.webSocket("ws").create().onRoute("join", Join.class, (c, join) -> {})).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("{\"action\":\"join\",\"room\":7}");
      assertThat(client.next()).contains("Bad request body: room: not text");
      assertThat(logged())
          .matches("HandlersTest.java:\\d+: warning: [0-9:.]{12} a message does not fit the type of handler"
              + " ws/join, and its client was answered Bad request body: room: not text\\R");
    }
  }

  record Join(String room) {}

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "hello | the message is not JSON",
    "{\"type\":\"join\"} | the message has no text at request.body.action, which selects its route",
    "{\"action\":{}} | the message has no text at request.body.action, which selects its route",
    "{\"action\":\"leave\"} | there is no route for 'leave'"})
  void theLogSaysWhyAMessageHasNoRoute(String message, String why) throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onRoute("join", (c, body) -> {})).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send(message);
      assertThat(client.next()).contains("Forbidden");
      assertThat(logged()).matches("HandlersTest.java:\\d+: warning: [0-9:.]{12} " + Pattern.quote(why)
          + ", and there is no onMessage handler: the client of connection \\S+ was answered Forbidden\\R");
    }
  }

  @Test
  void withoutRoutesTheLogSaysSo() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onConnect(c -> {})).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("hello");
      assertThat(client.next()).contains("Forbidden");
      assertThat(logged()).contains("there are no routes for messages, and there is no onMessage handler");
    }
  }

  @Test
  void onDisconnectKnowsCodeAndReason() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create()
        .onDisconnect(c -> told.add(c.code() + " " + c.reason()))).start()) {
      new Client(running.endpoints().getFirst()).close(4321, "enough");
      assertThat(told()).isEqualTo("4321 enough");
    }
  }

  @Test
  void aConnectionIsAskedAboutAndClosedByItsId() throws Exception {
    try (Simulator running = of(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> {
        told.add(ws.connection(c.id()).map(ConnectionInfo::sourceIp).orElse("gone"));
        told.add("closed " + ws.disconnect(c.id()));
        told.add("again " + ws.disconnect(c.id()) + " " + ws.connection(c.id()).isPresent());
        told.add(ws.url());
      });
    }).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("close me");
      assertThat(told()).isEqualTo("127.0.0.1");
      assertThat(told()).isEqualTo("closed true");
      assertThat(told()).isEqualTo("again false false");
      assertThat(told()).isEqualTo(running.endpoints().getFirst().url());
      assertThat(client.closed()).isEqualTo(1000);
    }
  }

  @Test
  void aBroadcastSaysWhoGotItWhoWasGoneAndWhoFailed() throws Exception {
    try (Simulator running = of(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> {
        Broadcast result = ws.broadcast(List.of(c.id(), "L0SM9cOFvHcCIhw=", "no such form"), body);
        told.add(result.sent() + " " + result.gone() + " " + result.failed().keySet());
      });
    }).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("to all");
      assertThat(client.next()).isEqualTo("to all");
      assertThat(told()).isEqualTo("1 [L0SM9cOFvHcCIhw=] [no such form]");
    }
  }

  @Test
  void aHandlerThatTakesLongerThanItsTimeoutFailsAsALambdaFunctionDoes() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create()
        .onMessage((c, body) -> told.add(String.valueOf(told.poll(1, TimeUnit.HOURS))))
        .timeout(Duration.ofSeconds(1))).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("block");
      assertThat(client.next()).startsWith("{\"message\": \"Internal server error\", \"connectionId\":\"");
      assertThat(logged()).contains("handler ws/$default failed").contains("Task timed out after 1 seconds");
    }
  }

  @Test
  void aHandlerWithALongTimeoutGoesOnAfterItsClientWasAnswered() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    LinkedBlockingQueue<String> sent = new LinkedBlockingQueue<>();
    try (Simulator running = of(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> {
        told.add("began");
        sent.take();
        ws.sendMessage(c.id(), "done");
      }).timeout(Duration.ofMinutes(5));
    }).clock(now::get).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("hello");
      assertThat(told()).isEqualTo("began");
      now.updateAndGet(before -> before.plusSeconds(29));
      assertThat(client.next()).contains("Endpoint request timed out");
      now.updateAndGet(before -> before.plusSeconds(60));
      sent.add("go on");
      assertThat(client.next()).isEqualTo("done");
    }
    assertThat(logged()).contains("the handler runs on until its own time-out");
  }

  @Test
  void aHandlerThatBlocksForAMinuteIsInterruptedAndTold() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {
      told.add("began");
      try {
        Thread.sleep(Duration.ofMinutes(1));
      } finally {
        told.add("interrupted");
      }
    })).clock(now::get).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("hello");
      assertThat(told()).isEqualTo("began");
      now.updateAndGet(before -> before.plusSeconds(29));
      assertThat(client.next()).contains("Endpoint request timed out");
      assertThat(told()).isEqualTo("interrupted");
    }
    assertThat(logged()).startsWith("HandlersTest.java:")
        .contains("handler ws/$default did not finish in time for connection ");
  }

  private static final class Unprintable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no text");
    }
  }

  @Test
  void anExceptionThatCannotBePrintedIsLoggedByItsClass() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {
      throw new Unprintable();
    })).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("hello");
      assertThat(client.next()).contains("Internal server error");
    }
    assertThat(logged()).contains("Unprintable (its toString throws java.lang.IllegalStateException)")
        .doesNotContain("internal error");
  }

  @Test
  void ofACauseWithoutFramesOfTheAppTheFirstFrameIsLogged() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {
      IOException cause = new IOException("disk full");
      cause.setStackTrace(
          new StackTraceElement[] {
            new StackTraceElement("some.Library", "write", "Library.java", 1),
            new StackTraceElement("some.Library", "run", "Library.java", 2)});
      throw new IllegalStateException("not written", cause);
    })).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("hello");
      assertThat(client.next()).contains("Internal server error");
    }
    assertThat(logged()).contains("not written", "caused by: java.io.IOException: disk full",
        "at some.Library.write(Library.java:1)").doesNotContain("Library.run");
  }

  @Test
  void whatPinionAnswersIsLoggedWithoutItsOwnFrames() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create()
        .onRequest("large", (c, body) -> "x".repeat(200_000))).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("{\"action\":\"large\"}");
      assertThat(client.next()).contains("Internal server error");
    }
    assertThat(logged()).contains("PayloadTooLargeException: Reply of 200000 bytes").doesNotContain("    at ");
  }

  @Test
  void anEndlessLoopIsReportedWithItsStack() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    AtomicBoolean stop = new AtomicBoolean();
    try (PipedInputStream in = new PipedInputStream(65_536);
        PrintStream stream = new PrintStream(new PipedOutputStream(in), true, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        Simulator running = of(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {
          told.add("began");
          while (!stop.get()) Thread.onSpinWait();
        })).clock(now::get).log(stream).start()) {
      new Client(running.endpoints().getFirst()).send("hello");
      assertThat(told()).isEqualTo("began");
      now.updateAndGet(before -> before.plusSeconds(29));
      assertThat(lines.readLine()).contains("did not finish in time");
      assertThat(lines.readLine()).matches("HandlersTest.java:[0-9]+: error: [0-9:.]{12} handler ws/\\$default was"
          + " interrupted for connection \\S+, but it still runs, and .* It is at");
      assertThat(lines.readLine()).contains("at ");
      stop.set(true);
    }
  }

  @Test
  void closingNamesTheHandlersThatHaveNotFinishedAndHoldsUpNoOtherWebSocket() throws Exception {
    LinkedBlockingQueue<String> never = new LinkedBlockingQueue<>();
    Simulator running = of(cloud -> {
      cloud.webSocket("first").create().onMessage((c, body) -> {
        told.add(c.id());
        told.add(never.take());
      });
      cloud.webSocket("second").create().onDisconnect(c -> told.add("gone with " + c.code()));
    }).start();
    Client first = new Client(running.endpoints().get(0));
    Client second = new Client(running.endpoints().get(1));
    first.send("block");
    String id = told();
    assertThat(running.close(Duration.ofMillis(50))).containsExactly("first/$default for connection " + id);
    assertThat(first.closed()).isEqualTo(1001);
    assertThat(second.closed()).isEqualTo(1001);
    assertThat(told()).isEqualTo("gone with 1001");
  }

  @Test
  void everyWebSocketHasAPortOfItsOwn() throws Exception {
    App three = cloud -> {
      cloud.webSocket("one").create();
      cloud.webSocket("two").stage("beta").create();
      cloud.webSocket("three").create();
    };
    try (Simulator running = of(three).port("one", 0).port("three", 0).stage("dev").start()) {
      assertThat(running.endpoints()).extracting(each -> each.id()).containsExactly("one", "two", "three");
      assertThat(running.endpoints()).extracting(each -> each.url()).doesNotHaveDuplicates()
          .allMatch(url -> url.matches("ws://localhost:\\d+/dev"));
    }
  }
}
