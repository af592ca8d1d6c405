package app;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.DefinitionException.Problem;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.PhaseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** HTTP APIs that an app declares, and every mistake it can make there. */
class HttpDefinitionTest {
  record Order(String id, int count) {}

  private static List<String> problems(App app) {
    DefinitionException mistakes = catchThrowableOfType(DefinitionException.class, () -> Definition.of(app));
    assertThat(mistakes.problems()).extracting(each -> each.location().file()).containsOnly("HttpDefinitionTest.java");
    return mistakes.problems().stream().map(Problem::message).toList();
  }

  @Test
  void routesAndOptionsAreInTheModel() {
    var model = Definition.of(cloud -> {
      HttpApi http = cloud.httpApi("hooks").name("Hooks").allowOrigins("https://example.com", "http://localhost:5173")
          .allowMethods("GET", "POST").allowHeaders("content-type").exposeHeaders("*").maxAge(Duration.ofHours(1))
          .allowCredentials().create();
      http.on("GET /orders/{id}", request -> "x").memory(256);
      http.on("POST /orders", Order.class, (request, order) -> order);
      http.on("ANY /files/{path+}", request -> HttpReply.noContent());
      http.on("$default", String.class, (request, text) -> text);
      http.on("GET /", request -> "root");
    }).model();
    var api = model.httpApis().getFirst();
    assertThat(api.name()).isEqualTo("Hooks");
    assertThat(api.cors().orElseThrow().origins()).containsExactly("https://example.com", "http://localhost:5173");
    assertThat(api.cors().orElseThrow().credentials()).isTrue();
    assertThat(model.handlers()).extracting(each -> each.path()).containsExactly(
        "hooks/GET /orders/{id}", "hooks/POST /orders", "hooks/ANY /files/{path+}", "hooks/$default", "hooks/GET /");
    assertThat(api.routes().getFirst().options().memory()).isEqualTo(256);
    assertThat(api.routes()).extracting(each -> each.bodyType().map(Class::getSimpleName).orElse("-"))
        .containsExactly("-", "Order", "-", "String", "-");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "/orders | use a method and a path, such as GET /orders/{id}",
    "get /orders | use a method and a path",
    "TRACE /orders | use a method and a path",
    "GET orders | after the method and one space, use a path that begins with a slash",
    "GET | after the method and one space, use a path",
    "GET /a//b | two slashes follow each other",
    "GET /a?b=c | 'a?b=c' has a character that a path has not",
    "GET /a b | 'a b' has a character that a path has not",
    "GET /a/x{id} | 'x{id}' is not a variable: use {name} or {name+} for all between two slashes",
    "GET /a/{} | '{}' is not a variable",
    "GET /a/{i d} | '{i d}' is not a variable",
    "GET /a/{id | '{id' is not a variable",
    "GET /{all+}/b | '{all+}' matches all that follows: move it to the end",
    "GET /{id}/{id} | the variable 'id' occurs twice: rename one of them",
    "$connect | use a method and a path"})
  void aKeyThatAwsRefusesIsReported(String key, String what) {
    assertThat(problems(cloud -> cloud.httpApi("hooks").create().on(key, request -> "x"))).singleElement().asString()
        .startsWith("httpApi 'hooks' has a route with the key '" + key + "': ").contains(what);
  }

  @Test
  void aKeyIsNotLongerThan128Characters() {
    String key = "GET /" + "a".repeat(123);
    assertThat(Definition.of(cloud -> cloud.httpApi("hooks").create().on(key, request -> "x")).model().handlers())
        .hasSize(1);
    assertThat(problems(cloud -> cloud.httpApi("hooks").create().on(key + "a", request -> "x"))).singleElement()
        .asString().contains("use 128 characters at most");
  }

  @Test
  void routesThatAwsCouldNotTellApartAreReported() {
    assertThat(problems(cloud -> {
      HttpApi http = cloud.httpApi("hooks").create();
      http.on("GET /a/{id}", request -> "x");
      http.on("GET /a/{name}", request -> "x");
      http.on("GET /a/{all+}", request -> "x");
      http.on("GET /a/{rest+}", request -> "x");
      http.on("ANY /a/{id}", request -> "x");
      http.on("$default", request -> "x");
      http.on("$default", request -> "x");
    })).satisfiesExactly(
        one -> assertThat(one).matches("httpApi 'hooks' declares the route 'GET /a/\\{name}', which matches the same"
            + " requests as 'GET /a/\\{id}' at HttpDefinitionTest.java:\\d+: remove one of the handlers"),
        two -> assertThat(two).contains("'GET /a/{rest+}', which matches the same requests as 'GET /a/{all+}'"),
        three -> assertThat(three).contains("declares the route '$default' twice, first at HttpDefinitionTest.java:"));
  }

  @Test
  void aTypeThatCannotBeReadIsReported() {
    assertThat(problems(
        cloud -> cloud.httpApi("hooks").create().on("POST /x", Thread.class, (request, thread) -> "x")))
        .allSatisfy(each -> assertThat(each)
            .startsWith("httpApi 'hooks' has the route 'POST /x' with the body type Thread: "));
  }

  @Test
  void optionsOfCorsThatAwsRefusesAreReported() {
    assertThat(problems(cloud -> {
      cloud.httpApi("one").allowOrigins("https://a.example", "https://a.example").allowOrigins("*").create();
      cloud.httpApi("two").allowOrigins("https://a.example/", "a.example", "*").allowMethods("get", "ANY")
          .allowHeaders("a b").maxAge(Duration.ofDays(2)).allowCredentials().create();
      cloud.httpApi("three").allowMethods("*").create();
      cloud.httpApi("four").allowOrigins().name(" ").create();
    })).satisfiesExactly(
        each -> assertThat(each)
            .isEqualTo("httpApi 'one' has allowOrigins with 'https://a.example' twice: remove one of them"),
        each -> assertThat(each)
            .isEqualTo("httpApi 'one' has allowOrigins twice: write all that it allows in one call"),
        each -> assertThat(each).contains("allowOrigins with 'https://a.example/', which is not valid: use scheme"),
        each -> assertThat(each).contains("allowOrigins with 'a.example', which is not valid"),
        each -> assertThat(each).contains("allowMethods with 'get', which is not valid: use *, GET"),
        each -> assertThat(each).contains("allowMethods with 'ANY', which is not valid"),
        each -> assertThat(each).contains("allowHeaders with 'a b'"),
        each -> assertThat(each).contains("has a maxAge of PT48H: use whole seconds, 0 to 86400"),
        each -> assertThat(each).contains("allowCredentials for all origins"),
        each -> assertThat(each).contains("httpApi 'three' has options of CORS, but no origin"),
        each -> assertThat(each).contains("httpApi 'four' has allowOrigins without a value"),
        each -> assertThat(each).contains("httpApi 'four' has the name ' '"));
  }

  @Test
  void anApiIsDeclaredOnceAndInDefineOnly() {
    assertThat(problems(cloud -> cloud.httpApi("hooks"))).singleElement().asString()
        .contains("httpApi 'hooks' was declared without .create(): add it");
    AtomicReference<HttpApi> kept = new AtomicReference<>();
    Definition.of(cloud -> kept.set(cloud.httpApi("hooks").create()));
    assertThatThrownBy(() -> kept.get().on("GET /", request -> "x")).isInstanceOf(PhaseException.class)
        .hasMessageContaining("on declares, but define has returned");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 199, 600, 0})
  void aReplyHasAStatusThatApiGatewayPassesOn(int status) {
    assertThatThrownBy(() -> HttpReply.status(status)).hasMessage("a reply has a status of 200 to 599, not " + status);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "content-length | 7 | is set by API Gateway", "Transfer-Encoding | chunked | is set by API Gateway",
    "Connection | close | is set by API Gateway", "Set-Cookie | a=b | set cookies with HttpReply.cookie",
    "a b | x | has a character that headers do not have", "x | ä | has a character that headers do not have"})
  void aHeaderThatWouldBreakTheReplyIsRefused(String name, String value, String message) {
    assertThatThrownBy(() -> HttpReply.ok().header(name, value)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> HttpReply.ok().header("x", "a\r\nb: c")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpReply.ok().cookie("a=b\r\nc: d")).isInstanceOf(IllegalArgumentException.class);
  }
}
