package dev.pinion.gateway;

import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A connection from its handshake to its end, and the gateway's own end. */
@Timeout(30)
final class GatewayTest {
  private final Recorder recorder = new Recorder();

  private GatewayBuilder gateway() {
    return new GatewayBuilder(recorder).listener(recorder)
        .routes(RouteTable.of("$connect", "$default", "$disconnect"));
  }

  /** Such as one that prints an exception of the app's, whose toString throws. */
  @Test
  void aListenerThatThrowsLeavesNoClientWithoutItsAnswer() throws Exception {
    BlockingQueue<Throwable> bugs = new LinkedBlockingQueue<>();
    GatewayListener throwing = new GatewayListener() {
      @Override
      public void failed(Event event, Throwable failure) {
        throw new IllegalStateException("the listener");
      }

      @Override
      public void broke(Throwable bug) {
        bugs.add(bug);
      }
    };
    try (Gateway gateway = gateway().listener(throwing).start()) {
      try (Peer peer = Peer.open(gateway)) {
        recorder.answering(_ -> {
          throw new IllegalStateException("the handler");
        });
        peer.send("hello");
        assertThat(peer.text()).contains("Internal server error");
        peer.send("again");
        assertThat(peer.text()).contains("Internal server error");
        assertThat(bugs.take()).hasMessage("the listener");
        try (Peer other = new Peer(gateway.port())) {
          assertThat(other.upgrade("/prod").status()).isEqualTo(502);
        }
      }
    }
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
        assertThat(peer.closed()).isEqualTo(CloseStatuses.NOT_SET);
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
      assertThat(peer.closed()).isEqualTo(CloseStatuses.GOING_AWAY);
    }
  }

  @Test
  void closingNamesTheHandlersThatDidNotFinish() throws Exception {
    Gateway gateway = gateway().start();
    CountDownLatch never = new CountDownLatch(1);
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
      assertThat(peer.closed()).isEqualTo(CloseStatuses.GOING_AWAY);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aHandshakeThatWaitsWhileTheGatewayClosesIs503() throws Exception {
    Gateway gateway = gateway().start();
    CountDownLatch closing = block();
    try (Peer peer = waiting(gateway)) {
      Thread closer = Thread.startVirtualThread(() -> gateway.close(Duration.ofSeconds(10)));
      assertThatThrownBy(() -> {
        while (true) {
          try {
            new Peer(gateway.port()).close();
          } catch (SocketException e) {
            // One that waited to be accepted is reset; none is taken any more after that.
            if (e instanceof ConnectException) throw e;
          }
        }
      }).isInstanceOf(ConnectException.class);
      closing.countDown();
      assertThat(peer.answer().status()).isEqualTo(503);
      closer.join();
    }
    assertThat(recorder.events()).isEmpty();
    assertThat(recorder.bugs()).isEmpty();
  }

  @Test
  void aHandshakeThatWaitsLongerThanTheGatewayIsCutOffWithoutAFrame() throws Exception {
    Gateway gateway = gateway().start();
    CountDownLatch closed = block();
    try (Peer peer = waiting(gateway)) {
      assertThat(gateway.close(Duration.ZERO)).hasSize(1).hasOnlyElementsOfType(Event.Connect.class);
      assertThat(peer.ended()).isTrue();
    } finally {
      closed.countDown();
    }
    assertThat(recorder.events()).isEmpty();
  }

  /** Lets handlers wait for the latch. */
  private CountDownLatch block() {
    CountDownLatch latch = new CountDownLatch(1);
    recorder.answering(_ -> {
      latch.await();
      return Response.OK;
    });
    return latch;
  }

  /** A client whose handshake is with the handler. */
  private Peer waiting(Gateway gateway) throws Exception {
    Peer peer = new Peer(gateway.port());
    peer.ask("GET", "/prod", "", Peer.handshake());
    recorder.next(Event.Connect.class);
    return peer;
  }
}
