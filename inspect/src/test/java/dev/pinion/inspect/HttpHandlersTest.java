package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What is found of the handlers of HTTP APIs.
final class HttpHandlersTest {
  private static final String RESOURCES = """
      Table a = cloud.table("a").hashKey("id", STRING).create();
      Table b = cloud.table("b").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      HttpApi http = cloud.httpApi("http").create();
      """;
  private static final String MEMBERS = """
      int count;
      static Table kept;
      record Saver(Table table) implements HttpCallHandler {
        @Override public Object handle(HttpCall request) { return save(request.path("id")); }
        private Object save(String id) { table.putItem(Item.of("id", id)); return null; }
      }
      record Checked(String id) { Checked { if (kept != null) kept.scan(); } }
      record Told(Table table, String id) { public String id() { table.scan(); return id; } }
      static HttpApi api(HttpApi api) { return api; }
      static Object tell(WebSocket ws, HttpCall request) { ws.sendMessage(request.body(), "x"); return null; }
      """;

  private static Inspection inspect(String statements) {
    String source = Programs.app("Test", RESOURCES + statements.replace('`', '"'), MEMBERS);
    return Programs.compile(Map.of("Test", source)).inspect("Test");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "http.on(`GET /x`, r -> ws.broadcast(a.scan().map(i -> i.string(`id`)), `x`)); | [a SCAN, ws POST]",
    "http.on(`GET /x`, new Saver(a)); | [a PUT_ITEM]",
    "http.on(`GET /x`, r -> tell(ws, r)); | [ws POST]",
    "http.on(`GET /x`, r -> HttpReply.noContent()); | []",
    "http.on(`GET /x`, r -> http.url()); | [http URL]",
    "HttpApi other = cloud.httpApi(`other`).create(); http.on(`GET /x`, r -> other.url()); | [other URL]",
    "cloud.httpApi(`other`).create(); http.on(`GET /x`, r -> api(http).url()); | [http URL]",
    "http.on(`GET /x`, String.class, (r, t) -> a.getItem(Key.of(`id`, t)).isPresent()); | [a GET_ITEM]",
    "kept = a; http.on(`GET /x`, Checked.class, (r, checked) -> checked.id()); | [a SCAN]",
    "kept = a; http.on(`GET /x`, r -> r.json(Checked.class).id()); | [a SCAN]",
    "kept = a; Class<Checked> type = Checked.class; http.on(`GET /x`, r -> r.json(type).id()); | [a SCAN]",
    "http.on(`GET /x`, r -> new Told(b, `x`)); | [b SCAN]",
    "http.on(`GET /x`, r -> HttpReply.ok().json(new Told(b, `x`))); | [b SCAN]",
    "http.on(`GET /x`, r -> r.query(`q`).map(q -> a.getItem(Key.of(`id`, q)).isPresent())); | [a GET_ITEM]",
    "http.on(`GET /x`, r -> { r.headers().forEach((n, v) -> b.scan()); return null; }); | [b SCAN]"})
  void theRoleFollowsTheHandler(String statement, String uses) {
    Inspection inspection = inspect(statement);
    assertThat(inspection.findings()).filteredOn(each -> each.kind() == Kind.MISTAKE).isEmpty();
    assertThat(inspection.handlers()).extracting(HandlerUses::path).containsExactly("http/GET /x");
    assertThat(inspection.handler("http/GET /x").orElseThrow().uses().keySet().stream().map(InspectorTest::text)
        .sorted()).asString().isEqualTo(uses);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "http.on(`GET /x`, r -> http.on(`GET /y`, q -> null)); | HttpApi.on",
    "http.on(`GET /x`, r -> cloud.httpApi(`y`)); | Cloud.httpApi",
    "var begun = cloud.httpApi(`y`); begun.create().on(`GET /z`, r -> null); "
        + "http.on(`GET /x`, r -> begun.name(`z`)); | HttpApiBuilder.name"})
  void declaringInAHandlerIsAMistake(String statement, String call) {
    assertThat(inspect(statement).findings()).filteredOn(each -> each.kind() == Kind.MISTAKE).singleElement()
        .satisfies(each -> assertThat(each.toString())
            .contains("handler 'http/GET /x' calls " + call, "which declares"));
  }

  @Test
  void keepingStateIsAWarning() {
    assertThat(inspect("http.on(`GET /x`, r -> count++);").findings()).singleElement()
        .satisfies(each -> assertThat(each.toString()).contains("warning: handler 'http/GET /x'", "count"));
  }

  @Test
  void aReplyThatCannotBeSentIsAWarning() {
    assertThat(inspect("http.on(`GET /x`, r -> new Thread());").findings()).singleElement()
        .satisfies(each -> assertThat(each.toString()).contains("handler 'http/GET /x'", "cannot be sent", "Thread"));
  }
}
