package app;

import dev.pinion.App;
import dev.pinion.Authorization;
import dev.pinion.Cloud;
import dev.pinion.HttpApi;
import dev.pinion.HttpAuthorizer;
import dev.pinion.HttpCall;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.sim.Reloaded;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorBuilder;
import dev.pinion.spi.JwtRules;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.STRING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What the local platform adds to who may connect: its log, its page, reloads, and signatures. */
@SuppressWarnings("unchecked") // of JSON objects, whose members are looked up by name
final class AccessTest extends ConsoleClient {
  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret");

  /** Everybody may connect. */
  static final class Open implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.webSocket("door").create().onRequest("who", (c, body) -> "somebody");
    }
  }

  /** The same app with an authorizer, which looks tokens up. */
  static final class Guarded implements App {
    @Override
    public void define(Cloud cloud) {
      Table banned = cloud.table("banned").hashKey("token", STRING).create();
      WebSocket ws = cloud.webSocket("door").create();
      ws.onAuthorize(TokenFrom.query("token"), request -> {
        String token = request.query("token").orElseThrow();
        return banned.getItem(Key.of("token", token)).isPresent() ? Authorization.deny() : Authorization.allow(token);
      });
      ws.onRequest("who", (c, body) -> c.authorizer().get("principalId"));
    }
  }

  /** Only signed handshakes. */
  static final class OnlySigned implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.webSocket("door").iam().create().onMessage((c, text) -> {});
    }
  }

  private static int status(Simulator simulator, String query) {
    try {
      new Client(simulator.endpoints().getFirst().url() + query).close(1000, "");
      return 101;
    } catch (CompletionException e) {
      return requireNonNull((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  private List<String> changes(App app) {
    return ((Reloaded.Applied) simulator().reload(app)).changes();
  }

  @Test
  void anAuthorizerComesWithAReloadAndThePageShowsItsCalls(@TempDir Path data) throws Exception {
    start(new Open(), data, Map.of());
    get("events.json");
    Client before = new Client(simulator().endpoints().getFirst());
    assertThat(changes(new Guarded()))
        .contains("webSocket 'door' now has an authorizer", "webSocket 'door': route '$connect' was added");
    assertThat(status(simulator(), "")).isEqualTo(401);
    Client ada = new Client(simulator().endpoints().getFirst().url() + "?token=ada");
    ada.send("{\"action\":\"who\"}");
    assertThat(ada.next()).isEqualTo("ada");
    Map<String, Object> call = events(2).get(1); // after the line of the log
    assertThat(call).containsEntry("kind", "authorize").containsEntry("handler", "door/$authorize")
        .containsEntry("status", 200L);
    assertThat((List<Map<String, Object>>) call.get("steps")).extracting(each -> each.get("operation"))
        .containsExactly("getItem");
    assertThat(own("again", Map.of("number", call.get("n"))).body()).contains("\"done\":true", "allow");
    assertThat(json.write(get("model.json"))).contains("door/$authorize", "dynamodb:GetItem");
    before.close(1000, "");
  }

  @Test
  void aReloadTakesTheAuthorizerAway(@TempDir Path data) {
    start(new Guarded(), data, Map.of());
    assertThat(status(simulator(), "")).isEqualTo(401);
    assertThat(changes(new Open())).contains("webSocket 'door' has no authorizer any more");
    assertThat(status(simulator(), "")).isEqualTo(101);
  }

  /** An authorizer that reads a header. */
  static final class Headed implements App {
    @Override
    public void define(Cloud cloud) {
      WebSocket ws = cloud.webSocket("door").create();
      ws.onAuthorize(TokenFrom.header("X-Token"), request -> Authorization.allow("somebody"));
      ws.onRequest("who", (c, body) -> c.authorizer().get("principalId"));
    }
  }

  @Test
  void aReloadSaysWhereTheTokenIsNow(@TempDir Path data) {
    start(new Guarded(), data, Map.of());
    assertThat(changes(new Headed())).contains(
        "webSocket 'door': where its authorizer reads a token is now the header X-Token, was the query parameter"
            + " token");
  }

  private static String log(SimulatorBuilder builder, String query, int status) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (Simulator simulator = builder.port(0).inMemory().log(new PrintStream(log, true, UTF_8)).start()) {
      assertThat(status(simulator, query)).isEqualTo(status);
    }
    return log.toString(UTF_8);
  }

  @Test
  void aSignatureIsCheckedIfThereAreCredentials() {
    assertThat(log(Simulator.of(new OnlySigned()).environment(KEYS), "", 403))
        .contains("IAM authorization: it is not signed").doesNotContain("warning");
    assertThat(log(Simulator.of(new OnlySigned()).environment(Map.of()), "", 101))
        .contains("warning: ", "webSocket 'door' is authorized by IAM, but here everybody may connect");
    assertThat(log(Simulator.of(new Open()).environment(KEYS), "", 101)).isEmpty();
  }

  /** Once, also if the program is reloaded again. */
  @Test
  void aReloadSaysThatNobodyChecksSignatures() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (Simulator simulator = Simulator.of(new Open()).environment(Map.of()).port(0).inMemory()
        .log(new PrintStream(log, true, UTF_8)).start()) {
      assertThat(log.toString(UTF_8)).isEmpty();
      var _ = simulator.reload(new OnlySigned());
      var _ = simulator.reload(new OnlySigned());
      assertThat(log.toString(UTF_8)).containsOnlyOnce("is authorized by IAM, but here everybody may connect");
      var _ = simulator.reload(new Open());
      var _ = simulator.reload(new OnlySigned());
      assertThat(log.toString(UTF_8).split("is authorized by IAM", -1)).hasSize(3);
    }
  }

  /** An authorizer of an HTTP API that accepts a token. */
  private record Accepts(String token) implements HttpAuthorizer {
    @Override
    public JwtRules rules() {
      return new JwtRules(
          new JwtRules.Literal("https://login.example.com/"), List.of(new JwtRules.Literal(token)),
          "$request.header.Authorization");
    }

    @Override
    public Optional<Map<String, String>> claims(HttpCall request) {
      return request.header("authorization").filter(token::equals).map(sub -> Map.of("sub", sub));
    }
  }

  /** An HTTP API with an authorizer or none. */
  private record Requests(Optional<HttpAuthorizer> authorizer) implements App {
    @Override
    public void define(Cloud cloud) {
      HttpApi http = cloud.httpApi("http").create();
      authorizer.ifPresent(http::onAuthorize);
      http.on("GET /me", request -> request.authorizer().toString());
    }
  }

  @Test
  void aReloadSaysThatAnHttpApiHasAnotherAuthorizer(@TempDir Path data) {
    start(new Requests(Optional.empty()), data, Map.of());
    assertThat(changes(new Requests(Optional.of(new Accepts("a")))))
        .containsExactly("httpApi 'http' now has an authorizer");
    assertThat(changes(new Requests(Optional.of(new Accepts("a"))))).isEmpty();
    assertThat(changes(new Requests(Optional.of(new Accepts("b")))))
        .containsExactly("httpApi 'http': what its authorizer accepts has changed");
    assertThat(changes(new Requests(Optional.empty())))
        .containsExactly("httpApi 'http' has no authorizer any more");
  }

  @Test
  void theLogNamesTheIdentitySourceAndTheAuthorizersLine() {
    assertThat(log(Simulator.of(new Guarded()).environment(Map.of()), "", 401))
        .contains("door: answered 401 to /prod: without the query parameter token, the identity source");
  }
}
