import dev.pinion.junit.ConfigValue;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@PinionTest(Lobby.class)
@ConfigValue(id = "greeting", value = "Welcome")
@ConfigValue(id = "password", value = "open sesame")
class LobbyTest {
  private static String ticket(Pinion pinion) {
    return pinion.http().post("/tickets", new Lobby.Login("open sesame")).expect(200).json(Lobby.Ticket.class).ticket();
  }

  @Test
  void whoKnowsThePasswordGetsATicketAndIsGreeted(Pinion pinion) {
    String ticket = ticket(pinion);
    TestClient ada = pinion.connect(handshake -> handshake.query("ticket", ticket));
    ada.send("Ada");
    ada.expect("Welcome, Ada");
  }

  @Test
  void whoDoesNotGetsNone(Pinion pinion) {
    pinion.http().post("/tickets", new Lobby.Login("guess")).expect(401);
    pinion.expectRejection(401);
  }

  @Test
  void aTicketLetsInOnce(Pinion pinion) {
    String ticket = ticket(pinion);
    pinion.connect(handshake -> handshake.query("ticket", ticket));
    pinion.expectRejection(401, handshake -> handshake.query("ticket", ticket));
  }

  @Test
  void aTicketIsValidForAMinute(Pinion pinion) {
    String ticket = ticket(pinion);
    pinion.clock().advance(Duration.ofMinutes(2));
    pinion.expectRejection(401, handshake -> handshake.query("ticket", ticket));
  }

  @Test
  @ConfigValue(id = "greeting", value = "Hello")
  void aTestMayHaveValuesOfItsOwn(Pinion pinion) {
    String ticket = ticket(pinion);
    TestClient ada = pinion.connect(handshake -> handshake.query("ticket", ticket));
    ada.send("Ada");
    ada.expect("Hello, Ada");
  }
}
