import dev.pinion.junit.Pinion;
import dev.pinion.junit.TestClient;
import java.time.Duration;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PortalTest {
  private final MockOAuth2Server provider = new MockOAuth2Server();
  private final Pinion pinion = start();

  private Pinion start() {
    provider.start();
    return Pinion.of(new Portal())
        .value("issuer", provider.issuerUrl("portal").toString())
        .value("client-id", "portal-page")
        .value("ticket-key", "0123456789abcdef0123456789abcdef")
        .start();
  }

  @AfterEach
  void close() {
    pinion.close();
    provider.shutdown();
  }

  private String token() {
    return provider.issueToken("portal", "ada", "portal-page", Map.of(), 300).serialize();
  }

  private String ticket() {
    return pinion.http().send("POST", "/tickets", request -> request.header("Authorization", "Bearer " + token()))
        .expect(200).json(Portal.Ticket.class).ticket();
  }

  @Test
  void aDeviceConnectsWithItsToken() {
    TestClient device = pinion.connect(
        handshake -> handshake.webSocket("devices").header("Authorization", "Bearer " + token()));
    device.send("21 °C");
    device.expect("ada: 21 °C");
  }

  @Test
  void aDeviceIsDisconnectedWhenItsTokenExpires() {
    TestClient device = pinion.connect(handshake -> handshake.webSocket("devices").subprotocols("bearer", token()));
    assertThat(device.subprotocol()).contains("bearer");
    pinion.clock().advance(Duration.ofMinutes(6));
    device.expectClose(1000);
  }

  @Test
  void aPageConnectsWithATicket() {
    String ticket = ticket();
    TestClient page = pinion.connect(handshake -> handshake.webSocket("pages").query("ticket", ticket));
    page.send("hello");
    page.expect("ada: hello");
  }

  @Test
  void aTicketIsGoodOnce() {
    String ticket = ticket();
    pinion.connect(handshake -> handshake.webSocket("pages").query("ticket", ticket));
    pinion.expectRejection(401, handshake -> handshake.webSocket("pages").query("ticket", ticket));
  }

  @Test
  void whoHasNoTokenGetsNoTicket() {
    pinion.http().post("/tickets").expect(401);
    pinion.expectRejection(401, handshake -> handshake.webSocket("devices"));
    pinion.expectRejection(401, handshake -> handshake.webSocket("pages").query("ticket", token()));
  }
}
