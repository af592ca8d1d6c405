package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.HttpApi;
import dev.pinion.Task;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.TestClient;
import dev.pinion.junit.TestReply;
import dev.pinion.jwt.Jwt;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** An app that lets in the users of a real OpenID Connect provider, on the local platform. */
class MembersTest {
  private final MockOAuth2Server provider = provider();
  private final Members members = new Members();
  private final Pinion pinion =
      Pinion.of(members).value("issuer", provider.issuerUrl("members").toString()).start();

  /** An app whose connections end with their tokens. */
  static final class Members implements App {
    final CountDownLatch opening = new CountDownLatch(1);
    final CountDownLatch opens = new CountDownLatch(1);

    @Override
    public void define(Cloud cloud) {
      Config issuer = cloud.config("issuer");
      WebSocket ws = cloud.webSocket("members").create();
      Task<String> expired = cloud.task("expired", String.class).create();
      expired.onStart(id -> ws.disconnect(id));
      ws.onAuthorize(
          Jwt.issuer(issuer).audience("chat").token(TokenFrom.query("token"), TokenFrom.subprotocol("bearer"))
              .closeOnExpiry(expired));
      ws.onConnect(c -> {
        if (c.query("slow").isEmpty()) return;
        opening.countDown();
        opens.await();
      });
      HttpApi http =
          cloud.httpApi("http").allowOrigins("https://app.example.com").allowHeaders("authorization").create();
      http.onAuthorize(Jwt.issuer(issuer).audience("chat"));
      http.on("GET /me", request -> request.authorizer().get("sub") + " " + request.authorizer().get("groups"));
      ws.onMessage((c, body) -> ws.sendMessage(
          c.id(), c.authorizer().get("principalId") + " of " + c.authorizer().get("groups") + ": " + body));
    }
  }

  private static MockOAuth2Server provider() {
    MockOAuth2Server server = new MockOAuth2Server();
    server.start();
    return server;
  }

  @AfterEach
  void close() {
    pinion.close();
    provider.shutdown();
  }

  private String token(String audience) {
    return provider.issueToken("members", "ada", audience, Map.of("groups", List.of("red", "blue")), 300).serialize();
  }

  private TestReply me(String authorization) {
    return pinion.http().send("GET", "/me", request -> request.header("Authorization", authorization));
  }

  @Test
  void anHttpApiPassesOnTheClaimsAsApiGatewayDoes() {
    me("Bearer " + token("chat")).expect(200, "ada [red blue]");
    me(token("chat")).expect(200, "ada [red blue]");
  }

  @Test
  void anHttpApiAnswersOthersAsApiGatewayDoes() {
    for (String each : List.of("", "Bearer", "Bearer x", "Bearer " + token("mail"), "Basic YTpi")) {
      me(each).expect(401, "{\"message\":\"Unauthorized\"}").expectHeader("www-authenticate", "Bearer");
    }
    pinion.http().get("/me").expect(401);
    pinion.http().get("/other").expect(404);
  }

  @Test
  void aTokenInTheQueryLetsIn() {
    TestClient ada = pinion.connect(handshake -> handshake.query("token", token("chat")));
    ada.send("hello");
    ada.expect("ada of [\"red\",\"blue\"]: hello");
    assertThat(pinion.log()).noneMatch(line -> line.contains("warning"));
  }

  @Test
  void aTokenInTheSubprotocolsLetsInAndItsNameIsAnswered() {
    TestClient ada = pinion.connect(handshake -> handshake.subprotocols("bearer", token("chat")));
    assertThat(ada.subprotocol()).contains("bearer");
  }

  @Test
  void othersGet401() {
    pinion.expectRejection(401);
    pinion.expectRejection(401, handshake -> handshake.query("token", token("mail")));
    String[] parts = token("chat").split("\\.", -1);
    String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
    pinion.expectRejection(401, handshake -> handshake.query("token", none + "." + parts[1] + "."));
    pinion.expectRejection(401, handshake -> handshake.query("token", parts[0] + "." + parts[1] + ".AAAA"));
    String another = provider.issueToken("others", "ada", "chat").serialize();
    pinion.expectRejection(401, handshake -> handshake.query("token", another));
  }

  @Test
  void aConnectionEndsWithItsToken() {
    String token = token("chat");
    TestClient ada = pinion.connect(handshake -> handshake.query("token", token));
    pinion.clock().advance(Duration.ofMinutes(4));
    ada.send("hello");
    ada.expect("ada of [\"red\",\"blue\"]: hello");
    pinion.clock().advance(Duration.ofMinutes(2));
    ada.expectClose(1000);
    pinion.expectRejection(401, handshake -> handshake.query("token", token));
  }

  /** A connection that is not open yet cannot be closed, so the end of its token must not come before. */
  @Test
  void aConnectionEndsWhoseTokenExpiresWhileItOpens() throws Exception {
    String token = provider.issueToken("members", "ada", "chat", Map.of(), 2).serialize();
    CompletableFuture<TestClient> client = CompletableFuture.supplyAsync(
        () -> pinion.connect(handshake -> handshake.query("token", token).query("slow", "yes")));
    members.opening.await();
    pinion.clock().advance(Duration.ofSeconds(20));
    members.opens.countDown();
    TestClient ada = client.get();
    pinion.clock().advance(Duration.ofSeconds(11));
    ada.expectClose(1000);
  }

  @Test
  void aTokenThatOutlivesItsConnectionNeedsNoEnd() {
    String token = provider.issueToken("members", "ada", "chat", Map.of(), 3 * 3600).serialize();
    var _ = pinion.connect(handshake -> handshake.query("token", token));
    assertThat(pinion.task("expired").started(String.class)).isEmpty();
  }

  @Test
  void withoutTheProviderNobodyIsLetIn() {
    String token = token("chat");
    provider.shutdown();
    pinion.expectRejection(500, handshake -> handshake.query("token", token));
    assertThat(String.join("\n", pinion.log())).contains("cannot be read").doesNotContain(token);
  }
}
