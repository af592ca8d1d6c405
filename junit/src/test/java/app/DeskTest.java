package app;

import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a test can do. */
@PinionTest(value = Desk.class, timeLimitMillis = 20_000)
class DeskTest {
  record Row(String connectionId) {}

  @Test
  void clientsSendAndExpect(TestClient ann, TestClient bob) {
    ann.send("hello");
    ann.expect("hello");
    bob.expectNothing();
    ann.sendFragments("wel", "come");
    assertThat(ann.next()).isEqualTo("welcome");
    ann.send("say", new Desk.Say("hi"));
    ann.expect(new Desk.Said("somebody", "hi"));
    assertThat(bob.expect(Desk.Said.class).text()).isEqualTo("hi");
    ann.send("{\"action\":\"say\",\"text\":\"ho\"}");
    ann.expectJson("{\"text\": \"ho\", \"who\": \"somebody\"}");
    bob.expect("contains ho", text -> text.contains("ho"));
    ann.send("{\"n\":1.0,\"list\":[2,3]}");
    ann.expectJson("{\"list\": [2.0, 3], \"n\": 1}");
    ann.send("{\"action\":\"twice\"}");
    ann.expectAll("second", "first");
    ann.send("say", new Desk.Say("one"));
    ann.send("say", new Desk.Say("two"));
    ann.expectAll(new Desk.Said("somebody", "two"), new Desk.Said("somebody", "one"));
    ann.send("say", new Desk.Say("three"));
    assertThatThrownBy(() -> ann.expectAll(new Desk.Said("somebody", "four"))).hasMessageContaining("three");
  }

  @Test
  void connectionsEnd(Pinion pinion, TestClient ann, TestClient bob, TestClient eve) {
    ann.sendBinary(new byte[1]);
    assertThat(ann.expectClose(1003).code()).isEqualTo(1003);
    assertThat(ann.expectClose().code()).as("the end stays").isEqualTo(1003);
    bob.reset();
    bob.expectClose(1006);
    pinion.table("members").expectRows(new Row(eve.id()));
    eve.close();
    pinion.table("members").expectNoRows();
  }

  @Test
  void handshakesAreSet(Pinion pinion, @Connect(query = "token=right", headers = "X-A: b") TestClient ann) {
    ann.send("in");
    ann.expect("in");
    assertThat(pinion.expectRejection(401, handshake -> handshake.query("token", "wrong")).status()).isEqualTo(401);
    assertThat(ann.subprotocol()).isEmpty();
    assertThat(pinion.url()).startsWith("ws://");
  }

  @Test
  void rowsAreArrangedAndRead(Pinion pinion, TestClient ann) {
    var members = pinion.table("members");
    String gone = Pinion.goneId();
    members.put(Item.of("connectionId", gone));
    assertThat(members.rows(Row.class)).containsExactlyInAnyOrder(new Row(gone), new Row(ann.id()));
    ann.send("say", new Desk.Say("hi"));
    members.expectRows(Item.of("connectionId", ann.id()));
    assertThat(members.row(Key.of("connectionId", ann.id()), Row.class)).contains(new Row(ann.id()));
    members.delete(Key.of("connectionId", ann.id()));
    assertThat(members.row(Key.of("connectionId", ann.id()))).isEmpty();
  }

  @Test
  void theClockMovesLimits(Pinion pinion, TestClient ann, TestClient bob) {
    pinion.clock().advance(Duration.ofMinutes(6));
    ann.send("still here");
    ann.expect("still here");
    pinion.clock().advance(Duration.ofMinutes(6));
    bob.expectClose(1001);
    ann.expectNothing();
    ann.send("ping");
    ann.expect("ping");
    for (int i = 0; i < 11; i++) {
      pinion.clock().advance(Duration.ofMinutes(9));
      ann.send("ping");
      ann.expect("ping");
    }
    pinion.clock().advance(Duration.ofMinutes(9));
    ann.expectClose(1001);
  }

  @Test
  void theClockEndsHandlers(Pinion pinion, TestClient ann) {
    ann.send("{\"action\":\"later\"}");
    ann.expect("waiting");
    pinion.clock().advance(Duration.ofSeconds(29));
    ann.expect("is the time-out error", text -> text.contains("Endpoint request timed out"));
    assertThat(pinion.log()).anyMatch(line -> line.contains("desk/later did not finish in time"));
  }

  @Test
  void theClockExpiresRows(Pinion pinion, TestClient ann) {
    var members = pinion.table("members");
    long end = pinion.clock().instant().plusSeconds(60).getEpochSecond();
    members.put(Item.of("connectionId", "x", "expires", end));
    pinion.clock().advance(Duration.ofSeconds(30));
    assertThat(members.rows()).hasSize(2);
    pinion.clock().advance(Duration.ofSeconds(31));
    members.expectRows(Item.of("connectionId", ann.id()));
  }

  @Nested
  class Inside {
    private final List<TestClient> early = new ArrayList<>();

    @BeforeEach
    void connect(TestClient client) {
      early.add(client);
    }

    @Test
    void parametersOfSetUpAreOfTheSameApp(TestClient later) {
      later.send("say", new Desk.Say("hi"));
      assertThat(List.of(early.getFirst().expect(Desk.Said.class), later.expect(Desk.Said.class))).hasSize(2);
    }
  }

  @Test
  void aTestMayStartAnAppItself() {
    try (Pinion own = Pinion.of(new Desk()).timeLimit(Duration.ofSeconds(20)).start()) {
      TestClient client = own.connect();
      client.send("x");
      client.expect("x");
    }
  }
}
