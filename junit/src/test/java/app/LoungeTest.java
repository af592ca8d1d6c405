package app;

import dev.pinion.Item;
import dev.pinion.junit.ConfigValue;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the guides about WebSockets and front ends say of {@link Lounge}. */
@PinionTest(Lounge.class)
@ConfigValue(id = "page", value = "http://localhost:5173")
class LoungeTest {
  @Test
  void aTicketIsGoodForOneConnection(Pinion pinion) {
    pinion.table("tickets").put(Item.of("ticket", "t1"));
    TestClient ann = pinion.connect(handshake -> handshake.query("ticket", "t1"));
    ann.send("hello");
    ann.expect("not a message of this app: hello");
    pinion.expectRejection(401, handshake -> handshake.query("ticket", "t1"));
    pinion.expectRejection(401);
  }

  @Test
  void pagesOfOtherOriginsAreRejected(Pinion pinion) {
    pinion.table("tickets").put(Item.of("ticket", "t1"));
    pinion.expectRejection(
        403, handshake -> handshake.query("ticket", "t1").header("Origin", "http://localhost:6000"));
    pinion.connect(handshake -> handshake.query("ticket", "t1").header("Origin", "http://localhost:5173"));
  }

  @Test
  void theNewestSubprotocolIsAccepted(Pinion pinion) {
    pinion.table("tickets").put(Item.of("ticket", "t1"), Item.of("ticket", "t2"));
    TestClient ann =
        pinion.connect(handshake -> handshake.query("ticket", "t1").subprotocols("lounge.v1", "lounge.v2"));
    assertThat(ann.subprotocol()).contains("lounge.v2");
    assertThat(pinion.connect(handshake -> handshake.query("ticket", "t2")).subprotocol()).isEmpty();
  }

  @Test
  void membersOfARoomHearEachOther(Pinion pinion) {
    TestClient ann = member(pinion, "Ann");
    TestClient bob = member(pinion, "Bob");
    ann.send("{\"action\":\"who\",\"room\":\"kitchen\"}");
    ann.expectJson("[\"Ann\",\"Bob\"]");
    bob.send("say", new Lounge.Say("kitchen", "hi"));
    ann.expect(new Lounge.Said("kitchen", "Bob", "hi"));
    bob.expect(new Lounge.Said("kitchen", "Bob", "hi"));
    bob.send("{\"action\":\"leave\"}");
    bob.expectClose(1000);
    pinion.table("members").expectRows(Item.of("room", "kitchen", "connectionId", ann.id(), "name", "Ann"));
  }

  @Test
  void rowsOfConnectionsThatAreGoneArePruned(Pinion pinion) {
    TestClient ann = member(pinion, "Ann");
    pinion.table("members").put(Item.of("room", "kitchen", "connectionId", Pinion.goneId(), "name", "Ghost"));
    ann.send("say", new Lounge.Say("kitchen", "boo"));
    ann.expect(Lounge.Said.class);
    pinion.table("members").expectRows(Item.of("room", "kitchen", "connectionId", ann.id(), "name", "Ann"));
  }

  private static TestClient member(Pinion pinion, String name) {
    pinion.table("tickets").put(Item.of("ticket", name));
    TestClient client = pinion.connect(handshake -> handshake.query("ticket", name));
    client.send("join", new Lounge.Join("kitchen", name));
    client.expect(new Lounge.Said("kitchen", "lounge", "welcome, " + name));
    return client;
  }
}
