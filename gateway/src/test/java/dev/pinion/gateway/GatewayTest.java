package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection from its handshake to its end, and the gateway's own end. */
@Timeout(30)
final class GatewayTest {
  private final Recorder recorder = new Recorder();

  private GatewayBuilder gateway() {
    return Gateway.builder(recorder).listener(recorder)
        .routes(Routes.of("$connect", "$default", "$disconnect"));
  }

  @Test
  void runsConnectMessageAndDisconnect() throws Exception {
    try (Gateway gateway = gateway().start()) {
      recorder.answering(event -> {
        if (event instanceof Event.Message message) {
          gateway.sender().postToConnection(event.connection().connectionId(), "you said " + message.body());
        }
        return Response.OK;
      });
      try (Peer peer = Peer.open(gateway)) {
        Event.Connect connect = recorder.next(Event.Connect.class);
        peer.send("hällo");
        assertThat(peer.text()).isEqualTo("you said hällo");
        assertThat(recorder.next(Event.Message.class).connection()).isSameAs(connect.connection());
        assertThat(gateway.connections()).isEqualTo(1);
        peer.send(Frames.CLOSE);
        assertThat(peer.closed()).isEqualTo(CloseStatus.NOT_SET);
      }
      Event.Disconnect disconnect = recorder.next(Event.Disconnect.class);
      assertThat(disconnect.disconnectStatusCode()).isEqualTo(1005);
      assertThat(disconnect.disconnectReason()).isEqualTo("Client-side close frame status not set");
      assertThat(gateway.connections()).isZero();
    }
    assertThat(recorder.bugs()).isEmpty();
  }

  @Test
  void closingEndsConnectionsAndAwaitsDisconnect() throws Exception {
    Gateway gateway = gateway().start();
    try (Peer peer = Peer.open(gateway)) {
      assertThat(gateway.close(Duration.ofSeconds(10))).isEmpty();
      assertThat(recorder.next(Event.Disconnect.class).disconnectReason()).isEqualTo("Going away");
      assertThat(peer.closed()).isEqualTo(CloseStatus.GOING_AWAY);
    }
  }

  @Test
  void closingNamesTheHandlersThatDidNotFinish() throws Exception {
    Gateway gateway = gateway().start();
    var never = new java.util.concurrent.CountDownLatch(1);
    recorder.answering(event -> {
      if (event instanceof Event.Message) {
        never.await();
      }
      return Response.OK;
    });
    try (Peer peer = Peer.open(gateway)) {
      peer.send("work");
      Event.Message work = recorder.next(Event.Message.class);
      assertThat(gateway.close(Duration.ofMillis(50))).contains(work);
      assertThat(peer.closed()).isEqualTo(CloseStatus.GOING_AWAY);
    } finally {
      never.countDown();
    }
  }
}
