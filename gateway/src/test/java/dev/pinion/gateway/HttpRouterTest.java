package dev.pinion.gateway;

import dev.pinion.engine.RefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which route a request has, by API Gateway's guide. */
final class HttpRouterTest {
  private static final List<String> KEYS = List.of(
      "GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /pets/{kind}/list", "POST /pets/{kind}/list",
      "ANY /{proxy+}", "$default", "GET /", "GET /slash/", "GET /{a}/{b}/c/d", "GET /pets/{b}/c/{d}");

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "GET /pets/dog/1        | GET /pets/dog/1 {}",
    "GET /pets/dog/2        | GET /pets/dog/{id} {id=2}",
    "GET /pets/cat/1        | GET /pets/{proxy+} {proxy=cat/1}",
    "POST /test/5           | ANY /{proxy+} {proxy=test/5}",
    "POST /pets/cat/list    | POST /pets/{kind}/list {kind=cat}",
    "PUT /pets/cat/list     | ANY /pets/{kind}/list {kind=cat}",
    "PUT /pets/dog/1        | ANY /{proxy+} {proxy=pets/dog/1}",
    "GET /pets/x/c/d        | GET /pets/{b}/c/{d} {b=x, d=d}",
    "GET /                  | GET / {}",
    "POST /                 | $default {}",
    "GET /slash/            | GET /slash/ {}",
    "GET /slash             | ANY /{proxy+} {proxy=slash}",
    "GET /pets/             | ANY /{proxy+} {proxy=pets/}",
    "GET /pets/dog/a%2Fb    | GET /pets/dog/{id} {id=a/b}",
    "GET /pets/dog/%C3%BC+  | GET /pets/dog/{id} {id=ü+}",
    "GET /p%65ts/dog/1      | GET /pets/dog/1 {}"})
  void theMostSpecificRouteIsChosen(String request, String route) throws Exception {
    List<String> keys = new ArrayList<>(KEYS);
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(keys, random);
      String[] parts = request.split(" ", -1);
      HttpRouter.Match match = new HttpRouter(keys).match(parts[0], parts[1]).orElseThrow();
      assertThat(match.key() + " " + match.variables()).isEqualTo(route);
    }
  }

  @Test
  void withoutADefaultThereMayBeNone() throws Exception {
    HttpRouter router = new HttpRouter(List.of("GET /a", "POST /a/{b}"));
    assertThat(router.match("POST", "/a")).isEmpty();
    assertThat(router.match("HEAD", "/a")).isEmpty();
    assertThat(router.match("GET", "/A")).isEmpty();
    assertThat(router.match("GET", "/a/")).isEmpty();
    assertThat(router.match("POST", "/a/")).isEmpty();
    assertThat(router.match("POST", "/a/b/c")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/a/%", "/a/%zz", "/a/%4"})
  void malformedPercentEncodingIsRefused(String path) {
    HttpRouter router = new HttpRouter(List.of("GET /a/{b}"));
    assertThatThrownBy(() -> router.match("GET", path)).isInstanceOf(RefusedException.class);
  }
}
