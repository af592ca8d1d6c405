package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Clients that send rubbish, or nothing: they are cut off, and others are served. */
@Timeout(60)
final class GarbageTest {
  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = Gateway.builder(recorder).listener(recorder).clock(clock)
      .profile(Profile.AWS.pendingRequests(200).connectionBurst(100_000))
      .routes(Routes.NONE.twoWay("$default")).start();

  @AfterEach
  void close() throws Exception {
    recorder.answering(event -> dev.pinion.spi.Response.reply(((Event.Message) event).body()));
    try (Peer peer = Peer.open(gateway)) {
      peer.send("still served");
      assertThat(peer.text()).isEqualTo("still served");
    }
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello\r\n\r\n", "GET /prod\r\n\r\n", "GET /prod HTTP/1.0\r\nHost: x\r\n\r\n",
    "GET  /prod HTTP/1.1\r\nHost: x\r\n\r\n", "GET /prod HTTP/1.1\r\n\r\n", "GET /prod HTTP/1.1\nHost: x\n\n\n",
    "GET /prod HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "GET /prod HTTP/1.1\r\nHost : x\r\n\r\n",
    "GET /prod HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", "GET http://x/prod HTTP/1.1\r\nHost: x\r\n\r\n",
    "G(T /prod HTTP/1.1\r\nHost: x\r\n\r\n", "GET /prod HTTP/1.1\r\nHost: x\r\nA: \u0001\r\n\r\n",
    "GET /prod HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    "GET /%zz HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"})
  void whatIsNotHttpIs400(String text) throws Exception {
    try (Peer peer = new Peer(gateway.port())) {
      peer.raw(text.replace("PORT", Integer.toString(gateway.port())));
      assertThat(peer.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void aMalformedQueryIs400() throws Exception {
    try (Peer peer = new Peer(gateway.port())) {
      assertThat(peer.request("GET", "/prod?%zz", "", "Upgrade: websocket", "Connection: Upgrade",
          "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==").status()).isEqualTo(400);
    }
  }

  @Test
  void longHeadersAre431() throws Exception {
    try (Peer peer = new Peer(gateway.port())) {
      assertThat(peer.request("GET", "/prod", "", "X: " + "x".repeat(10_100)).status()).isEqualTo(426);
      assertThat(peer.request("GET", "/prod", "", "X: " + "x".repeat(10_240)).status()).isEqualTo(431);
    }
  }

  @Test
  void endlessHeadersAreCutOff() throws Exception {
    try (Peer peer = new Peer(gateway.port())) {
      try {
        peer.raw("GET /prod HTTP/1.1\r\n");
        for (int i = 0; i < 1024; i++) {
          peer.raw("X: " + "x".repeat(1021));
        }
      } catch (SocketException e) {
        assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
      }
      assertThat(recorder.logged("refused")).isEqualTo("refused 431 : headers over 10240 bytes");
    }
  }

  @Test
  void endlessUrlIsCutOff() throws Exception {
    try (Peer peer = new Peer(gateway.port())) {
      peer.raw("GET /" + "x".repeat(6000));
      assertThat(peer.answer().status()).isEqualTo(414);
    }
  }

  @Test
  void halfRequestsEndAtTheDeadline() throws Exception {
    try (Peer half = new Peer(gateway.port());
        Peer nothing = new Peer(gateway.port());
        Peer kept = new Peer(gateway.port())) {
      half.raw("GET /prod HTTP/1.1\r\nHost:");
      assertThat(kept.request("GET", "/prod", "").status()).isEqualTo(426);
      clock.advance(Duration.ofSeconds(10));
      assertThat(half.ended()).isTrue();
      assertThat(nothing.ended()).isTrue();
      assertThat(kept.request("GET", "/prod", "").status()).isEqualTo(426);
      clock.advance(Duration.ofSeconds(60));
      assertThat(kept.ended()).isTrue();
    }
  }

  @Test
  void tenThousandThatNeverFinishMakeRoomForEachOther() throws Exception {
    Deque<Peer> idle = new ArrayDeque<>();
    for (int i = 0; i < 10_000; i++) {
      Peer peer = new Peer(gateway.port());
      idle.add(peer);
      try {
        peer.raw("GET /prod HTTP/1.1\r\n");
      } catch (SocketException e) {
        assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
      }
      if (i % 1000 == 999) {
        try (Peer served = Peer.open(gateway)) {
          served.send(Frames.PING);
          assertThat(served.read().opcode()).isEqualTo(Frames.PONG);
        }
      }
      if (idle.size() > 400) {
        try (Peer oldest = idle.remove()) {
          assertThat(oldest.ended()).isTrue();
        }
      }
    }
    for (Peer peer : idle) {
      peer.close();
    }
  }

  @Test
  void mutatedStreamsNeitherStopTheLoopNorLeak() throws Exception {
    Random random = new Random(1);
    String request = "GET /prod HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n"
        + String.join("\r\n", Peer.handshake()) + "\r\n\r\n";
    for (int round = 0; round < 1500; round++) {
      byte[] stream = stream(request);
      int from = random.nextBoolean() ? request.length() : 0;
      for (int i = random.nextInt(3); i >= 0; i--) {
        stream[from + random.nextInt(stream.length - from)] = (byte) random.nextInt();
      }
      try (Peer peer = new Peer(gateway.port())) {
        int cut = random.nextInt(stream.length);
        peer.raw(java.util.Arrays.copyOf(stream, cut));
        peer.raw(java.util.Arrays.copyOfRange(stream, cut, stream.length));
        if (round % 3 == 0) {
          peer.reset();
        }
      } catch (SocketException e) {
        assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*|Socket closed");
      }
    }
    awaitNoConnections();
  }

  private static byte[] stream(String request) {
    java.io.ByteArrayOutputStream stream = new java.io.ByteArrayOutputStream();
    stream.writeBytes(request.getBytes(ISO_8859_1));
    stream.writeBytes(Peer.frame(true, Frames.TEXT, "hello".getBytes(UTF_8)));
    stream.writeBytes(Peer.frame(false, Frames.TEXT, "wörld".getBytes(UTF_8)));
    stream.writeBytes(Peer.frame(true, Frames.PING, "p".getBytes(UTF_8)));
    stream.writeBytes(Peer.frame(true, Frames.CONTINUATION, new byte[200]));
    return stream.toByteArray();
  }

  private void awaitNoConnections() throws Exception {
    List<String> closed = new ArrayList<>();
    while (gateway.connections() > 0) {
      closed.add(recorder.logged("closed"));
    }
    assertThat(closed).allMatch(line -> line.matches("closed 10\\d\\d .*"));
  }
}
