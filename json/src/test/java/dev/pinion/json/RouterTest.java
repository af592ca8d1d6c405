package dev.pinion.json;

import dev.pinion.spi.RouteSelectionExpression;
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
    "\\$default | anything | $default",
    "static | {} | static"})
  void theKeyIs(String expression, String body, String key) {
    assertThat(new Router(RouteSelectionExpression.parse(expression)).routeKey(body)).isEqualTo(key);
  }
}
