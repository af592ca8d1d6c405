package dev.pinion.gateway;

import dev.pinion.spi.HttpApiModel.Cors;
import dev.pinion.spi.HttpEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** The gateway of an HTTP API, spoken to over raw sockets. */
@Timeout(60)
final class HttpGatewayTest {
  private static final Cors CORS = new Cors(
      List.of("https://shop.example"), List.of("GET", "PUT"), List.of("content-type"), List.of("x-total"),
      Optional.of(Duration.ofHours(1)), true);

  private final HttpHooks hooks = new HttpHooks();
  private final SettableClock clock = new SettableClock();
  private HttpGateway gateway = new HttpGatewayBuilder(
      hooks.deployment("ANY /a", "POST /echo", "ANY /blocks", "GET /fails", "GET /large", "GET /x/{y}"))
      .clock(clock).start();

  @AfterEach
  void close() {
    hooks.released.countDown();
    gateway.close(Duration.ofSeconds(5));
  }

  private void start(HttpDeployment deployment) {
    gateway.close();
    gateway = new HttpGatewayBuilder(deployment).clock(clock).start();
  }

  private Peer peer() throws IOException {
    return new Peer(gateway.port());
  }

  private Peer.Answer request(String method, String path, String body, String... headers) throws IOException {
    try (Peer peer = peer()) {
      return peer.request(method, path, body, headers);
    }
  }

  private HttpEvent event() throws InterruptedException {
    return requireNonNull(hooks.events.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void theEventIsWhatApiGatewaySends() throws Exception {
    Peer.Answer answer = request(
        "POST", "/echo?b=1&a=%20", "{}", "Content-Type: application/json", "X-Multi: 1", "Cookie: a=1; b=2",
        "x-multi: 2", "User-Agent: tester", "X-Forwarded-For: 10.0.0.1", "Connection: keep-alive", "TE: trailers");
    HttpEvent event = event();
    assertThat(event.routeKey()).isEqualTo("POST /echo");
    assertThat(event.rawQuery()).isEqualTo("b=1&a=%20");
    assertThat(event.cookies()).containsExactly("a=1", "b=2");
    assertThat(event.headers()).containsEntry("x-multi", "1,2").containsEntry("content-length", "2")
        .containsEntry("x-forwarded-for", "10.0.0.1, 127.0.0.1").containsEntry("x-forwarded-proto", "http")
        .containsEntry("host", "localhost:" + gateway.port())
        .containsKeys("x-amzn-trace-id", "x-forwarded-port").doesNotContainKeys("cookie", "connection", "te");
    assertThat(event.headers().get("x-amzn-trace-id")).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
    assertThat(event.context().userAgent()).contains("tester");
    assertThat(event.context().timeEpoch()).isEqualTo(clock.millis());
    assertThat(answer.header("apigw-requestid")).isEqualTo(event.context().requestId()).hasSize(16);
    assertThat(answer.header("content-type")).isEqualTo("text/plain;charset=UTF-8");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "application/json | true", "Application/JSON; charset=utf-8 | true", "text/csv | true", "application/xml | true",
    "application/javascript | true", "application/x-www-form-urlencoded | false", "image/png | false",
    "application/problem+json | false", "'' | false"})
  void bodiesAreTextAsOnAws(String type, boolean text) throws Exception {
    if (type.isEmpty()) request("POST", "/echo", "x");
    else request("POST", "/echo", "x", "Content-Type: " + type);
    assertThat(event().body().isText()).isEqualTo(text);
  }

  @Test
  void anEncodedBodyIsNoText() throws Exception {
    request("POST", "/echo", "x", "Content-Type: text/plain", "Content-Encoding: gzip");
    assertThat(event().body().isText()).isFalse();
  }

  @Test
  void requestsPastTheRateAndItsBurstAreThrottled() throws Exception {
    gateway.close();
    gateway = new HttpGatewayBuilder(hooks.deployment(Duration.ofSeconds(30), Optional.of(CORS), "ANY /a"))
        .profile(Profile.AWS.requestRate(1).requestBurst(3)).start();
    for (int i = 0; i < 3; i++) assertThat(request("GET", "/a", "").status()).isEqualTo(200);
    Peer.Answer throttled = request("GET", "/a", "", "Origin: https://shop.example");
    for (int i = 0; i < 20 && throttled.status() == 200; i++) {
      throttled = request("GET", "/a", "", "Origin: https://shop.example"); // a second has passed meanwhile
    }
    assertThat(throttled.status() + throttled.body()).isEqualTo("429{\"message\":\"Too Many Requests\"}");
    assertThat(throttled.header("access-control-allow-origin")).isEqualTo("https://shop.example");
    assertThat(hooks.next())
        .isEqualTo("429 /a: more than 1 requests per second: for load tests, use --request-rate");
  }

  @Test
  void anUnknownRouteIsNotFoundAndLogged() throws Exception {
    Peer.Answer answer = request("GET", "/nowhere", "");
    assertThat(answer.status() + answer.body()).isEqualTo("404{\"message\":\"Not Found\"}");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(hooks.next()).isEqualTo("404 /nowhere: no route matches GET /nowhere");
    assertThat(request("POST", "/fails", "").status()).isEqualTo(404);
  }

  @Test
  void aFailureIsAnInternalServerError() throws Exception {
    Peer.Answer answer = request("GET", "/fails", "");
    assertThat(answer.status() + answer.body()).isEqualTo("500{\"message\":\"Internal Server Error\"}");
    assertThat(hooks.next()).isEqualTo("failed /fails: broken");
  }

  @Test
  void anAnswerOverLambdasLimitIsAFailure() throws Exception {
    assertThat(request("GET", "/large", "").status()).isEqualTo(500);
    assertThat(hooks.next()).isEqualTo(
        "failed /large: The reply has 6291457 bytes as a function's answer, over Lambda's 6291456");
  }

  @ParameterizedTest
  @CsvSource({"text/plain, 6200000, 200", "text/plain, 6291456, 413", "image/png, 4600000, 200",
    "image/png, 4720000, 413", "text/plain, 10485760, 413", "text/plain, 10485761, 413"})
  void aBodyIsLimitedByLambdaAndByApiGateway(String type, int bytes, int status) throws Exception {
    try (Peer peer = peer()) {
      Peer.Answer answer = peer.request("POST", "/echo", "x".repeat(bytes), "Content-Type: " + type);
      assertThat(answer.status()).isEqualTo(status);
      if (status == 413) assertThat(answer.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
      assertThat(peer.request("GET", "/a", "").status()).as("the connection goes on").isEqualTo(200);
    }
  }

  @Test
  void aTextIsLongerInJson() throws Exception {
    assertThat(request("POST", "/echo", "\"".repeat(3_200_000), "Content-Type: text/plain").status()).isEqualTo(413);
  }

  @Test
  void theHandlersOwnTimeoutIsAnInternalServerError() throws Exception {
    start(hooks.deployment(Duration.ofSeconds(3), Optional.empty(), "GET /blocks"));
    try (Peer peer = peer()) {
      peer.ask("GET", "/blocks", "");
      event();
      clock.advance(Duration.ofSeconds(2));
      gateway.sweep();
      assertThat(gateway.handlerLoad().running()).isEqualTo(1);
      clock.advance(Duration.ofSeconds(1));
      gateway.sweep();
      assertThat(peer.answer().status()).isEqualTo(500);
      assertThat(hooks.next()).isEqualTo("failed /blocks: Task timed out after 3 seconds");
    }
  }

  @Test
  void apiGatewayWaitsThirtySecondsAndTheHandlerGoesOn() throws Exception {
    start(hooks.deployment(Duration.ofSeconds(60), Optional.empty(), "GET /blocks"));
    try (Peer peer = peer()) {
      peer.ask("GET", "/blocks", "");
      event();
      clock.advance(Duration.ofSeconds(30));
      gateway.sweep();
      Peer.Answer answer = peer.answer();
      assertThat(answer.status() + answer.body()).isEqualTo("503{\"message\":\"Service Unavailable\"}");
      assertThat(hooks.next()).isEqualTo("timed out /blocks, goes on");
      clock.advance(Duration.ofSeconds(30));
      gateway.sweep();
      assertThat(hooks.next()).isEqualTo("failed /blocks: Task timed out after 60 seconds");
      assertThat(peer.request("GET", "/nowhere", "").status()).as("the connection goes on").isEqualTo(404);
    }
  }

  @Test
  void requestsArePipelinedInOrderAndKeptAlive() throws Exception {
    try (Peer peer = peer()) {
      for (int i = 0; i < 40; i++) peer.ask(i % 3 == 0 ? "POST" : "GET", "/a", i % 3 == 0 ? "x".repeat(i) : "");
      for (int i = 0; i < 40; i++) assertThat(peer.answer().body()).endsWith(" " + (i % 3 == 0 ? i : 0));
    }
  }

  @Test
  void chunkedBodiesAndContinueAreUnderstood() throws Exception {
    try (Peer peer = peer()) {
      peer.raw("POST /echo HTTP/1.1\r\nHost: localhost:" + gateway.port()
          + "\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
      assertThat(peer.answer().status()).isEqualTo(100);
      peer.raw("5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n");
      assertThat(peer.answer().body()).isEqualTo("POST /echo {} 6");
      assertThat(event().headers()).containsEntry("content-length", "6").doesNotContainKeys("transfer-encoding",
          "expect");
    }
  }

  /** RFC 9110 section 10.1.1; whether the body comes all the same is not known, so the connection ends. */
  @ParameterizedTest
  @CsvSource({"/echo, localhost, Content-Length: 6291457, 413", "/none, localhost, Content-Length: 2, 404",
    "/none, localhost, Transfer-Encoding: chunked, 404", "/echo, evil.example, Content-Length: 2, 403"})
  void aBodyThatWouldBeRefusedIsNotAskedFor(String path, String host, String framing, int status) throws Exception {
    try (Peer peer = peer()) {
      peer.raw("POST " + path + " HTTP/1.1\r\nHost: " + host + ":" + gateway.port() + "\r\n" + framing
          + "\r\nExpect: 100-continue\r\n\r\n");
      Peer.Answer answer = peer.answer();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.header("apigw-requestid")).isNotEmpty();
      peer.raw("{}");
      assertThat(peer.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: +5",
    "Content-Length: 5, 5", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding : chunked", "X: a\r\n b",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Host: other"})
  void twoReadersCouldDifferSoItIsRefused(String headers) throws Exception {
    try (Peer peer = peer()) {
      peer.raw("POST /echo HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n" + headers + "\r\n\r\n0\r\n\r\n"
          + "GET /a HTTP/1.1\r\n\r\n");
      assertThat(peer.answer().status()).isEqualTo(400);
      assertThat(peer.ended()).isTrue();
      assertThat(hooks.events).isEmpty();
    }
  }

  @Test
  void aFloodOfHeadersIsRefused() throws Exception {
    try (Peer peer = peer()) {
      peer.raw("GET /a HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n");
      peer.raw("x: y\r\n".repeat(4_000));
      assertThat(peer.answer().status()).isEqualTo(431);
    }
    assertThat(request("GET", "/a?" + "q".repeat(6_000), "", "X: " + "h".repeat(6_000)).status()).isEqualTo(431);
    assertThat(request("GET", "/a?" + "q".repeat(5_000), "", "X: " + "h".repeat(5_000)).status()).isEqualTo(200);
  }

  @Test
  void aBodyThatStallsEndsItsConnection() throws Exception {
    try (Peer peer = peer()) {
      peer.raw("POST /echo HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\nContent-Length: 10\r\n\r\n12345");
      assertThat(request("GET", "/a", "").status()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(11));
      assertThat(peer.ended()).isTrue();
    }
    assertThat(hooks.events.stream().map(HttpEvent::routeKey)).containsExactly("ANY /a");
  }

  @Test
  void aClientThatLeavesDoesNotEndItsHandler() throws Exception {
    try (Peer peer = peer()) {
      peer.ask("GET", "/blocks", "");
      event();
      peer.reset();
    }
    assertThat(request("GET", "/a", "").status()).isEqualTo(200);
    assertThat(gateway.running()).hasSize(1);
    hooks.released.countDown();
    while (!gateway.running().isEmpty()) Thread.onSpinWait();
    assertThat(hooks.log).isEmpty();
  }

  @Test
  void headIsAnsweredWithoutTheBody() throws Exception {
    try (Peer peer = peer()) {
      peer.raw("HEAD /a HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n\r\nGET /a HTTP/1.1\r\nHost: localhost:"
          + gateway.port() + "\r\n\r\n");
      byte[] both = new byte[4096];
      StringBuilder text = new StringBuilder();
      while (!text.toString().contains("ANY /a {} 0")) {
        text.append(new String(both, 0, peer.socket().getInputStream().read(both), UTF_8));
      }
      assertThat(text.toString().split("HTTP/1.1 200 OK", -1)).hasSize(3);
      assertThat(text.toString().split("ANY /a", -1)).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"http://localhost:3000, 200", "https://shop.example, 403", "null, 403", "https://evil.example, 403"})
  void foreignPagesAreKeptAway(String origin, int status) throws Exception {
    assertThat(request("POST", "/echo", "x", "Origin: " + origin).status()).isEqualTo(status);
    assertThat(request("GET", "/a", "", "Host: evil.example").status()).isEqualTo(403);
  }

  @Test
  void corsIsAnsweredAsDeclared() throws Exception {
    start(hooks.deployment(Duration.ofSeconds(29), Optional.of(CORS), "GET /x/{y}", "ANY /any"));
    Peer.Answer preflight = request(
        "OPTIONS", "/x/1", "", "Origin: https://shop.example", "Access-Control-Request-Method: PUT");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-origin")).isEqualTo("https://shop.example");
    assertThat(preflight.header("access-control-allow-methods")).isEqualTo("GET,PUT");
    assertThat(preflight.header("access-control-allow-headers")).isEqualTo("content-type");
    assertThat(preflight.header("access-control-max-age")).isEqualTo("3600");
    assertThat(preflight.header("access-control-allow-credentials")).isEqualTo("true");
    Peer.Answer answer = request("GET", "/x/1", "", "Origin: https://shop.example");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://shop.example");
    assertThat(answer.header("access-control-expose-headers")).isEqualTo("x-total");
    Peer.Answer without = request("GET", "/x/1", "");
    assertThat(without.head()).doesNotContain("access-control");
    assertThat(request("GET", "/nowhere", "", "Origin: https://shop.example").header("access-control-allow-origin"))
        .isEqualTo("https://shop.example");
    assertThat(request("OPTIONS", "/any", "", "Origin: https://shop.example").body()).startsWith("ANY /any");
    assertThat(request("OPTIONS", "/x/1", "", "Origin: https://shop.example").head()).doesNotContain("access-control");
    assertThat(request("GET", "/x/1", "", "Origin: https://evil.example").status()).isEqualTo(403);
  }

  @Test
  void aRequestOfHttp10IsTheLastOfItsConnection() throws Exception {
    try (Peer peer = peer()) {
      String host = "Host: localhost:" + gateway.port() + "\r\n";
      peer.raw("GET /x/1 HTTP/1.0\r\n" + host + "Connection: keep-alive\r\nExpect: 100-continue\r\n\r\n");
      Peer.Answer answer = peer.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.body()).startsWith("GET /x/{y} {y=1}");
      assertThat(peer.ended()).isTrue();
    }
  }

  @Test
  void answersHaveTheDateOfTheClock() throws Exception {
    clock.advance(Duration.between(Instant.ofEpochMilli(clock.millis()), Instant.parse("2026-11-01T09:08:07.999Z")));
    assertThat(request("GET", "/x/1", "").header("date")).isEqualTo("Sun, 01 Nov 2026 09:08:07 GMT");
    assertThat(request("GET", "/nowhere", "").header("date")).isEqualTo("Sun, 01 Nov 2026 09:08:07 GMT");
    clock.advance(Duration.ofSeconds(3));
    assertThat(request("GET", "/x/1", "").header("date")).isEqualTo("Sun, 01 Nov 2026 09:08:10 GMT");
  }

  @Test
  void withoutCorsAHandlersOwnHeadersAreKept() throws Exception {
    assertThat(request("GET", "/a", "").header("access-control-allow-origin")).isEqualTo("own");
    assertThat(request("OPTIONS", "/echo", "").status()).isEqualTo(404);
  }

  @Test
  void aDeploymentTakesOverWhatArrivesNow() throws Exception {
    try (Peer peer = peer()) {
      assertThat(peer.request("GET", "/x/1", "").body()).startsWith("GET /x/{y} {y=1}");
      gateway.deploy(hooks.deployment("GET /x/{z}"));
      assertThat(peer.request("GET", "/x/1", "").body()).startsWith("GET /x/{z} {z=1}");
    }
  }

  @Test
  void closingWaitsForHandlers() throws Exception {
    try (Peer peer = peer()) {
      peer.ask("GET", "/blocks", "");
      event();
      assertThat(gateway.close(Duration.ofMillis(20))).extracting(HttpEvent::path).containsExactly("/blocks");
    }
  }
}
