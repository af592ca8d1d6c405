package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What is found of the handlers of tables' changes.
final class ChangeHandlersTest {
  private static final String RESOURCES = """
      Table a = cloud.table("a").hashKey("id", STRING).create();
      Table b = cloud.table("b").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      MessageQueue<String> queue = cloud.queue("queue", String.class).create();
      """;
  private static final String MEMBERS = """
      record Copier(Table to) implements ChangeHandler {
        @Override public void handle(TableChange change) {
          change.newItem().ifPresentOrElse(row -> to.putItem(row), () -> to.deleteItem(change.key()));
        }
      }
      """;

  private static Inspection inspect(String statements) {
    String source = Programs.app("Test", RESOURCES + statements.replace('`', '"'), MEMBERS);
    return Programs.compile(Map.of("Test", source)).inspect("Test");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "a.onChange(c -> c.newItem().ifPresent(row -> ws.sendMessage(row.string(`c`), `x`))); | [ws POST]",
    "a.onChange(new Copier(b)); | [b DELETE_ITEM, b PUT_ITEM]",
    "a.onChange(c -> queue.send(c.eventId())); | [queue SEND]",
    "a.onChange(c -> a.getItem(c.key())); | [a GET_ITEM]",
    "a.onChange(c -> { if (c.expired()) b.scan().count(); }); | [b SCAN]",
    "a.onChange(c -> {}); | []"})
  void theRoleFollowsTheHandler(String statement, String uses) {
    Inspection inspection = inspect(statement);
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.handlers()).extracting(HandlerUses::path).containsExactly("a/changes");
    assertThat(
        inspection.handler("a/changes").orElseThrow().uses().keySet().stream().map(InspectorTest::text).sorted())
        .asString().isEqualTo(uses);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "a.onChange(c -> b.onChange(d -> {})); | Table.onChange",
    "a.onChange(c -> cloud.queue(`x`, String.class)); | Cloud.queue"})
  void declaringInAHandlerIsAMistake(String statement, String call) {
    assertThat(inspect(statement).findings()).singleElement().satisfies(each -> {
      assertThat(each.kind()).isEqualTo(Kind.MISTAKE);
      assertThat(each.toString()).contains("handler 'a/changes' calls " + call + ", which declares");
    });
  }
}
