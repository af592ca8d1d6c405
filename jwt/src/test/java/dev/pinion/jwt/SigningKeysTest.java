package dev.pinion.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.pinion.jwt.TestIssuer.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/// When an issuer's keys are read, and what happens if they cannot be.
final class SigningKeysTest {
  private final TestIssuer issuer = new TestIssuer();
  private TokenVerifier verifier = verifier(Duration.ofSeconds(20));

  @AfterEach
  void close() {
    issuer.close();
  }

  private static TokenVerifier verifier(Duration longest) {
    return new TokenVerifier(new SigningKeys(new IssuerDocuments(longest)));
  }

  private void verify(String token, Instant now) throws InvalidTokenException {
    verifier.verify(token, issuer.rules(), now);
  }

  private String lasting(RSAKey key) {
    var claims = issuer.claims();
    claims.put("exp", NOW.plus(Duration.ofDays(9)).getEpochSecond());
    return TestIssuer.rs256(key, JsonText.of(claims));
  }

  @Test
  void areReadOnceForManyTokens() throws Exception {
    for (int i = 0; i < 100; i++) verify(issuer.token(), NOW.plusSeconds(i));
    assertThat(issuer.configurations).hasValue(1);
    assertThat(issuer.reads).hasValue(1);
  }

  @Test
  void areReadOnceForManyFirstTokensAtATime() throws Exception {
    String token = issuer.token();
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var all = IntStream.range(0, 50).mapToObj(_ -> threads.submit(() -> {
        verify(token, NOW);
        return true;
      })).toList();
      for (var each : all) assertThat(each.get()).isTrue();
    }
    assertThat(issuer.reads).hasValue(1);
  }

  @Test
  void areReadAgainAfterAnHour() throws Exception {
    String token = lasting(TestIssuer.RSA);
    verify(token, NOW);
    verify(token, NOW.plus(Duration.ofMinutes(59)));
    assertThat(issuer.reads).hasValue(1);
    verify(token, NOW.plus(Duration.ofHours(1)));
    verify(token, NOW.plus(Duration.ofHours(1)));
    assertThat(issuer.reads).hasValue(2);
  }

  @Test
  void areReadAgainForANewKey() throws Exception {
    verify(issuer.token(), NOW);
    RSAKey next = TestIssuer.rsa("rsa-2");
    issuer.publish(TestIssuer.RSA, next);
    verify(lasting(next), NOW.plus(SigningKeys.BETWEEN));
    assertThat(issuer.reads).hasValue(2);
  }

  @Test
  void aKeyThatIsWithdrawnVerifiesNothingAfterTheNextRead() throws Exception {
    String token = lasting(TestIssuer.RSA);
    verify(token, NOW);
    issuer.publish(TestIssuer.rsa("rsa-2"));
    verify(token, NOW.plusSeconds(60));
    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> verify(token, NOW.plus(Duration.ofHours(1)))).withMessageContaining("key");
  }

  /// Ten minutes of a flood: 10,000 tokens, each with the name of another key.
  @Test
  void aFloodOfUnknownKeysReadsThemAtMostOnceInThirtySeconds() throws Exception {
    verify(issuer.token(), NOW);
    for (int i = 0; i < 10_000; i++) {
      String named = com.nimbusds.jose.util.Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"" + i + "\"}") + ".e30.AA";
      Instant now = NOW.plusMillis(60L * i);
      assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> verify(named, now));
    }
    assertThat(issuer.reads).hasValue(1 + 19);
  }

  @Test
  void goodTokensGoOnDuringAFlood() throws Exception {
    verify(issuer.token(), NOW);
    String unknown = com.nimbusds.jose.util.Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"x\"}") + ".e30.AA";
    for (int i = 1; i < 100; i++) {
      Instant now = NOW.plusSeconds(i);
      assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> verify(unknown, now));
      verify(issuer.token(), now);
    }
  }

  @Test
  void theOldOnesAreGoodForADayIfTheyCannotBeReadAgain() throws Exception {
    String token = lasting(TestIssuer.RSA);
    verify(token, NOW);
    issuer.keys = exchange -> exchange.sendResponseHeaders(503, -1);
    verify(token, NOW.plus(Duration.ofHours(2)));
    verify(token, NOW.plus(Duration.ofHours(23)));
    assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> verify(token, NOW.plus(Duration.ofHours(24))))
        .withMessageContaining("answers 503");
  }

  @Test
  void withoutAnyItIsTriedAgainAfterTwoSeconds() throws Exception {
    TestIssuer.Answer good = issuer.keys;
    issuer.keys = exchange -> exchange.sendResponseHeaders(500, -1);
    for (int i = 0; i < 100; i++) {
      Instant now = NOW.plusMillis(i);
      assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> verify(issuer.token(), now));
    }
    assertThat(issuer.reads).hasValue(1);
    issuer.keys = good;
    verify(issuer.token(), NOW.plusSeconds(10));
  }

  /// Otherwise clients that come while an issuer is silent would wait for each other, each for its own time-out.
  @Test
  void theTwoSecondsBeginWhenAReadHasFailed() {
    issuer.keys = _ -> new CountDownLatch(1).await();
    verifier = verifier(Duration.ofMillis(500));
    for (int millis : new int[] {0, 2_200, 2_400}) {
      assertThatExceptionOfType(IssuerException.class)
          .isThrownBy(() -> verify(issuer.token(), NOW.plusMillis(millis)));
    }
    assertThat(issuer.reads).hasValue(1);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("an error", (TestIssuer.Answer) exchange -> exchange.sendResponseHeaders(500, -1), "answers 500"),
        arguments("no content", (TestIssuer.Answer) exchange -> exchange.sendResponseHeaders(204, -1), "answers 204"),
        arguments("a redirect", (TestIssuer.Answer) SigningKeysTest::redirect, "answers 302"),
        arguments("no JSON", (TestIssuer.Answer) exchange -> TestIssuer.json(exchange, "<html>"), "JSON object"),
        arguments("nothing", (TestIssuer.Answer) exchange -> TestIssuer.json(exchange, ""), "JSON object"),
        arguments("no keys", (TestIssuer.Answer) exchange -> TestIssuer.json(exchange, "{}"), "no set of keys"),
        arguments("keys of no kind",
            (TestIssuer.Answer) exchange -> TestIssuer.json(exchange, "{\"keys\":[{\"kty\":7}]}"), "no set of keys"),
        arguments("depth",
            (TestIssuer.Answer) exchange -> TestIssuer.json(exchange, "{\"keys\":" + "[".repeat(100_000)),
            "JSON object"),
        arguments("much", (TestIssuer.Answer) SigningKeysTest::endless, "more than 262144 bytes"),
        arguments("silence", (TestIssuer.Answer) _ -> new CountDownLatch(1).await(), "takes longer than 500 ms"),
        arguments("a byte at a time", (TestIssuer.Answer) SigningKeysTest::slow, "takes longer than 500 ms"),
        arguments("a connection that breaks",
            (TestIssuer.Answer) exchange -> exchange.sendResponseHeaders(200, 100), ""));
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/keys?again");
    exchange.sendResponseHeaders(302, -1);
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 1000; i++) exchange.getResponseBody().write(spaces);
  }

  /// One byte each 50 ms, which no time-out of a read ends.
  private static void slow(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 100 && !never.await(50, java.util.concurrent.TimeUnit.MILLISECONDS); i++) {
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void anIssuerThatFailsIsNoneWhoseTokensAreRefused(String kind, TestIssuer.Answer answer, String message) {
    issuer.keys = answer;
    verifier = verifier(Duration.ofMillis(500));
    assertThatExceptionOfType(IssuerException.class).as(kind).isThrownBy(() -> verify(issuer.token(), NOW))
        .withMessageContaining(message).withMessageContaining(issuer.url());
    assertThat(issuer.reads).hasValueLessThanOrEqualTo(2);
  }

  /// One byte of the head each 50 ms, which no time-out of a read ends.
  private static void slowHead(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      CountDownLatch never = new CountDownLatch(1);
      for (int i = 0; i < 200 && !never.await(50, java.util.concurrent.TimeUnit.MILLISECONDS); i++) {
        client.getOutputStream().write('a');
      }
    } catch (IOException | InterruptedException _) {
      // The client has left.
    }
  }

  @Test
  void anAnswerWhoseHeadIsSlowIsEndedInTime() throws Exception {
    verifier = verifier(Duration.ofMillis(500));
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> slowHead(server));
      issuer.configuration = exchange -> TestIssuer.json(exchange, "{\"issuer\":\"" + issuer.url()
          + "\",\"jwks_uri\":\"http://127.0.0.1:" + server.getLocalPort() + "/keys\"}");
      assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> verify(issuer.token(), NOW))
          .withMessageContaining("takes longer than 500 ms");
    }
  }

  /// Such as those of kinds and curves that are not there yet, or a key that was published by half.
  @Test
  void keysThatCannotBeReadDoNotTakeTheOthersAway() throws Exception {
    String odd = "{\"kty\":\"AKP\",\"kid\":\"ml\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"},"
        + "{\"kty\":\"EC\",\"kid\":\"bp\",\"crv\":\"BP-256\",\"x\":\"AA\",\"y\":\"AA\"},"
        + "{\"kty\":\"RSA\",\"kid\":\"half\",\"e\":\"AQAB\"},{\"kty\":\"RSA\",\"n\":7},{},null,7,\"text\",[],";
    String set = new JWKSet(TestIssuer.RSA).toString().replace("[", "[" + odd);
    issuer.keys = exchange -> TestIssuer.json(exchange, set);
    verify(issuer.token(), NOW);
  }

  @Test
  void aConfigurationOfAnotherIssuerIsRefused() {
    issuer.configuration = exchange -> TestIssuer.json(exchange,
        "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"" + issuer.url() + "/keys\"}");
    assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> verify(issuer.token(), NOW))
        .withMessageContaining("another issuer");
  }

  /// The URL may be a config, which is not known before.
  @Test
  void anIssuerThatIsNotHttpsIsRefused() {
    IssuerDocuments documents = new IssuerDocuments(Duration.ofSeconds(1));
    assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> documents.keys("http://login.example.com"))
        .withMessageContaining("use https");
  }

  @Test
  void keysThatAreNotHttpsAreRefused() {
    issuer.configuration = exchange -> TestIssuer.json(exchange,
        "{\"issuer\":\"" + issuer.url() + "\",\"jwks_uri\":\"http://keys.example/\"}");
    assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> verify(issuer.token(), NOW))
        .withMessageContaining("not https");
  }
}
