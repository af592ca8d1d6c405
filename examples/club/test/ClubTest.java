import dev.pinion.Item;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PinionTest(Club.class)
class ClubTest {
  @BeforeEach
  void join(Pinion pinion) {
    pinion.table("members").put(Item.of("token", "t1", "name", "Ada").with("state", "in").with("level", 3));
    pinion.table("members").put(Item.of("token", "t2", "name", "Bob").with("state", "banned").with("level", 1));
  }

  @Test
  void aMemberIsKnownInAllEvents(Pinion pinion) {
    TestClient ada = pinion.connect(handshake -> handshake.query("token", "t1"));
    ada.send("hello");
    ada.expect("Ada (level 3): hello");
  }

  @Test
  void nobodyElseMayConnect(Pinion pinion) {
    pinion.expectRejection(401);
    pinion.expectRejection(401, handshake -> handshake.query("token", "guess"));
    pinion.expectRejection(403, handshake -> handshake.query("token", "t2"));
  }

  @Test
  void otherPagesMayNotConnect(Pinion pinion) {
    pinion.connect(handshake -> handshake.query("token", "t1").header("Origin", "https://club.example.com"));
    pinion.expectRejection(
        403, handshake -> handshake.query("token", "t1").header("Origin", "https://evil.example.com"));
  }
}
