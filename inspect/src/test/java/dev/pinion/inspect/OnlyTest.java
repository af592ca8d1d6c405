package dev.pinion.inspect;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What `only` leaves out of what a handler's code shows, and what is said of it.
final class OnlyTest {
  private static Inspection inspect(String handler) {
    String define = """
        Table rows = cloud.table("rows").hashKey("id", STRING).create();
        Table others = cloud.table("others").hashKey("id", STRING).create();
        Secret key = cloud.secret("key");
        Config greeting = cloud.config("greeting");
        WebSocket ws = cloud.webSocket("ws").create();
        """ + handler;
    return Programs.compile(Map.of("Test", Programs.app("Test", define.replace('\'', '"'), ""))).inspect("Test");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "rows.scan(); others.scan(); | only(rows, 'dynamodb:Scan') | [others SCAN]",
    "rows.scan(); rows.putItem(Item.of('id', body)); | only(rows, 'dynamodb:Scan') | [rows PUT_ITEM]",
    "rows.scan(); ws.sendMessage(body, body); | only(rows, 'dynamodb:Scan').only(ws, 'POST') | []",
    "rows.scan(); ws.url(); greeting.value(); key.value(); | only(rows, 'dynamodb:Scan') | [key]",
    "rows.scan(); key.value(); | only(rows, 'dynamodb:Scan').only(key) | []",
    "rows.scan(); rows.scan(); | allow('s3:GetObject', 'arn:aws:s3:::x') | []",
  })
  void whatNoOnlyNamesIsLeftOut(String statements, String options, String leftOut) {
    Inspection inspection = inspect("ws.onMessage((c, body) -> {" + statements + "})." + options + ";");
    HandlerUses handler = inspection.handlers().getFirst();
    assertThat(handler.leftOut().stream().map(InspectorTest::text).toList()).hasToString(leftOut);
    assertThat(handler.uses().keySet()).containsAll(handler.leftOut());
    assertThat(inspection.warnings()).hasSize(handler.leftOut().size()).allSatisfy(each -> {
      assertThat(each.kind()).isEqualTo(Finding.Kind.PERMISSION);
      assertThat(each.message()).startsWith("handler 'ws/$default' does ").contains("only leaves out");
    });
  }

  @Test
  void whatIsMerelyPossibleIsLeftOutWithoutWarning() {
    assertThat(inspect("""
        ws.onMessage((c, body) -> List.of(rows, others).get(0).scan()).only(rows, 'dynamodb:Scan');""").warnings())
        .isEmpty();
    Inspection reflective = inspect("""
        ws.onMessage((c, body) -> { rows.scan(); Class.forName(body).getDeclaredConstructor().newInstance(); })
            .only(rows, 'dynamodb:Scan');""");
    assertThat(reflective.handlers().getFirst().leftOut()).hasSizeGreaterThan(15);
    assertThat(reflective.handlers().getFirst().doubts()).hasSize(1);
    assertThat(reflective.warnings()).isEmpty();
  }

  @Test
  void whatIsCertainIsWarnedOfAlsoWhereNotAllIsKnown() {
    assertThat(inspect("""
        ws.onMessage((c, body) -> {
              Class.forName(body).getDeclaredConstructor().newInstance();
              rows.getItem(Key.of('id', body));
            }).only(rows, 'dynamodb:PutItem');""").warnings())
        .extracting(Finding::message)
        .satisfiesExactly(
            left -> assertThat(left).startsWith("handler 'ws/$default' does dynamodb:GetItem of 'rows'"),
            idle -> assertThat(idle).startsWith("handler 'ws/$default' is limited to dynamodb:PutItem of 'rows'"));
  }

  @Test
  void whatTheHandlerDoesNotDoIsNamedInVain() {
    assertThat(inspect("""
        ws.onMessage((c, body) -> rows.scan()).only(rows, 'dynamodb:Scan', 'dynamodb:Query').only(key);""").warnings())
        .extracting(Finding::message)
        .containsExactly(
            "handler 'ws/$default' is limited to dynamodb:Query of 'rows', and does nothing of the kind: leave that"
                + " out",
            "handler 'ws/$default' is limited to reading of 'key', and does nothing of the kind: leave that out");
  }
}
