package dev.pinion.spi;

import dev.pinion.spi.RouteSelectionExpression.BodyPath;
import dev.pinion.spi.RouteSelectionExpression.Element;
import dev.pinion.spi.RouteSelectionExpression.Member;
import dev.pinion.spi.RouteSelectionExpression.Part;
import dev.pinion.spi.RouteSelectionExpression.Step;
import dev.pinion.spi.RouteSelectionExpression.Text;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class RouteSelectionExpressionTest {
  static final List<Arguments> WELL_FORMED =
      List.of(
          wellFormed("$request.body.action", body("action")),
          wellFormed("${request.body.action}", body("action")),
          wellFormed("${request.body.service}/${request.body.action}", body("service"), text("/"), body("action")),
          wellFormed("$request.body.service/$request.body.action", body("service"), text("/"), body("action")),
          wellFormed("${request.body.action}-beta", body("action"), text("-beta")),
          wellFormed("$request.body.detail-type", body("detail-type")),
          wellFormed("${request.body.@type}", body("@type")),
          wellFormed("action", text("action")),
          wellFormed("\\$default", text("$default")),
          wellFormed("a\\$b c", text("a$b c")),
          wellFormed("$request.body", body()),
          wellFormed("$request.body[2]", path(new Element(2))),
          wellFormed("$request.body.a[0].b", path(new Member("a"), new Element(0), new Member("b"))),
          wellFormed("${request.body['a b'].c}", body("a b", "c")),
          wellFormed("$request.body[\"it's\"]", body("it's")),
          wellFormed("${request.body['}']}x", body("}"), text("x")),
          wellFormed("$request.body['']", body("")),
          wellFormed("$request.body.größe", body("größe")));

  @ParameterizedTest(name = "{0}")
  @FieldSource("WELL_FORMED")
  void readsTextsAndPaths(String expression, List<Part> parts) {
    assertThat(RouteSelectionExpression.parse(expression).parts()).isEqualTo(parts);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "`` | 1 | it is empty",
    "$ | 2 | only request.body can follow a dollar sign",
    "$default | 2 | only request.body can follow a dollar sign",
    "$request.header.action | 2 | only request.body can follow a dollar sign",
    "$request.querystring.action | 2 | only request.body can follow a dollar sign",
    "$context.connectionId | 2 | only request.body can follow a dollar sign",
    "${request.body.action | 22 | '.', '[' or '}' is missing",
    "${request.body.a b} | 17 | '.', '[' or '}' is missing",
    "$request.bodyaction | 14 | '.' or '[' is missing",
    "$request.body. | 15 | a name is missing",
    "$request.body.. | 15 | a name is missing",
    "${request.body.*} | 16 | a name is missing",
    "$request.body[] | 15 | an index or a quoted name is missing",
    "$request.body[*] | 15 | an index or a quoted name is missing",
    "$request.body[-1] | 15 | an index or a quoted name is missing",
    "$request.body[99999999999] | 15 | an index or a quoted name is missing",
    "$request.body[0:2] | 16 | ']' is missing",
    "$request.body['a | 16 | the closing quote is missing",
    "$request.body['a' | 18 | ']' is missing",
    "{request.body.action} | 1 | a brace is only for a variable, after its dollar sign",
    "a} | 2 | a brace is only for a variable, after its dollar sign",
    "/2\\d\\d/ | 3 | a backslash is only for a dollar sign",
  })
  void saysWhatIsWrongAndWhatIsAllowed(String expression, int character, String what) {
    assertThatThrownBy(() -> RouteSelectionExpression.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "route selection expression '%s', at character %d: %s; allowed are $request.body.name,"
                + " ${request.body.name}, text, and \\$ for a dollar sign",
            expression,
            character,
            what);
  }

  private static Arguments wellFormed(String expression, Part... parts) {
    return arguments(expression, List.of(parts));
  }

  private static Part text(String text) {
    return new Text(text);
  }

  private static Part body(String... names) {
    return new BodyPath(List.of(names).stream().<Step>map(Member::new).toList());
  }

  private static Part path(Step... steps) {
    return new BodyPath(List.of(steps));
  }
}
