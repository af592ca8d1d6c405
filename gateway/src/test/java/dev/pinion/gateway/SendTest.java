package dev.pinion.gateway;

import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.LimitExceededException;
import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Sends to many clients, and to slow ones. */
@Timeout(30)
final class SendTest {
  /** So many that their replies are more than the kernel's buffers hold. */
  private static final int MESSAGES = 200;

  private static final int PINGS = 100_000;

  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder).clock(clock)
      .routes(RouteTable.of("$connect", "$default")).start();
  private final List<Peer> peers = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (Peer peer : peers) {
      peer.close();
    }
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private void open(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      peers.add(Peer.open(gateway));
      peers.getLast().socket().setReceiveBufferSize(64 * 1024);
      ids.add(recorder.next(Event.Connect.class).connection().connectionId());
      recorder.logged("opened");
    }
  }

  /** Sends until the client's buffers are full. */
  private int fill(String id, String text) {
    int sent = 0;
    while (true) {
      try {
        assertThat(gateway.sender().postToConnection(id, text)).isTrue();
        sent++;
      } catch (LimitExceededException e) {
        return sent;
      }
    }
  }

  @Test
  void broadcastReachesAllAndTellsWhoIsGone() throws Exception {
    open(300);
    String gone = "AAAAAAAAAAAAAAA=";
    List<String> receivers = new ArrayList<>(ids);
    receivers.add(17, gone);
    receivers.add("nonsense");
    for (int i = 0; i < 3; i++) {
      Broadcast result = gateway.sender().broadcast(receivers.iterator(), "all " + i);
      assertThat(result.sent()).isEqualTo(300);
      assertThat(result.gone()).containsExactly(gone);
      assertThat(result.failed()).containsOnlyKeys("nonsense");
      assertThat(result.failed().get("nonsense")).isInstanceOf(BadRequestException.class);
    }
    for (Peer peer : peers) {
      assertThat(List.of(peer.text(), peer.text(), peer.text())).containsExactly("all 0", "all 1", "all 2");
    }
  }

  @Test
  void aSlowClientIsLimitedAndHoldsUpNobody() throws Exception {
    open(2);
    String text = "x".repeat(100_000);
    int sent = fill(ids.getFirst(), text);
    assertThat(sent).isGreaterThan(4);
    Broadcast result = gateway.sender().broadcast(ids.iterator(), text);
    for (; result.sent() == 2; sent++) {
      assertThat(peers.get(1).text()).isEqualTo(text);
      result = gateway.sender().broadcast(ids.iterator(), text);
    }
    assertThat(result.sent()).isEqualTo(1);
    assertThat(result.failed()).containsOnlyKeys(ids.getFirst());
    assertThat(peers.get(1).text()).isEqualTo(text);
    for (int i = 0; i < sent; i++) {
      assertThat(peers.getFirst().text()).isEqualTo(text);
    }
    assertThat(gateway.sender().postToConnection(ids.getFirst(), "again")).isTrue();
    assertThat(peers.getFirst().text()).isEqualTo("again");
  }

  @Test
  void aSlowClientIsClosedAllTheSame() throws Exception {
    open(1);
    int sent = fill(ids.getFirst(), "x".repeat(100_000));
    assertThat(gateway.sender().deleteConnection(ids.getFirst())).isTrue();
    assertThat(gateway.sender().postToConnection(ids.getFirst(), "x")).isFalse();
    for (int i = 0; i < sent; i++) {
      peers.getFirst().text();
    }
    assertThat(peers.getFirst().closed().code()).isEqualTo(1000);
  }

  @Test
  void aSlowClientsGoneSocketIsNoticed() throws Exception {
    open(1);
    fill(ids.getFirst(), "x".repeat(100_000));
    peers.getFirst().reset();
    assertThat(recorder.logged("closed")).isEqualTo("closed 1006 ");
  }

  /** So many that all of them fit into the client's buffer, however slowly the test reads. */
  @Test
  void manySendersKeepTheirOrder() throws Exception {
    open(1);
    int senders = 8;
    int each = 1200;
    CountDownLatch done = new CountDownLatch(senders);
    for (int s = 0; s < senders; s++) {
      int sender = s;
      Thread.startVirtualThread(() -> {
        for (int i = 0; i < each; i++) {
          gateway.sender().postToConnection(ids.getFirst(), sender + " " + i);
        }
        done.countDown();
      });
    }
    int[] next = new int[senders];
    for (int i = 0; i < senders * each; i++) {
      String[] words = peers.getFirst().text().split(" ", -1);
      assertThat(Integer.parseInt(words[1])).isEqualTo(next[Integer.parseInt(words[0])]++);
    }
    done.await();
  }

  @Test
  void gatewaysSideBySideAreApart() throws Exception {
    open(1);
    try (Gateway other = new GatewayBuilder(recorder).listener(recorder).routes(RouteTable.of("$connect"))
        .profile(Profile.AWS.pendingRequests(1)).start(); Peer peer = Peer.open(other)) {
      String id = recorder.next(Event.Connect.class).connection().connectionId();
      assertThat(gateway.sender().postToConnection(id, "x")).isFalse();
      assertThat(other.sender().postToConnection(id, "x")).isTrue();
      assertThat(peer.text()).isEqualTo("x");
    }
    assertThat(gateway.sender().postToConnection(ids.getFirst(), "y")).isTrue();
    assertThat(peers.getFirst().text()).isEqualTo("y");
  }

  @Test
  void aSlowClientThatNeverReadsItsCloseIsCutOff() throws Exception {
    open(1);
    fill(ids.getFirst(), "x".repeat(100_000));
    assertThat(gateway.sender().deleteConnection(ids.getFirst())).isTrue();
    clock.advance(Duration.ofSeconds(10));
    assertThatThrownBy(() -> {
      while (true) {
        peers.getFirst().send("still there?");
      }
    }).isInstanceOf(SocketException.class);
  }

  @Test
  void repliesToASlowClientAreDroppedAndTold() throws Exception {
    open(1);
    String text = "x".repeat(100_000);
    int sent = fill(ids.getFirst(), text);
    gateway.routes(RouteTable.NONE.twoWay("$default"));
    recorder.answering(_ -> Response.reply(text));
    for (int i = 0; i < MESSAGES; i++) {
      peers.getFirst().send("hello");
    }
    assertThat(recorder.logged("undelivered")).isEqualTo("undelivered " + ids.getFirst());
    for (int i = 0; i < sent; i++) {
      assertThat(peers.getFirst().text()).isEqualTo(text);
    }
    peers.getFirst().send(Frames.CLOSE);
    int replies = 0;
    while (peers.getFirst().read().opcode() == Frames.TEXT) {
      replies++;
    }
    assertThat(replies).isLessThan(MESSAGES);
  }

  @Test
  void pingsOfASlowClientAreNotHoarded() throws Exception {
    open(1);
    String text = "x".repeat(100_000);
    int sent = fill(ids.getFirst(), text);
    for (int i = 0; i < PINGS; i++) {
      peers.getFirst().send(Frames.PING, new byte[100]);
    }
    peers.getFirst().send("after the pings");
    assertThat(recorder.next(Event.Message.class).body()).isEqualTo("after the pings");
    int pongs = 0;
    for (int i = 0; i < sent; i++) {
      assertThat(peers.getFirst().text()).isEqualTo(text);
    }
    peers.getFirst().send(Frames.CLOSE);
    while (peers.getFirst().read().opcode() == Frames.PONG) {
      pongs++;
    }
    assertThat(pongs).isLessThan(PINGS);
  }

  @Test
  void aHandlerGoesOnWhenItSendsToAnIdThatIsGone() throws Exception {
    open(2);
    peers.get(1).send(Frames.CLOSE);
    recorder.logged("closed");
    recorder.answering(event -> {
      boolean sent = gateway.sender().postToConnection(ids.get(1), "gone?");
      gateway.sender().postToConnection(event.connection().connectionId(), "sent: " + sent);
      return Response.OK;
    });
    peers.getFirst().send("hello");
    assertThat(peers.getFirst().text()).isEqualTo("sent: false");
  }
}
