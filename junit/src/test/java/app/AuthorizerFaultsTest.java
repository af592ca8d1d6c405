package app;

import dev.pinion.App;
import dev.pinion.Authorization;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import dev.pinion.sim.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** An authorizer that times out: nobody is let in, and the next client is asked for again. */
@PinionTest(AuthorizerFaultsTest.Door.class)
class AuthorizerFaultsTest {
  /** An app whose authorizer writes before it decides. */
  static final class Door implements App {
    @Override
    public void define(Cloud cloud) {
      Table seen = cloud.table("seen").hashKey("token", STRING).create();
      WebSocket ws = cloud.webSocket("door").create();
      ws.onAuthorize(TokenFrom.query("token"), request -> {
        String token = request.query("token").orElseThrow();
        seen.putItem(Item.of("token", token));
        return Authorization.allow(token);
      }).timeout(Duration.ofSeconds(5));
      ws.onRequest("who", (c, body) -> c.authorizer().get("principalId"));
    }
  }

  @Test
  void nobodyIsLetIn(Pinion pinion) {
    pinion.faults().add(Fault.of(Fault.Kind.TIMEOUT).on("$authorize").times(1));
    pinion.expectRejection(500, handshake -> handshake.query("token", "ada"));
    assertThat(pinion.faults().happened()).isEqualTo(1);
    assertThat(pinion.log()).anyMatch(line -> line.contains("door/$authorize"));
    TestClient bob = pinion.connect(handshake -> handshake.query("token", "bob"));
    bob.send("{\"action\":\"who\"}");
    bob.expect("bob");
  }
}
