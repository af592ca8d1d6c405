package dev.pinion.gateway;

import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Broadcasts whose ids throw, block, or are null: whoever came before gets the message, and stays reachable. */
@Timeout(30)
final class BroadcastTest {
  private final Recorder recorder = new Recorder();
  private final Gateway gateway =
      new GatewayBuilder(recorder).listener(recorder).routes(RouteTable.of("$default")).start();
  private final List<Peer> peers = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();

  @BeforeEach
  void connect() throws Exception {
    for (int i = 0; i < 3; i++) {
      peers.add(Peer.open(gateway));
      ids.add(recorder.logged("opened").substring(7));
    }
  }

  @AfterEach
  void close() throws Exception {
    for (Peer peer : peers) {
      peer.close();
    }
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private Iterator<String> throwing() {
    return Stream.concat(ids.stream(), Stream.of("bad").map(_ -> {
      throw new IllegalStateException("a row without an id");
    })).map(String.class::cast).iterator();
  }

  private void reachable(String text) throws Exception {
    for (Peer peer : peers) {
      assertThat(peer.text()).isEqualTo(text);
      peer.send(Frames.PING);
      assertThat(peer.read().opcode()).isEqualTo(Frames.PONG);
    }
    for (int i = 0; i < peers.size(); i++) {
      assertThat(gateway.sender().postToConnection(ids.get(i), "each")).isTrue();
      assertThat(peers.get(i).text()).isEqualTo("each");
    }
  }

  @Test
  void idsThatThrowLeaveNobodyMute() throws Exception {
    assertThatThrownBy(() -> gateway.sender().broadcast(throwing(), "all"))
        .isInstanceOf(IllegalStateException.class).hasMessage("a row without an id");
    reachable("all");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inAHandlerTheSenderGetsItsErrorFrame(boolean afterABlock) throws Exception {
    Semaphore blocked = new Semaphore(0);
    recorder.answering(event -> {
      if (event instanceof Event.Message) {
        if (afterABlock) {
          blocked.acquire();
        }
        gateway.sender().broadcast(throwing(), "all");
      }
      return Response.OK;
    });
    peers.getFirst().send("go");
    recorder.next(Event.Message.class);
    blocked.release();
    assertThat(peers.getFirst().text()).isEqualTo("all");
    assertThat(peers.getFirst().text()).contains("Internal server error");
    recorder.answering(_ -> Response.OK);
    assertThat(peers.get(1).text()).isEqualTo("all");
    assertThat(peers.get(2).text()).isEqualTo("all");
    gateway.sender().broadcast(ids.iterator(), "again");
    reachable("again");
  }

  @Test
  void idsThatBlockHoldUpNobodyBeforeThem() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    Iterator<String> slow = Stream.concat(ids.stream(), Stream.of(ids.getFirst()).map(id -> {
      try {
        received.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return id;
    })).iterator();
    Thread sender = Thread.ofVirtual().start(() -> gateway.sender().broadcast(slow, "all"));
    reachable("all");
    received.countDown();
    assertThat(peers.getFirst().text()).isEqualTo("all");
    sender.join();
  }

  /** Its handler's time is over, and there may be no end. */
  @Test
  void anInterruptEndsABroadcast() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Thread sender = Thread.ofVirtual().start(() -> {
      assertThatThrownBy(() -> gateway.sender().broadcast(
          Stream.iterate("AAAAAAAAAAAAAAA=", id -> id).iterator(), "for ever"))
          .isInstanceOf(CancellationException.class);
      ended.countDown();
    });
    sender.interrupt();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aNullIdFailsAndNoOtherReceiver() throws Exception {
    List<String> withNull = new ArrayList<>(ids);
    withNull.addAll(Arrays.asList(null, "AAAAAAAAAAAAAAA="));
    Broadcast done = gateway.sender().broadcast(withNull.iterator(), "all");
    assertThat(done.sent()).isEqualTo(3);
    assertThat(done.gone()).containsExactly("AAAAAAAAAAAAAAA=");
    assertThat(done.failed()).containsOnlyKeys("null");
    assertThat(done.failed().get("null")).isExactlyInstanceOf(BadRequestException.class)
        .hasMessage("the connection id at position 4 is null");
    reachable("all");
  }
}
