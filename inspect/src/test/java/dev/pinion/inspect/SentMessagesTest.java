package dev.pinion.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Messages that cannot be sent, as far as the code shows.
final class SentMessagesTest {
  private static final String RESOURCES = """
      Table a = cloud.table("a").hashKey("id", STRING).create();
      Secret secret = cloud.secret("password");
      WebSocket ws = cloud.webSocket("ws").create();
      """;
  private static final String MEMBERS = """
      record Post(String text, java.util.Date at) {}
      record Thread(List<String> posts, Post last) {}
      record Fine(String text, Integer number, Object any, List<Object> all, byte[] bytes, java.time.Instant at,
          Number sum, CharSequence note) {}
      static final class Plain { public String text = "x"; }
      record Id<T>(String value) {}
      record Held(List<Id<Plain>> ids, Map<String, List<? extends java.util.Date>> days) {}
      record Kept(Optional<java.util.stream.Stream<String>> all) {}
      record Marked(Id<Plain> id, List<Id<java.util.Date>> more) {}
      static void reply(WebSocket ws, Connection c, String body) { ws.sendMessage("hello " + body, c.id()); }
      """;

  /** Expressions, and what is wrong with them. */
  private static final Map<String, String> WRONG = Map.of(
      "a", "Table is not supported in messages: use the rows",
      "secret", "Secret is not supported in messages: do not send secrets",
      "ws", "WebSocket is not supported in messages: use its url()",
      "new Plain()", "Plain is not supported in messages: use a record",
      "new Post(body, null)", "Post.at: Date is not supported in messages: use java.time.Instant",
      "new Thread(List.of(), null)", "Post.at: Date is not supported",
      "new String[] {body}", "String[] is not supported in messages: use List<String>",
      "(Runnable) () -> {}", "Runnable is not supported in messages: use a value");
  /** Expressions of which only the call says what they are. */
  private static final Map<String, String> DECLARED = Map.of(
      "a.scan()", "Stream is not supported in messages: use a List, such as stream.toList()",
      "c", "Connection is not supported in messages: use its id()",
      "(Item) rows.getFirst()", "Item is not supported in messages: use a record, such as item.as(Row.class)",
      "new java.util.Date()", "Date is not supported in messages: use java.time.Instant");
  /** What is inside of collections, and of declared types. */
  private static final Map<String, String> INSIDE = Map.of(
      "List.of(body, new Plain())", "Plain is not supported in messages: use a record",
      "Map.of('rows', a)", "Table is not supported in messages: use the rows",
      "List.of(Map.of('x', Set.of(new Plain())))", "Plain is not supported",
      "List.of(new java.util.Date())", "Date is not supported in messages: use java.time.Instant",
      "new Held(List.of(), Map.of())", "Held.days: Date is not supported in messages: use java.time.Instant",
      "new Kept(Optional.empty())", "Kept.all: Stream is not supported");
  /** Statements that send in the wrong order, and what is said of them. */
  private static final Map<String, String> SWAPPED = Map.of(
      "ws.sendMessage(body, c.id())", "that the client's text names",
      "{ String id = c.id(); ws.sendMessage(body, id); }", "that the client's text names",
      "ws.sendMessage(body.trim(), c.id())", "that the client's text names",
      "{ String text = body.strip(); String id = c.id(); ws.sendMessage(text, id); }", "that the client's text names",
      "ws.sendMessage('hello', c.id())", "sends to the connection 'hello', which is not a connection id",
      "a.scan().forEach(item -> ws.sendMessage('hello', item.string('id')))", "which is not a connection id",
      "ws.sendMessage('you said ' + body, c.id())", "a text that the code puts together",
      "{ String text = 'at ' + System.nanoTime(); ws.sendMessage(text, c.id()); }", "that the code puts together",
      "reply(ws, c, body)", "a text that the code puts together");
  private static final List<String> RIGHT = List.of(
      "ws.sendMessage(c.id(), body)",
      "ws.sendMessage(c.id(), c.id())",
      "ws.sendMessage(c.id(), new StringBuilder(body))",
      "ws.sendMessage(c.id(), a.scan().toList())",
      "ws.sendMessage(c.id(), Map.of('a', body))",
      "ws.sendMessage(c.id(), new Fine(body, 1, a, null, null, null, 1, body))",
      "{ Object m = body.isEmpty() ? a : body; ws.sendMessage(c.id(), m); }",
      "ws.sendMessage(c.id(), body.isEmpty() ? body : a.scan())",
      "{ Object m = null; for (Object each : List.of(a, body)) m = each; ws.sendMessage(c.id(), m); }",
      "ws.sendMessage(c.id(), new Marked(null, List.of()))",
      "ws.sendMessage(c.id(), Stream.of(new Plain()).map(each -> each.text).toList())",
      "{ var plain = List.of(new Plain()); ws.sendMessage(c.id(), plain.getFirst().text + plain.size()); }",
      "ws.sendMessage(c.id(), List.of(c.id(), body, 1, Map.of('x', Optional.of(1.5))))",
      "{ var all = new ArrayList<Object>(); all.add(body); all.add(c.id()); ws.sendMessage(c.id(), all); }",
      "{ String to = body; to = to.substring(1); ws.sendMessage(to, c.id()); }",
      "ws.sendMessage(body.isEmpty() ? c.id() : body, c.id())",
      "ws.sendMessage('L0SM9cOFvHcCIhw=', body)",
      "ws.sendMessage(c.id(), 'you said ' + body)",
      "a.scan().forEach(item -> ws.sendMessage(item.string('id'), c.id()))");

  private static List<String> messages(List<String> statements) {
    String all = String.join("\n", statements).replace('\'', '"');
    return Programs.compile(Map.of("Test", Programs.app("Test", RESOURCES + all, MEMBERS))).inspect("Test").findings()
        .stream()
        .filter(each -> each.kind() == Finding.Kind.MESSAGE)
        .map(Finding::toString).toList();
  }

  private static void assertWarnings(String before, Map<String, String> wrong, String after) {
    List<String> routes = new ArrayList<>();
    wrong.keySet().forEach(each -> routes.add(before.replace("N", "r" + routes.size()) + each + after));
    List<String> found = messages(routes);
    assertThat(found).hasSameSizeAs(routes);
    int number = 0;
    for (String each : wrong.values()) {
      String handler = "warning: handler 'ws/r" + number + "' sends a message that cannot be sent: ";
      assertThat(found).anySatisfy(warning -> assertThat(warning).startsWith("Test.java:").contains(handler + each));
      number++;
    }
  }

  @Test
  void whatCannotBeSentIsWarnedOf() {
    assertWarnings("ws.onRoute('N', (c, body) -> ws.sendMessage(c.id(), ", WRONG, "));");
    assertWarnings("ws.onRoute('N', (c, body) -> { Object m = ", WRONG, "; ws.broadcast(List.of(c.id()), m); });");
    assertWarnings("ws.onRequest('N', (c, body) -> ", WRONG, ");");
  }

  @Test
  void soIsWhatTheCallDeclares() {
    assertWarnings("ws.onRoute('N', (c, body) -> { var rows = a.scan().toList(); ws.sendMessage(body, ", DECLARED,
        "); });");
  }

  @Test
  void whatIsInsideIsWarnedOf() {
    assertWarnings("ws.onRoute('N', (c, body) -> ws.sendMessage(c.id(), ", INSIDE, "));");
    assertWarnings("ws.onRoute('N', (c, body) -> { var all = new ArrayList<Object>(); all.add(body); all.add(",
        Map.of("new Plain()", "Plain is not supported", "Map.of(1, new Plain())", "Plain is not supported"),
        "); ws.sendMessage(c.id(), all); });");
  }

  @Test
  void swappedArgumentsAreWarnedOf() {
    SWAPPED.forEach((statement, said) -> assertThat(messages(List.of("ws.onMessage((c, body) -> " + statement + ");")))
        .as(statement).singleElement().asString().contains(said, "the message comes after the connection id"));
  }

  @Test
  void whatMayBeSentIsNot() {
    List<String> routes = new ArrayList<>();
    RIGHT.forEach(each -> routes.add("ws.onRoute('r" + routes.size() + "', (c, body) -> " + each + ");"));
    routes.add("ws.onRequest('s', (c, body) -> a.scan().map(item -> item.string('id')).toList());");
    routes.add("ws.onRequest('t', (c, body) -> Optional.of(new Fine(body, 1, 2, null, null, null, 1, body)));");
    assertThat(messages(routes)).isEmpty();
  }
}
