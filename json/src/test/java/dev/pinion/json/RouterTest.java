package dev.pinion.json;

import dev.pinion.spi.RouteSelectionExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Route selection expressions over messages. */
class RouterTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', emptyValue = "", nullValues = "NIL", value = {
    "$request.body.action | {\"action\":\"join\"} | join",
    "${request.body.action} | {\"x\":[1,{\"action\":2}],\"action\":\"join\"} | join",
    "${request.body.service}/${request.body.action} | {\"action\":\"b\",\"service\":\"a\"} | a/b",
    "$request.body.a.b[1] | {\"a\":{\"b\":[\"x\",\"y\"]}} | y",
    "$request.body['odd name'] | {\"odd name\":7} | 7",
    "$request.body.action | {\"action\":true} | true",
    "$request.body.action | {\"action\":1.50} | 1.50",
    "$request.body.action | {\"action\":null} | ~~",
    "$request.body.action | {\"action\":{\"a\":1}} | ~~",
    "$request.body.action | {} | ~~",
    "$request.body.action | \"text\" | ~~",
    "$request.body.action | not JSON | ~~",
    "$request.body.action | {\"action\":\"join\"} trailing | ~~",
    "$request.body.action | {action:'join'} | ~~",
    "$request.body.action | {\"action\":\"a\",\"action\":\"b\"} | b",
    "$request.body.action | {\"action\":\"say\",\"text\":\"cut \\ud83d\"} | say",
    "$request.body.action | {\"text\":\"\ud83d\",\"action\":\"say\"} | say",
    "$request.body.action | {\"\\u0061ction\":\"\\u0073ay\"} | say",
    "$request.body.action | {\"action\":\"say\",\"x\":[1,]} | ~~",
    "$request.body.action | {\"action\":\"say\",\"x\":01} | ~~",
    "$request.body.action | {\"action\":\"say\",\"x\":{\"action\":[}} | ~~",
    "\\$default | anything | $default",
    "static | {} | static"})
  void theKeyIs(String expression, String body, String key) {
    assertThat(new Router(RouteSelectionExpression.parse(expression)).routeKey(body)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "$request.body.action | hello | the message is not JSON",
    "$request.body.action | {\"action\":\"x\" | the message is not JSON",
    "$request.body.action | {\"type\":\"x\"} | the message has no text at request.body.action, which selects its route",
    "$request.body['a b'][0] | {} | the message has no text at request.body['a b'][0], which selects its route",
    "${request.body.a}/${request.body.b} | {\"b\":1} | there is no route for '/1', as the message has no text at"
        + " request.body.a",
    "$request.body.action | {\"action\":\"x\"} | there is no route for 'x'",
    "static | hello | there is no route for 'static'"})
  void whyThereIsNoRoute(String expression, String body, String why) {
    Router router = new Router(RouteSelectionExpression.parse(expression));
    assertThat(router.unrouted(body, router.routeKey(body))).isEqualTo(why);
  }

  @Test
  void whatTheGrammarAllowsIsRouted() {
    Router router = new Router(RouteSelectionExpression.parse("$request.body.action"));
    assertThat(router.routeKey("{\"x\":" + "[".repeat(3_000) + "]".repeat(3_000) + ",\"action\":\"say\"}"))
        .isEqualTo("say");
    assertThat(router.routeKey("{\"x\":1" + "0".repeat(5_000) + ",\"action\":\"say\"}")).isEqualTo("say");
    assertThat(router.routeKey("{\"action\":" + "[".repeat(3_000) + "]".repeat(3_000) + "}")).isEmpty();
  }
}
