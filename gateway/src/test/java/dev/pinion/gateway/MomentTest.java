package dev.pinion.gateway;

import dev.pinion.PayloadTooLargeException;
import dev.pinion.engine.Frames;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Limits that are changed while connections are open, and the frames of the gateway itself. */
@Timeout(60)
final class MomentTest {
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = new GatewayBuilder(recorder).clock(clock).listener(new GatewayListener() {
    @Override
    public void frame(ConnectionContext connection, GatewayFrame frame) {
      frames.add((frame.sent() ? "sent " : "received ") + frame.kind() + " " + frame.text());
    }
  }).routes(RouteTable.of("chat", "$disconnect").twoWay("chat").selectedBy(body -> body)).start();

  @AfterEach
  void close() {
    gateway.close();
  }

  private void limit(Limit limit, long value) {
    gateway.profile(limit.in(gateway.profile(), value));
    assertThat(limit.of(gateway.profile())).isEqualTo(value);
  }

  private String next() throws InterruptedException {
    return String.valueOf(frames.poll(20, TimeUnit.SECONDS));
  }

  /** Moves the clock once what was sent before is noted: a handler may note it a moment after the client has it. */
  private void advance(Duration time) {
    clock.advance(Duration.ofSeconds(1));
    gateway.sweep();
    clock.advance(time);
  }

  private String connected(Peer peer) throws Exception {
    recorder.answering(event -> new Response(200, Map.of(), Optional.of(event.connection().connectionId())));
    peer.send("chat");
    String id = peer.text();
    recorder.next(Event.Message.class);
    return id;
  }

  @Test
  void sizesOfOpenConnections() throws Exception {
    try (Peer peer = Peer.open(gateway)) {
      String id = connected(peer);
      limit(Limit.POST_BYTES, 10);
      assertThatThrownBy(() -> gateway.sender().postToConnection(id, "x".repeat(11)))
          .isInstanceOf(PayloadTooLargeException.class);
      assertThat(gateway.sender().postToConnection(id, "x".repeat(10))).isTrue();
      assertThat(peer.text()).hasSize(10);
      limit(Limit.MESSAGE_BYTES, 1_000_000);
      limit(Limit.FRAME_BYTES, 1_000_000);
      peer.send("x".repeat(200_000));
      assertThat(peer.text()).contains("Forbidden");
      limit(Limit.FRAME_BYTES, 20);
      gateway.sender().postToConnection(id, "changed");
      assertThat(peer.text()).isEqualTo("changed");
      peer.send("x".repeat(21));
      assertThat(peer.closed().code()).isEqualTo(1009);
    }
  }

  @Test
  void times() throws Exception {
    try (Peer peer = Peer.open(gateway); Peer other = Peer.open(gateway)) {
      connected(peer);
      connected(other);
      limit(Limit.IDLE_TIMEOUT, 5_000);
      advance(Duration.ofSeconds(3));
      other.send("chat");
      other.text();
      advance(Duration.ofSeconds(2));
      assertThat(peer.closed()).isEqualTo(CloseStatuses.GOING_AWAY);
      assertThat(gateway.connections()).isEqualTo(1);
      limit(Limit.LIFETIME, 8_000);
      clock.advance(Duration.ofSeconds(1));
      assertThat(other.closed()).isEqualTo(CloseStatuses.GOING_AWAY);
    }
  }

  @Test
  void howLongAClientWaitsForAHandler() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (Peer peer = Peer.open(gateway)) {
      connected(peer);
      limit(Limit.INTEGRATION_TIMEOUT, 1_000);
      recorder.answering(_ -> {
        held.await();
        return Response.OK;
      });
      peer.send("chat");
      recorder.next(Event.Message.class);
      clock.advance(Duration.ofSeconds(1));
      assertThat(peer.text()).contains("Endpoint request timed out");
      assertThat(next()).startsWith("sent ERROR {\"message\": \"Endpoint request timed out\"");
    } finally {
      held.countDown();
    }
  }

  @Test
  void ratesOfConnections() throws Exception {
    limit(Limit.CONNECTION_RATE, 1);
    limit(Limit.CONNECTION_BURST, 1);
    try (Peer first = Peer.open(gateway); Peer second = new Peer(gateway.port())) {
      assertThat(second.upgrade("/prod").status()).isEqualTo(429);
      connected(first);
    }
    limit(Limit.CONNECTION_BURST, 100);
    limit(Limit.CONNECTION_RATE, 100);
    clock.advance(Duration.ofSeconds(1));
    try (Peer third = Peer.open(gateway)) {
      connected(third);
    }
  }

  @Test
  void limitsHaveBounds() {
    assertThatThrownBy(() -> limit(Limit.FRAME_BYTES, 0)).hasMessage("The frame size must be from 1 to 16777216");
    assertThatThrownBy(() -> limit(Limit.IDLE_TIMEOUT, 86_400_001)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void framesOfTheGatewayItselfAreTold() throws Exception {
    try (Peer peer = Peer.open(gateway)) {
      String id = connected(peer);
      peer.send("nowhere");
      peer.text();
      assertThat(next()).startsWith("sent ERROR {\"message\": \"Forbidden\"");
      peer.send(Frames.PING, "here?".getBytes(UTF_8));
      assertThat(peer.read().opcode()).isEqualTo(Frames.PONG);
      assertThat(next()).isEqualTo("received PING here?");
      assertThat(next()).isEqualTo("sent PONG here?");
      peer.send(Frames.PONG);
      assertThat(next()).isEqualTo("received PONG ");
      gateway.sender().deleteConnection(id);
      assertThat(next()).isEqualTo("sent CLOSE 1000 Connection Closed Normally, by @connections");
    }
    try (Peer peer = Peer.open(gateway)) {
      peer.send(Frames.CLOSE, (byte) 0x0F, (byte) 0xA1, (byte) 'x');
      assertThat(next()).isEqualTo("received CLOSE 4001 x");
      assertThat(next()).isEqualTo("sent CLOSE 4001 x, in answer to the client");
    }
    try (Peer peer = Peer.open(gateway)) {
      connected(peer);
      peer.reset();
      assertThat(next()).isEqualTo("received CLOSE 1006, the connection was lost");
    }
    try (Peer peer = Peer.open(gateway)) {
      connected(peer);
      advance(Duration.ofMinutes(10));
      assertThat(next()).isEqualTo("sent CLOSE 1001 Going away, by the gateway: it was idle");
    }
    try (Peer peer = Peer.open(gateway)) {
      connected(peer);
      peer.send(Frames.BINARY, (byte) 1);
      assertThat(next()).startsWith("sent CLOSE 1003, by the gateway: the client sent a binary message");
    }
  }
}
