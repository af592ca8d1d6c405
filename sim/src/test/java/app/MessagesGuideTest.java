package app;

import dev.pinion.App;
import dev.pinion.Broadcast;
import dev.pinion.Cloud;
import dev.pinion.Discriminator;
import dev.pinion.DiscriminatorValue;
import dev.pinion.WebSocket;
import dev.pinion.sim.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The code of docs/messages.md, and what else can be sent and returned, over a socket. */
class MessagesGuideTest {
  @TempDir private Path data = Path.of("set by JUnit");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  record Post(String room, String text, Optional<String> replyTo) {}

  record Posted(String id, Instant at, Post post) {}

  @Discriminator("action")
  sealed interface Move permits Join, Say, Leave {}

  @DiscriminatorValue("join")
  record Join(String room) implements Move {}

  @DiscriminatorValue("say")
  record Say(String room, String text) implements Move {}

  @DiscriminatorValue("leave")
  record Leave(String room) implements Move {}

  record Page<T>(List<T> rows, Optional<String> next) {}

  record History(Page<Post> posts, Map<String, Integer> perRoom) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Profile(String name, @Nullable String about, LocalDate born, BigDecimal credit, byte[] picture) {
    Profile {
      if (name.isBlank()) throw new IllegalArgumentException("name: choose one");
    }
  }

  private void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("ws").create();

    ws.onRoute("post", Post.class, (c, post) -> ws.sendMessage(c.id(), new Posted("1", Instant.EPOCH, post)));
    ws.onRequest("history", (c, body) -> new History(new Page<>(List.of(), Optional.empty()), Map.of("lobby", 0)));
    ws.onMessage(Move.class, (c, move) -> {
      switch (move) {
        case Join join -> ws.sendMessage(c.id(), "welcome to " + join.room());
        case Say say -> ws.broadcast(List.of(c.id()), say);
        case Leave _ -> ws.disconnect(c.id());
      }
    });
    ws.onRequest("profile", Profile.class, (c, profile) -> profile);
  }

  private Simulator run(App app) {
    return Simulator.of(app).port(0).data(data).log(new PrintStream(log, true, StandardCharsets.UTF_8)).start();
  }

  private static Client client(Simulator running) {
    return new Client(running.endpoints().getFirst());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "{'action':'post','room':'r','text':'t','other':1} | 'at':'1970-01-01T00:00:00Z','post':{'room':'r','text':'t'}}",
    "{'action':'post','room':'r'} | Bad request body: text: missing",
    "{'action':'post','room':'r','text':7} | Bad request body: text: not text",
    "{'action':'history'} | {'posts':{'rows':[]},'perRoom':{'lobby':0}}",
    "{'action':'join','room':'r'} | welcome to r",
    "{'text':'t','room':'r','action':'say'} | {'action':'say','room':'r','text':'t'}",
    "{'action':'dance','room':'r'} | Bad request body: action: not one of join, say, leave",
    "{'action':'profile','name':'Ada','born':'1815-12-10','credit':1.50,'picture':'AQI='} | 'about':null,'born':",
    "{'action':'profile','name':' ','born':'1815-12-10','credit':1,'picture':''} | Bad request body: name: choose"})
  void theGuidesMessages(String sent, String received) throws Exception {
    try (Simulator running = run(this::define)) {
      Client client = client(running);
      client.send(sent.replace('\'', '"'));
      assertThat(client.next().replace('"', '\'')).contains(received);
    }
  }

  @Test
  void anythingSupportedIsSentBroadcastAndReturned() throws Exception {
    App app = cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onRoute("send", (c, body) -> {
        ws.sendMessage(c.id(), CharBuffer.wrap("as it is"));
        ws.sendMessage(c.id(), List.of(1, Optional.empty(), LocalDate.EPOCH));
        ws.sendMessage(c.id(), Map.of("join", new Join("r")));
        ws.sendMessage(c.id(), (Object) "\"text\"");
        ws.sendMessage(c.id(), 42);
        Broadcast all = ws.broadcast(Stream.of(c.id()), Map.of());
        ws.sendMessage(c.id(), all.sent());
        ws.sendMessage(c.id(), Optional.of(CharBuffer.wrap("text")));
      });
      ws.onRequest("nothing", (c, body) -> null);
      ws.onRequest("empty", (c, body) -> Optional.empty());
      ws.onRequest("builder", (c, body) -> CharBuffer.wrap("built"));
      ws.onRequest("optional", (c, body) -> Optional.of("optional"));
      ws.onRequest("list", (c, body) -> List.of());
    };
    try (Simulator running = run(app)) {
      Client client = client(running);
      client.send("{\"action\":\"send\"}");
      for (String wanted : List.of("as it is", "[1,null,\"1970-01-01\"]",
          "{\"join\":{\"action\":\"join\",\"room\":\"r\"}}", "\"text\"", "42", "{}", "1", "text")) {
        assertThat(client.next()).isEqualTo(wanted);
      }
      for (String action : List.of("nothing", "empty", "builder", "optional", "list")) {
        client.send("{\"action\":\"" + action + "\"}");
        if (!List.of("nothing", "empty").contains(action)) {
          assertThat(client.next()).isIn("built", "optional", "[]");
        }
      }
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void whatCannotBeSentNamesTheCallAndWhatToUse() throws Exception {
    App app = cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onRoute("stream", (c, body) -> ws.sendMessage(c.id(), Stream.of(1)));
      ws.onRoute("array", (c, body) -> ws.broadcast(List.of(c.id()), Map.of("x", new int[1])));
      ws.onRoute("null", (c, body) -> ws.sendMessage(c.id(), null));
      ws.onRoute("swapped", (c, body) -> ws.sendMessage(body, c.id()));
      ws.onRoute("connection", (c, body) -> ws.sendMessage(body, c));
      ws.onRequest("thread", (c, body) -> Thread.currentThread());
    };
    int line = StackWalker.getInstance().walk(frames -> frames.findFirst()).orElseThrow().getLineNumber() - 7;
    try (Simulator running = run(app)) {
      Client client = client(running);
      for (String action : List.of("stream", "array", "null", "swapped", "connection", "thread")) {
        client.send("{\"action\":\"" + action + "\"}");
        assertThat(client.next()).contains("Internal server error");
      }
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).contains(
        "MessagesGuideTest.java:" + line
            + ": ws.sendMessage: this cannot be sent: Stream is not supported in messages: use a List",
        "MessagesGuideTest.java:" + (line + 1) + ": ws.broadcast: this cannot be sent: int[] is not supported in"
            + " messages: use List<Integer>",
        "MessagesGuideTest.java:" + (line + 2) + ": ws.sendMessage: the message is null",
        "MessagesGuideTest.java:" + (line + 3) + ": ws.sendMessage: the message comes before the connection id: swap",
        "MessagesGuideTest.java:" + (line + 4) + ": ws.sendMessage: this cannot be sent: Connection is not supported in"
            + " messages: use its id(); a message comes after the id",
        "MessagesGuideTest.java:" + (line + 5) + ": route 'thread' returned what cannot be sent: ");
  }

  @Test
  void halfASurrogatePairIsRoutedAndReadAndAnswered() throws Exception {
    App app = cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onRequest("say", Say.class, (c, say) -> say);
      ws.onMessage((c, body) -> ws.sendMessage(c.id(), "$default"));
    };
    try (Simulator running = run(app)) {
      Client client = client(running);
      String cut = "{\"action\":\"say\",\"room\":\"r\",\"text\":\"cut \\ud83d\"}";
      client.send(cut);
      assertThat(client.next()).isEqualTo(cut);
    }
  }
}
