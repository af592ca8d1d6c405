import dev.pinion.junit.ConfigValue;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

@PinionTest(Lobby.class)
@ConfigValue(id = "greeting", value = "Welcome")
@ConfigValue(id = "password", value = "open sesame")
class LobbyTest {
  @Test
  void whoKnowsThePasswordIsGreeted(@Connect(query = "password=open sesame") TestClient ada) {
    ada.send("Ada");
    ada.expect("Welcome, Ada");
  }

  @Test
  void whoDoesNotIsTurnedAway(Pinion pinion) {
    pinion.expectRejection(401, handshake -> handshake.query("password", "guess"));
  }

  @Test
  @ConfigValue(id = "greeting", value = "Hello")
  void aTestMayHaveValuesOfItsOwn(Pinion pinion) {
    TestClient ada = pinion.connect(handshake -> handshake.query("password", "open sesame"));
    ada.send("Ada");
    ada.expect("Hello, Ada");
  }
}
