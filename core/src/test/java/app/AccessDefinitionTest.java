package app;

import dev.pinion.App;
import dev.pinion.Authorization;
import dev.pinion.AuthorizeHandler;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.Admission;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/// What is declared of who may connect.
final class AccessDefinitionTest {
  private static final AuthorizeHandler ANYBODY = request -> Authorization.allow("anybody");

  private static WebSocketModel model(App app) {
    return Definition.of(app).model().webSockets().getFirst();
  }

  private static List<String> problems(App app) {
    DefinitionException mistakes = catchThrowableOfType(DefinitionException.class, () -> Definition.of(app));
    return mistakes.problems().stream()
        .map(each -> {
          assertThat(each.location().file()).isEqualTo("AccessDefinitionTest.java");
          return each.message().replaceAll("AccessDefinitionTest.java:[0-9]+", "HERE");
        })
        .toList();
  }

  @Test
  void withoutConditionsNothingIsAdded() {
    WebSocketModel open = model(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {}));
    assertThat(open.access()).isEqualTo(AccessModel.OPEN);
    assertThat(open.handlers()).extracting(HandlerModel::path).containsExactly("ws/$default");
  }

  @Test
  void theAuthorizerIsAHandlerAndConnectGetsOne() {
    WebSocketModel ws = model(cloud -> {
      WebSocket declared = cloud.webSocket("ws").create();
      declared.onMessage((c, body) -> {});
      declared.onAuthorize(TokenFrom.header("Authorization"), ANYBODY).memory(256).timeout(Duration.ofSeconds(3));
    });
    assertThat(ws.handlers()).extracting(HandlerModel::path)
        .containsExactly("ws/$authorize", "ws/$connect", "ws/$default");
    AuthorizerModel authorizer = ws.access().authorizer().orElseThrow();
    assertThat(authorizer.options().memory()).isEqualTo(256);
    assertThat(authorizer.identitySource()).contains("route.request.header.Authorization");
    assertThat(ws.route("$connect").orElseThrow().handler()).isInstanceOf(Admission.class);
    assertThat(ws.route("$connect").orElseThrow().location()).isEqualTo(authorizer.location());
  }

  @Test
  void anAppsOwnHandlerOfConnectStays() {
    WebSocketModel ws = model(cloud -> {
      WebSocket declared = cloud.webSocket("ws").iam().create();
      declared.onConnect(c -> {});
    });
    assertThat(ws.access().iam()).isTrue();
    assertThat(ws.routes()).extracting(RouteModel::key).containsExactly("$connect");
    assertThat(Admission.is(ws.routes().getFirst())).isFalse();
  }

  @Test
  void aTokenOfSeveralPlacesHasNoIdentitySource() {
    assertThat(identitySource(TokenFrom.query("a"))).isEqualTo("route.request.querystring.a");
    assertThat(identitySource(TokenFrom.subprotocol("a"))).isEqualTo("none");
    assertThat(identitySource(TokenFrom.query("a"), TokenFrom.header("b"))).isEqualTo("none");
    assertThat(identitySource()).isEqualTo("none");
  }

  private static String identitySource(TokenFrom... places) {
    AuthorizeHandler handler = new AuthorizeHandler() {
      @Override
      public Authorization authorize(dev.pinion.AuthorizeRequest request) {
        return Authorization.deny();
      }

      @Override
      public List<TokenFrom> identitySources() {
        return List.of(places);
      }
    };
    return model(cloud -> cloud.webSocket("ws").create().onAuthorize(handler)).access().authorizer().orElseThrow()
        .identitySource().orElse("none");
  }

  @Test
  void thereIsOneAuthorizerAndNotBesideIam() {
    assertThat(problems(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onAuthorize(ANYBODY);
      ws.onAuthorize(ANYBODY);
      cloud.webSocket("signed").iam().create().onAuthorize(ANYBODY);
    })).containsExactly(
        "webSocket 'ws' declares an authorizer twice, first at HERE: remove one of them",
        "webSocket 'signed' has an authorizer, and iam() at HERE, but API Gateway authorizes a route in one way only:"
            + " remove one of them");
  }

  @Test
  void namesAreChecked() {
    assertThat(problems(cloud -> {
      cloud.webSocket("a").create().onAuthorize(TokenFrom.header("X Token"), ANYBODY);
      cloud.webSocket("b").create().onAuthorize(TokenFrom.query("a&b"), ANYBODY);
      cloud.webSocket("c").create().onAuthorize(TokenFrom.subprotocol("a,b"), ANYBODY);
      cloud.webSocket("d").create().onAuthorize(TokenFrom.header(""), ANYBODY);
    })).containsExactly(
        "webSocket 'a' reads its token from the header 'X Token', which no header is called: use a name such as"
            + " Authorization",
        "webSocket 'b' reads its token from the query parameter 'a&b': use letters, digits and . _ $ -",
        "webSocket 'c' reads its token after the subprotocol 'a,b', which cannot be sent: use letters, digits and . _ -"
            + " without spaces",
        "webSocket 'd' reads its token from the header '', which no header is called: use a name such as"
            + " Authorization");
  }

  @Test
  void originsAreChecked() {
    assertThat(model(cloud -> cloud.webSocket("ws").origins("https://a.example.com", "http://localhost:5173",
        "http://[::1]:8080", "capacitor://localhost", "chrome-extension://abcdefgh", "vscode-webview://0a-1b").create()
        .onMessage((c, body) -> {})).access().origins()).hasSize(6);
    String use = "': use scheme and host in lower case, such as https://app.example.com or http://localhost:5173,"
        + " without a path and without the scheme's own port";
    assertThat(problems(cloud -> cloud.webSocket("ws").origins("https://a.example.com/", "app.example.com", "*",
        "https://App.example.com", "https://a.example.com:443", "http://a.example.com:80", "null",
        "ws://a.example.com", "file://a").create()))
        .containsExactly(
            "webSocket 'ws' has the origin 'https://a.example.com/" + use,
            "webSocket 'ws' has the origin 'app.example.com" + use,
            "webSocket 'ws' has the origin '*" + use,
            "webSocket 'ws' has the origin 'https://App.example.com" + use,
            "webSocket 'ws' has the origin 'https://a.example.com:443" + use,
            "webSocket 'ws' has the origin 'http://a.example.com:80" + use,
            "webSocket 'ws' has the origin 'null" + use, "webSocket 'ws' has the origin 'ws://a.example.com" + use,
            "webSocket 'ws' has the origin 'file://a" + use);
    assertThat(problems(cloud -> {
      cloud.webSocket("a").origins().create();
      cloud.webSocket("b").origins("https://a.example.com").origins("https://b.example.com").create();
    })).containsExactly(
        "webSocket 'a' lists no origin: name at least one, or leave origins out",
        "webSocket 'b' sets its origins twice: list them in one call");
  }

  @Test
  void anEmptyPrincipalAndWhatApiGatewaySetsAreRefusedAtTheirLine() {
    Map<String, Object> none = new HashMap<>();
    none.put("x", null);
    assertThatThrownBy(() -> Authorization.allow(" ")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("AccessDefinitionTest.java:[0-9]+: the principal is empty: name who is allowed");
    assertThatThrownBy(() -> Authorization.allow("a", Map.of("principalId", "b")))
        .hasMessageMatching("AccessDefinitionTest.java:[0-9]+: 'principalId' is set by API Gateway: .*");
    assertThatThrownBy(() -> Authorization.allow("a", none))
        .hasMessageMatching("AccessDefinitionTest.java:[0-9]+: the value of 'x' is null");
  }
}
