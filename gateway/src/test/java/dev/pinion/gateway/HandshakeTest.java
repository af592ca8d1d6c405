package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client sees of its handshake, and what the {@code $connect} handler is told. */
@Timeout(30)
final class HandshakeTest {
  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder).clock(clock).apiId("api1")
      .allowHost("ws.example.com")
      .profile(Profile.AWS.connectionBurst(20))
      .routes(RouteTable.of("$connect", "$default")).start();

  @AfterEach
  void close() {
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private Peer.Answer get(String path, String... headers) throws IOException {
    try (Peer peer = new Peer(gateway.port())) {
      return peer.request("GET", path, "", headers);
    }
  }

  @Test
  void isAnsweredAsTheStandardSays() throws Exception {
    Peer.Answer answer = get("/prod", Peer.handshake());
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(answer.header("upgrade")).isEqualTo("websocket");
    assertThat(answer.header("sec-websocket-protocol")).isEmpty();
  }

  @Test
  void tellsTheHandlerOfTheClient() throws Exception {
    get("/prod?room=a%20b&x=1&x=2&flag", Peer.handshake("User-Agent: test/1", "Authorization: Bearer t",
        "x-forwarded-for: 192.0.2.7", "Cookie: a=1", "cookie: b=2"));
    Event.Connect event = recorder.next(Event.Connect.class);
    assertThat(event.routeKey()).isEqualTo("$connect");
    assertThat(event.requestTimeEpoch()).isEqualTo(SettableClock.START.toEpochMilli());
    assertThat(event.requestId()).matches("[A-Za-z0-9_-]{15}=");
    assertThat(event.connection().connectionId()).matches("[A-Za-z0-9_-]{15}=").isNotEqualTo(event.requestId());
    assertThat(event.connection().connectedAt()).isEqualTo(SettableClock.START.toEpochMilli());
    assertThat(event.connection().sourceIp()).isEqualTo("127.0.0.1");
    assertThat(event.connection().userAgent()).contains("test/1");
    assertThat(event.connection().domainName()).isEqualTo("localhost:" + gateway.port());
    assertThat(event.connection().stage()).isEqualTo("prod");
    assertThat(event.connection().apiId()).isEqualTo("api1");
    assertThat(event.queryStringParameters())
        .isEqualTo(Map.of("room", List.of("a b"), "x", List.of("1", "2"), "flag", List.of("")));
    assertThat(event.headers())
        .containsEntry("Host", List.of("localhost:" + gateway.port()))
        .containsEntry("Authorization", List.of("Bearer t"))
        .containsEntry("Cookie", List.of("a=1", "b=2"))
        .containsEntry("Sec-WebSocket-Version", List.of("13"))
        .containsEntry("X-Forwarded-For", List.of("192.0.2.7, 127.0.0.1"))
        .containsEntry("X-Forwarded-Port", List.of(Integer.toString(gateway.port())))
        .containsEntry("X-Forwarded-Proto", List.of("http"))
        .doesNotContainKeys("Connection", "Upgrade", "content-length", "x-forwarded-for");
    assertThat(event.headers().getOrDefault("X-Amzn-Trace-Id", List.of()))
        .singleElement().asString().matches("Root=1-6731ebfc-[0-9a-f]{24}");
  }

  /** As on AWS, where it is the custom domain, the management API has its own address. */
  @Test
  void allEventsHaveTheDomainThatTheClientUsed() throws Exception {
    try (Peer peer = Peer.open(gateway, "Host: ws.example.com")) {
      Event.Connect connect = recorder.next(Event.Connect.class);
      assertThat(connect.headers()).containsEntry("Host", List.of("ws.example.com"));
      assertThat(connect.connection().domainName()).isEqualTo("ws.example.com");
      peer.send("hello");
      assertThat(recorder.next(Event.Message.class).connection().domainName()).isEqualTo("ws.example.com");
    }
    assertThat(gateway.sender().url()).isEqualTo("ws://localhost:" + gateway.port() + "/prod");
  }

  @Test
  void theTokenOfThePagesClientStaysInTheGateway() throws Exception {
    String token = "0123456789abcdef01234567";
    get("/prod?room=a&pinion-client=" + token + "&x=1", Peer.handshake());
    Event.Connect event = recorder.next(Event.Connect.class);
    assertThat(event.queryStringParameters()).isEqualTo(Map.of("room", List.of("a"), "x", List.of("1")));
    assertThat(recorder.logged("client ")).isEqualTo("client " + token + " is " + event.connection().connectionId());
    get("/prod?pinion-client=" + token, Peer.handshake());
    assertThat(recorder.next(Event.Connect.class).queryStringParameters()).isEmpty();
    get("/prod?pinion-client=mine", Peer.handshake());
    assertThat(recorder.next(Event.Connect.class).queryStringParameters())
        .isEqualTo(Map.of("pinion-client", List.of("mine")));
  }

  @Test
  void thePagesClientLearnsWhyItWasRefused() throws Exception {
    String token = "?pinion-client=0123456789abcdef01234567";
    recorder.answering(_ -> Response.status(401));
    assertThat(get("/prod" + token, Peer.handshake()).status()).isEqualTo(401);
    assertThat(recorder.logged("client 0123456789abcdef01234567 refused"))
        .endsWith("refused 401: the $connect handler's answer");
    assertThat(get("/nowhere" + token, Peer.handshake()).status()).isEqualTo(403);
    assertThat(recorder.logged("client 0123456789abcdef01234567 refused")).endsWith("refused 403: unknown stage");
    assertThat(get("/prod" + token, Peer.handshake("Origin: https://example.com")).status()).isEqualTo(403);
    assertThat(recorder.logged("client 0123456789abcdef01234567 refused")).contains("refused 403: Origin 'https://");
  }

  @Test
  void withoutQueryAndUserAgentSaysSo() throws Exception {
    get("/prod/", Peer.handshake());
    Event.Connect event = recorder.next(Event.Connect.class);
    assertThat(event.queryStringParameters()).isEmpty();
    assertThat(event.connection().userAgent()).isEmpty();
  }

  @Test
  void waitsForTheHandler() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch decided = new CountDownLatch(1);
    recorder.answering(event -> {
      if (event instanceof Event.Connect) {
        asked.countDown();
        decided.await();
      }
      return Response.OK;
    });
    try (Peer peer = new Peer(gateway.port())) {
      peer.ask("GET", "/prod", "", Peer.handshake());
      peer.send("too early, but kept");
      asked.await();
      assertThat(peer.socket().getInputStream().available()).isZero();
      assertThat(gateway.connections()).isZero();
      decided.countDown();
      assertThat(peer.answer().status()).isEqualTo(101);
      assertThat(recorder.next(Event.Message.class).body()).isEqualTo("too early, but kept");
    }
  }

  @ParameterizedTest
  @CsvSource({"400, 400", "401, 401", "403, 403", "501, 501", "302, 302", "101, 502", "99, 502", "600, 502"})
  void forwardsTheHandlersStatusAlone(int status, int seen) throws Exception {
    recorder.answering(_ -> new Response(status, Map.of("X-Secret", "1"), Optional.of("body")));
    Peer.Answer answer = get("/prod", Peer.handshake());
    assertThat(answer.status()).isEqualTo(seen);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.head()).doesNotContain("X-Secret");
    assertThat(gateway.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void opensAtAnyStatusOfSuccess(int status) throws Exception {
    recorder.answering(_ -> new Response(status, Map.of("X-Secret", "1"), Optional.of("body")));
    Peer.Answer answer = get("/prod", Peer.handshake());
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.head()).doesNotContain("X-Secret");
  }

  @Test
  void is502WhenTheHandlerThrows() throws Exception {
    recorder.answering(_ -> {
      throw new IOException("no table");
    });
    assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(502);
    assertThat(recorder.logged("failed")).isEqualTo("failed $connect java.io.IOException: no table");
  }

  @Test
  void is504AtTheIntegrationTimeout() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    recorder.answering(_ -> {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return Response.OK;
    });
    try (Peer peer = new Peer(gateway.port())) {
      peer.ask("GET", "/prod", "", Peer.handshake());
      recorder.next(Event.Connect.class);
      clock.advance(Duration.ofSeconds(29));
      assertThat(peer.answer().status()).isEqualTo(504);
    }
    interrupted.await();
    assertThat(recorder.logged("timedOut")).isEqualTo("timedOut $connect");
    assertThat(gateway.connections()).isZero();
  }

  @Test
  void passesTheHandlersSubprotocolOnly() throws Exception {
    recorder.answering(_ -> new Response(200, Map.of("sec-websocket-protocol", "chat", "Set-Cookie", "a=b"),
        Optional.empty()));
    Peer.Answer answer = get("/prod", Peer.handshake("Sec-WebSocket-Protocol: chat, other"));
    assertThat(answer.header("sec-websocket-protocol")).isEqualTo("chat");
    assertThat(answer.head()).doesNotContain("Set-Cookie");
  }

  @Test
  void namesNoSubprotocolWhereTheHandlerNamesNone() throws Exception {
    Peer.Answer answer = get("/prod", Peer.handshake("Sec-WebSocket-Protocol: chat"));
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.header("sec-websocket-protocol")).isEmpty();
    assertThat(recorder.next(Event.Connect.class).headers()).containsEntry("Sec-WebSocket-Protocol", List.of("chat"));
    gateway.routes(RouteTable.of("$default"));
    assertThat(get("/prod", Peer.handshake("Sec-WebSocket-Protocol: chat")).header("sec-websocket-protocol"))
        .isEmpty();
  }

  @Test
  void offersNoExtension() throws Exception {
    Peer.Answer answer = get("/prod", Peer.handshake("Sec-WebSocket-Extensions: permessage-deflate"));
    assertThat(answer.status()).isEqualTo(101);
    assertThat(answer.header("sec-websocket-extensions")).isEmpty();
  }

  @Test
  void refusesTwoSubprotocolsOfTheHandler() throws Exception {
    recorder.answering(_ -> new Response(200,
        Map.of("Sec-WebSocket-Protocol", "a", "sec-websocket-protocol", "b"), Optional.empty()));
    assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(502);
  }

  @Test
  void refusesASubprotocolThatWouldSplitTheAnswer() throws Exception {
    recorder.answering(_ -> new Response(200, Map.of("Sec-WebSocket-Protocol", "a\r\nX: y"), Optional.empty()));
    assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(502);
  }

  @Test
  void connectsWithoutAConnectRoute() throws Exception {
    gateway.routes(RouteTable.of("$default"));
    assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(101);
    assertThat(recorder.events()).isEmpty();
  }

  @Test
  void isGoneForItsOwnConnectHandler() throws Exception {
    recorder.answering(event -> {
      if (event instanceof Event.Connect) {
        boolean sent = gateway.sender().postToConnection(event.connection().connectionId(), "hello");
        return Response.status(sent ? 500 : 200);
      }
      return Response.OK;
    });
    assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(101);
    assertThat(recorder.logged("sentWhile")).isEqualTo("sentWhileConnecting true");
  }

  /** Its own handler's send is a mistake; that of another one, which has found the row of the connection, is not. */
  @Test
  void isGoneForOthersWithoutAWarning() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    BlockingQueue<String> connecting = new LinkedBlockingQueue<>();
    recorder.answering(event -> {
      if (event instanceof Event.Connect && event.routeKey().equals("$connect")) {
        connecting.add(event.connection().connectionId());
        sent.await();
      }
      return Response.OK;
    });
    try (Peer peer = new Peer(gateway.port())) {
      peer.ask("GET", "/prod", "", Peer.handshake());
      String id = connecting.take();
      assertThat(gateway.sender().postToConnection(id, "hello")).isFalse();
      assertThat(gateway.sender().broadcast(List.of(id).iterator(), "hello").gone()).containsExactly(id);
      sent.countDown();
      assertThat(peer.answer().status()).isEqualTo(101);
      assertThat(recorder.logged("")).startsWith("opened");
    }
  }

  @Test
  void belowTheStageTheAnswersAreThoseOfTheStageWithoutAnUpgrade() throws Exception {
    assertThat(get("/prod/below").status()).isEqualTo(426);
    assertThat(get("/prod/below/it?x=1").status()).isEqualTo(426);
    assertThat(get("/prod/below", Peer.handshake()).status()).isEqualTo(403);
    assertThat(get("/production").status()).isEqualTo(403);
    assertThat(recorder.events()).isEmpty();
  }

  @Test
  void plainGetIs426() throws Exception {
    Peer.Answer answer = get("/prod");
    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.header("upgrade")).isEqualTo("websocket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/dev", "/prod/more", "/prodd", "//prod", "/@connections/abc"})
  void elsewhereIs403(String path) throws Exception {
    Peer.Answer answer = get(path, Peer.handshake());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Forbidden\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Upgrade: websocket|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
    "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13",
    "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: c2hvcnQ=|Sec-WebSocket-Version: 13",
    "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13"})
  void badUpgradeIs400(String headers) throws Exception {
    assertThat(get("/prod", headers.split("\\|", -1)).status()).isEqualTo(400);
  }

  @Test
  void otherVersionIs426AndSaysWhich() throws Exception {
    Peer.Answer answer = get("/prod", "Upgrade: websocket", "Connection: keep-alive, upgrade",
        "Sec-WebSocket-Key: " + Peer.KEY, "Sec-WebSocket-Version: 8");
    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.header("sec-websocket-version")).isEqualTo("13");
  }

  @Test
  void longUrlIs414() throws Exception {
    assertThat(get("/prod?" + "x".repeat(4090), Peer.handshake()).status()).isEqualTo(101);
    assertThat(get("/prod?" + "x".repeat(4091), Peer.handshake()).status()).isEqualTo(414);
  }

  @Test
  void tooManyAtOnceAre429() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(101);
    }
    assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(429);
    clock.advance(Duration.ofMillis(2));
    assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(101);
    assertThat(get("/prod", Peer.handshake()).status()).isEqualTo(429);
  }
}
