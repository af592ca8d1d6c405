package dev.pinion.gateway;

import dev.pinion.LimitExceededException;
import dev.pinion.engine.Frames;
import dev.pinion.engine.Network;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A network that was made slow: everything arrives later, in its order, and the gateway's limits hold. */
@Timeout(60)
final class SlowNetworkTest {
  private static final Duration DELAY = Duration.ofMillis(150);

  private final Recorder recorder = new Recorder().answering(
      event -> event instanceof Event.Message message ? new Response(200, Map.of(), Optional.of(message.body()))
          : Response.OK);
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder)
      .routes(RouteTable.of("$default", "$disconnect").twoWay("$default")).start();

  @AfterEach
  void close() {
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private String connected(Peer peer) throws Exception {
    peer.send("who");
    assertThat(peer.text()).isEqualTo("who");
    return recorder.next(Event.Message.class).connection().connectionId();
  }

  /** Slows down the network to one client, and waits until it is slow. */
  private void slow(String id, Network network) {
    assertThat(gateway.network(id, network)).isTrue();
    while (!gateway.connections(each -> each.connectionId().equals(id), 1).getFirst().network().equals(network)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void eachWayTakesItsDelayAndTheOrderStays() throws Exception {
    try (Peer before = Peer.open(gateway)) {
      String id = connected(before);
      slow(id, new Network(DELAY, 0));
      long start = System.nanoTime();
      for (int i = 0; i < 200; i++) before.send("m" + i);
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) answers.add(before.text());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY.multipliedBy(2));
      for (int i = 0; i < 200; i++) assertThat(answers.get(i)).isEqualTo("m" + i);
    }
  }

  @Test
  void clientsThatConnectLaterHaveItTooAndItGoesAway() throws Exception {
    gateway.network(new Network(DELAY, 0));
    try (Peer later = Peer.open(gateway)) {
      long start = System.nanoTime();
      String id = connected(later);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY.multipliedBy(2));
      assertThat(gateway.connections(_ -> true, 1).getFirst().network().delay()).isEqualTo(DELAY);
      slow(id, Network.AS_IT_IS);
      for (int i = 0; i < 100; i++) {
        later.send("m" + i);
        assertThat(later.text()).isEqualTo("m" + i);
      }
      assertThat(gateway.connections(_ -> true, 1).getFirst().network()).isEqualTo(Network.AS_IT_IS);
      assertThat(gateway.network("gone", Network.AS_IT_IS)).isFalse();
    }
  }

  @Test
  void onlyOneClientIsSlow() throws Exception {
    try (Peer slow = Peer.open(gateway); Peer quick = Peer.open(gateway)) {
      String id = connected(slow);
      connected(quick);
      slow(id, new Network(Duration.ofHours(1), 0));
      slow.send("late");
      quick.send("at once");
      assertThat(quick.text()).isEqualTo("at once");
    }
  }

  @Test
  void bandwidthIsKeptAndWhatWaitsIsBounded() throws Exception {
    try (Peer peer = Peer.open(gateway)) {
      String id = connected(peer);
      slow(id, new Network(Duration.ZERO, 100_000));
      String text = "x".repeat(10_000);
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) assertThat(gateway.sender().postToConnection(id, text)).isTrue();
      for (int i = 0; i < 5; i++) assertThat(peer.text()).hasSize(10_000);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(480));
      assertThatThrownBy(() -> {
        for (int i = 0; i < 1_000; i++) gateway.sender().postToConnection(id, text);
      }).isInstanceOf(LimitExceededException.class);
    }
  }

  @Test
  void theCloseFrameComesBehindWhatWasSent() throws Exception {
    try (Peer peer = Peer.open(gateway)) {
      String id = connected(peer);
      slow(id, new Network(DELAY, 200_000));
      for (int i = 0; i < 10; i++) gateway.sender().postToConnection(id, i + "x".repeat(5_000));
      assertThat(gateway.sender().deleteConnection(id)).isTrue();
      for (int i = 0; i < 10; i++) assertThat(peer.text()).startsWith(i + "x");
      assertThat(peer.closed()).isEqualTo(CloseStatuses.DELETED);
    }
  }

  @Test
  void aClientThatLeavesIsHandledToItsEnd() throws Exception {
    try (Peer peer = Peer.open(gateway)) {
      String id = connected(peer);
      slow(id, new Network(DELAY, 0));
      peer.send("last");
      peer.send(Frames.CLOSE);
      peer.socket().shutdownOutput();
      assertThat(recorder.next(Event.Message.class).body()).isEqualTo("last");
      assertThat(recorder.next(Event.Disconnect.class).disconnectStatusCode()).isEqualTo(1005);
    }
  }

  @Test
  void aGatewayThatClosesDeliversWhatIsOnItsWay() throws Exception {
    try (Peer peer = Peer.open(gateway)) {
      String id = connected(peer);
      slow(id, new Network(Duration.ofHours(1), 0));
      gateway.sender().postToConnection(id, "on its way");
      gateway.close();
      assertThat(peer.text()).isEqualTo("on its way");
      assertThat(peer.closed()).isEqualTo(CloseStatuses.GOING_AWAY);
    }
  }
}
