import dev.pinion.Item;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PinionTest(Rooms.class)
class RoomsTest {
  record Refusal(String message) {}

  @BeforeEach
  void setUp(Pinion app) {
    pinion = app;
  }

  private Pinion pinion;

  private TestClient joined(String room, String name) {
    TestClient client = pinion.connect(handshake -> handshake.as(name));
    client.send("join", new Rooms.Join(room, name));
    pinion.settle();
    return client;
  }

  @Test
  void aRoomHearsWhatIsSaidInIt() {
    TestClient ada = joined("tea", "Ada");
    TestClient bob = joined("tea", "Bob");
    TestClient eve = joined("coffee", "Eve");

    ada.send("say", new Rooms.Say("tea", "hi"));

    ada.expect(new Rooms.Said("tea", "Ada", "hi"));
    bob.expect(new Rooms.Said("tea", "Ada", "hi"));
    eve.expectNothing();
  }

  @Test
  void whoIsInARoom(TestClient eve) {
    joined("tea", "Ada");
    joined("tea", "Bob");
    eve.send("who", new Rooms.Who("tea"));
    eve.expectJson("[\"Ada\", \"Bob\"]");
  }

  @Test
  void whoIsGoneLeavesTheRoom() {
    TestClient ada = joined("tea", "Ada");
    pinion.table("members").put(Item.of("room", "tea", "connectionId", Pinion.goneId(), "name", "Gone"));

    ada.send("say", new Rooms.Say("tea", "anybody?"));

    ada.expect(new Rooms.Said("tea", "Ada", "anybody?"));
    pinion.table("members").expectRows(Item.of("room", "tea", "connectionId", ada.id(), "name", "Ada"));
  }

  @Test
  void whatDoesNotFitIsABadRequest(TestClient ada) {
    ada.send("{\"action\":\"join\",\"room\":\"tea\"}");
    ada.expect("is a refusal", text -> text.startsWith("{\"message\":\"Bad request body: name: missing\""));
    ada.send("{\"action\":\"dance\"}");
    ada.expect(Refusal.class);
  }
}
