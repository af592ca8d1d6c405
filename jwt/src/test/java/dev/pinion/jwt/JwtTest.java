package dev.pinion.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import dev.pinion.Authorization;
import dev.pinion.AuthorizeRequest;
import dev.pinion.HttpCall;
import dev.pinion.TokenFrom;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.JwtRules;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.jwt.TestIssuer.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/// The authorizer: where the token is, what is passed on, and what is said of a token that is refused.
final class JwtTest {
  private static final TestIssuer ISSUER = new TestIssuer();

  private final Jwt jwt = Jwt.issuer(ISSUER.url()).audience("chat").token(TokenFrom.query("token"));

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  private static AuthorizeRequest request(Map<String, List<String>> headers, Map<String, List<String>> query) {
    ConnectionContext context =
        new ConnectionContext("L0SM9cOFvHcCIhw=", NOW.toEpochMilli(), "127.0.0.1", Optional.empty(), "localhost",
            "prod",
            "api");
    return new AuthorizeRequest(new Event.Connect(context, "request-7", NOW.toEpochMilli(), headers, query));
  }

  private static AuthorizeRequest query(String token) {
    return request(Map.of(), Map.of("token", List.of(token)));
  }

  @Test
  void passesOnSubjectAndClaims() {
    Map<String, Object> claims = ISSUER.claims();
    claims.put("admin", true);
    claims.put("level", 7);
    claims.put("groups", List.of("red", "blue"));
    claims.put("address", Map.of("city", "Berlin"));
    claims.put("principalId", "eve");
    claims.put("nothing", null);
    Authorization.Allow allowed =
        (Authorization.Allow) jwt.authorize(query(TestIssuer.rs256(TestIssuer.RSA, JsonText.of(claims))));
    assertThat(allowed.principal()).isEqualTo("ada");
    assertThat(allowed.context()).containsEntry("admin", true).containsEntry("level", 7L)
        .containsEntry("groups", "[\"red\",\"blue\"]").containsEntry("address", "{\"city\":\"Berlin\"}")
        .containsEntry("sub", "ada").doesNotContainKeys("principalId", "nothing");
  }

  @Test
  void passesOnTheClaimsThatAreAskedFor() {
    Authorization.Allow allowed = (Authorization.Allow) jwt.claims("aud").authorize(query(ISSUER.token()));
    assertThat(allowed.context()).containsOnly(Map.entry("aud", "chat"));
  }

  @Test
  void readsTheFirstPlaceThatHasAToken() {
    Jwt several = jwt.token(TokenFrom.header("Authorization"), TokenFrom.subprotocol("bearer"), TokenFrom.query("t"));
    String token = ISSUER.token();
    assertThat(several.authorize(request(Map.of("authorization", List.of("bearer " + token)), Map.of())))
        .isInstanceOf(Authorization.Allow.class);
    assertThat(several.authorize(request(Map.of("Sec-WebSocket-Protocol", List.of("bearer, " + token)), Map.of())))
        .isInstanceOf(Authorization.Allow.class);
    assertThat(several.authorize(request(Map.of(), Map.of("t", List.of(token)))))
        .isInstanceOf(Authorization.Allow.class);
    assertThat(several.authorize(request(Map.of("Authorization", List.of("Bearer x")), Map.of("t", List.of(token)))))
        .isEqualTo(Authorization.unauthorized());
    assertThat(several.authorize(request(Map.of(), Map.of()))).isEqualTo(Authorization.unauthorized());
  }

  @Test
  void saysWhyATokenIsRefusedAndNothingOfTheToken() {
    String token = ISSUER.with("exp", NOW.getEpochSecond() - 3600);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(jwt.authorize(query(token))).isEqualTo(Authorization.unauthorized());
      jwt.authorize(query(token.replace('.', '\n')));
    } finally {
      System.setErr(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
        unauthorized, request request-7: the token is refused: it has expired
        unauthorized, request request-7: the token is refused: it is not a signed JWT
        """);
  }

  @Test
  void anIssuerThatCannotBeReadIsNoReasonForUnauthorized() {
    try (TestIssuer down = new TestIssuer()) {
      down.configuration = exchange -> exchange.sendResponseHeaders(502, -1);
      Jwt other = Jwt.issuer(down.url()).audience("chat").token(TokenFrom.query("token"));
      assertThatExceptionOfType(IssuerException.class).isThrownBy(() -> other.authorize(query(down.token())))
          .withMessageContaining("answers 502");
    }
  }

  @Test
  void acceptsOnlyItsAlgorithms() {
    assertThat(jwt.algorithms("ES256").authorize(query(ISSUER.token()))).isEqualTo(Authorization.unauthorized());
    assertThat(jwt.algorithms("RS256").authorize(query(ISSUER.token()))).isInstanceOf(Authorization.Allow.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "RSA1_5", "ES256K", "rs256", ""})
  void cannotBeToldToAcceptOthers(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> jwt.algorithms(name)).withMessageContaining("use RS256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"login.example.com", "http://login.example.com", "ftp://login.example.com", "https://",
    "https://ada:x@login.example.com", "https://login.example.com/#x", "https://login.example.com/?x", "http://127.1",
    "http://localhost.example.com", "https://login example.com", "file:///etc/passwd"})
  void refusesIssuersThatAreNotSafe(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> Jwt.issuer(url)).withMessageContaining("'" + url + "'");
  }

  @Test
  void needsAnAudience() {
    assertThatIllegalStateException().isThrownBy(() -> Jwt.issuer(ISSUER.url()).identitySources())
        .withMessageContaining("add .audience");
    assertThat(jwt.identitySources()).containsExactly(TokenFrom.query("token"));
  }

  @Test
  void tellsApiGatewayItsRules() {
    assertThat(jwt.rules()).isEqualTo(
        new JwtRules(
            new JwtRules.Literal(ISSUER.url()), List.of(new JwtRules.Literal("chat")), "$request.querystring.token"));
    assertThat(Jwt.issuer(ISSUER.url()).audience("a", "b").rules().identitySource())
        .isEqualTo("$request.header.Authorization");
  }

  @Test
  void saysWhatApiGatewayCannotCheck() {
    assertThatIllegalStateException().isThrownBy(() -> Jwt.issuer(ISSUER.url()).rules())
        .withMessageContaining("add .audience");
    assertThatIllegalStateException().isThrownBy(() -> jwt.algorithms("ES256").rules())
        .withMessageContaining("RSA only");
    assertThatIllegalStateException().isThrownBy(() -> jwt.token(TokenFrom.subprotocol("bearer")).rules())
        .withMessageContaining("no subprotocol");
    assertThatIllegalStateException()
        .isThrownBy(() -> jwt.token(TokenFrom.query("a"), TokenFrom.query("b")).rules())
        .withMessageContaining("one place");
  }

  private Optional<Map<String, String>> http(String token) {
    HttpEvent.Context context =
        new HttpEvent.Context("r", NOW.toEpochMilli(), "127.0.0.1", Optional.empty(), "localhost", Map.of());
    return Jwt.issuer(ISSUER.url()).audience("chat").claims(
        new HttpCall(
            new HttpEvent(
                "GET /me", "GET", "/me", "", Map.of("authorization", "Bearer " + token), List.of(), Map.of(),
                HttpBody.of(""), context),
            new RecordCodec()));
  }

  /// Of a WebSocket, this authorizer decides, on AWS too.
  @Test
  void isAsStrictForAnHttpApiAsApiGatewayItself() {
    assertThat(http(ISSUER.token()).orElseThrow()).containsEntry("sub", "ada");
    String unnamed = TestIssuer.signed(
        TestIssuer.RSA, JWSAlgorithm.RS256, "{\"alg\":\"RS256\"}", JsonText.of(ISSUER.claims()));
    assertThat(jwt.authorize(query(unnamed))).isInstanceOf(Authorization.Allow.class);
    assertThat(http(unnamed)).isEmpty();
    String late = ISSUER.with("exp", NOW.getEpochSecond());
    assertThat(jwt.authorize(query(late))).isInstanceOf(Authorization.Allow.class);
    assertThat(http(late)).isEmpty();
  }

  @Test
  void boundsTheSkew() {
    assertThatIllegalArgumentException().isThrownBy(() -> jwt.skew(Duration.ofMinutes(6)));
    assertThatIllegalArgumentException().isThrownBy(() -> jwt.skew(Duration.ofSeconds(-1)));
    assertThat(jwt.skew(Duration.ZERO).authorize(query(ISSUER.with("exp", NOW.getEpochSecond()))))
        .isEqualTo(Authorization.unauthorized());
  }

  @Test
  void rehearsesWithoutKeepingKeys() throws Exception {
    try (TestIssuer issuer = new TestIssuer()) {
      Jwt rehearsed = Jwt.issuer(issuer.url()).audience("chat").token(TokenFrom.query("token"));
      rehearsed.rehearse();
      assertThat(issuer.reads).hasValue(1);
      assertThat(rehearsed.authorize(query(issuer.token()))).isInstanceOf(Authorization.Allow.class);
      assertThat(issuer.reads).hasValue(2);
      issuer.configuration = exchange -> exchange.sendResponseHeaders(500, -1);
      rehearsed.rehearse();
    }
  }

  /// All functions of an app run define, and only the authorizer's needs the library.
  @Test
  void isDeclaredWithoutTheLibrary() throws Exception {
    URL own = Jwt.class.getProtectionDomain().getCodeSource().getLocation();
    URL core = TokenFrom.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone = new URLClassLoader(new URL[] {own, core}, ClassLoader.getPlatformClassLoader())) {
      Object made = alone.loadClass(Jwt.class.getName()).getMethod("issuer", String.class).invoke(null, ISSUER.url());
      made = made.getClass().getMethod("audience", String[].class).invoke(made, (Object) new String[] {"chat"});
      made = made.getClass().getMethod("algorithms", String[].class).invoke(made, (Object) new String[] {"ES256"});
      assertThat(made.getClass().getMethod("identitySources").invoke(made)).asInstanceOf(
          org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(1);
    }
  }
}
