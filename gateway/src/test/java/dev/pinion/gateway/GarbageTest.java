package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that speak no HTTP, too much of it, or half of it: they are cut off, and others are served. */
@Timeout(60)
final class GarbageTest {
  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder).clock(clock)
      .profile(Profile.AWS.pendingBytes(1 << 20))
      .routes(RouteTable.NONE.twoWay("$default")).start();

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
  @ValueSource(strings = {"hello\r\n\r\n", "GET /prod\r\n\r\n", "GET /prod HTTP/1.2\r\nHost: x\r\n\r\n",
    "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",

    "GET  /prod HTTP/1.1\r\nHost: x\r\n\r\n", "GET /prod HTTP/1.1\r\n\r\n", "GET /prod HTTP/1.1\nHost: x\n\n\n",
    "GET /prod HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "GET /prod HTTP/1.1\r\nHost : x\r\n\r\n",
    "GET /prod HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", "GET http:/prod HTTP/1.1\r\nHost: x\r\n\r\n",
    "G(T /prod HTTP/1.1\r\nHost: x\r\n\r\n", "GET /prod HTTP/1.1\r\nHost: x\r\nA: \u0001\r\n\r\n",
    "GET /prod HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    "GET /prod HTTP/1.1\n", "\r\n\r\n", "\n", "\r \r\n", "\u0016\u0003\u0001\u0002",
    "GET /pr\u0000d HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /pr\u00f6d HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\n",
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
  void aMegabyteOfHeadersIs431AndCutOff() throws Exception {
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
  void bodiesThatNeverEndMakeRoomForEachOther() throws Exception {
    List<Peer> peers = new ArrayList<>();
    byte[] half = new byte[100_000];
    for (int i = 0; i < 30; i++) {
      Peer peer = new Peer(gateway.port());
      peers.add(peer);
      peer.raw("POST /prod/@connections/AAAAAAAAAAAAAAA= HTTP/1.1\r\nHost: localhost:" + gateway.port()
          + "\r\nContent-Length: 100001\r\nExpect: 100-continue\r\n\r\n");
      assertThat(peer.answer().status()).isEqualTo(100);
      peer.raw(half);
    }
    for (Peer peer : peers.subList(0, 19)) {
      assertThat(peer.ended()).isTrue();
    }
    try (Peer last = peers.getLast()) {
      last.raw("x");
      assertThat(last.answer().status()).isEqualTo(410);
    }
    for (Peer peer : peers) {
      peer.close();
    }
  }
}
