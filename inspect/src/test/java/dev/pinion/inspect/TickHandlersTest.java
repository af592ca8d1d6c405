package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What is found of the handlers of schedules.
final class TickHandlersTest {
  private static final String RESOURCES = """
      Table a = cloud.table("a").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> a.scan());
      Schedule tick = cloud.schedule("tick").rate(java.time.Duration.ofMinutes(1)).create();
      """;
  private static final String MEMBERS = """
      int count;
      record Saver(Table table) implements TickHandler {
        @Override public void handle(Tick tick) { save(tick.scheduledTime().toString()); }
        private void save(String id) { table.putItem(Item.of("id", id)); }
      }
      static void tell(WebSocket ws, Tick tick) { ws.sendMessage(tick.executionId(), "x"); }
      """;

  private static Inspection inspect(String statements) {
    String source = Programs.app("Test", RESOURCES + statements.replace('\'', '"'), MEMBERS);
    return Programs.compile(Map.of("Test", source)).inspect("Test");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "tick.onTick(t -> ws.broadcast(a.scan().map(r -> r.string(`id`)), `x`)); | [a SCAN, ws POST]",
    "tick.onTick(new Saver(a)); | [a PUT_ITEM]",
    "tick.onTick(t -> tell(ws, t)); | [ws POST]",
    "tick.onTick(t -> {}); | []"})
  void theRoleFollowsTheHandler(String statement, String uses) {
    Inspection inspection = inspect(statement.replace('`', '"'));
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.handlers()).extracting(HandlerUses::path).containsExactly("ws/$default", "tick");
    assertThat(inspection.handler("tick").orElseThrow().uses().keySet().stream().map(InspectorTest::text).sorted())
        .asString().isEqualTo(uses);
  }

  @Test
  void theHandlersOfOneAppHaveRolesOfTheirOwn() {
    Inspection inspection = inspect("tick.onTick(t -> a.deleteItem(Key.of('id', '1')));");
    assertThat(inspection.handler("ws/$default").orElseThrow().uses().keySet()).extracting(InspectorTest::text)
        .containsExactly("a SCAN");
    assertThat(inspection.handler("tick").orElseThrow().uses().keySet()).extracting(InspectorTest::text)
        .containsExactly("a DELETE_ITEM");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "tick.onTick(t -> tick.onTick(u -> {})); | Schedule.onTick",
    "tick.onTick(t -> cloud.schedule(`x`)); | Cloud.schedule",
    "var begun = cloud.schedule(`y`); begun.cron(`0 9 * * ? *`).create().onTick(t -> {}); "
        + "tick.onTick(t -> begun.timeZone(`UTC`)); | ScheduleBuilder.timeZone"})
  void declaringInAHandlerIsAMistake(String statement, String call) {
    assertThat(inspect(statement.replace('`', '"')).findings()).singleElement().satisfies(each -> {
      assertThat(each.kind()).isEqualTo(Kind.MISTAKE);
      assertThat(each.toString()).contains("handler 'tick' calls " + call + ", which declares");
    });
  }

  @Test
  void keepingStateIsAWarning() {
    assertThat(inspect("tick.onTick(t -> count++);").findings()).singleElement()
        .satisfies(each -> assertThat(each.toString()).contains("warning: handler 'tick'", "count"));
  }
}
