package dev.pinion.inspect;

import dev.pinion.inspect.Judge.Verdict;
import dev.pinion.inspect.Shapes.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/// Programs whose handlers' uses are known: what is found is what they do, and no more.
final class CasesTest {
  @TestFactory
  Stream<DynamicTest> whatIsFoundIsWhatIsDone() {
    List<Shape> cases = Shapes.read("cases");
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) sources.put("C" + i, new ProgramText("C" + i).of(cases.get(i)));
    Programs.Loader loader = Programs.compile(sources);
    return cases.stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(loader, "C" + cases.indexOf(each), each)));
  }

  private static void check(Programs.Loader loader, String app, Shape shape) {
    Inspection inspection = Judge.inspect(loader, app);
    List<String> paths = inspection.handlers().stream().map(HandlerUses::path).toList();
    int handler = paths.indexOf("ws/$default");
    HandlerUses uses = inspection.handlers().get(handler);
    Verdict verdict = Judge.judge(loader, app, inspection, handler);
    String expected = new TreeSet<>(Arrays.asList(shape.part("uses").split(", "))).toString();
    assertThat(verdict.failure()).isEmpty();
    assertThat(text(verdict.did())).as("what is done").isEqualTo(expected);
    assertThat(text(uses.uses().keySet())).as("what is found, %s", uses.doubts()).isEqualTo(expected);
    if (shape.part("doubt").isEmpty()) assertThat(uses.doubts()).isEmpty();
    if (!shape.part("findings").isEmpty()) assertThat(inspection.findings()).isEmpty();
  }

  private static String text(java.util.Collection<Use> uses) {
    return uses.stream().map(InspectorTest::text).collect(Collectors.toCollection(TreeSet::new)).toString();
  }

  @Test
  void classesWithoutAPackageMayHaveTheLettersOfPrimitives() {
    Programs.Loader loader = Programs.compile(Map.of("Letters", Programs.app("Letters", """
        Table rows = cloud.table("rows").hashKey("id", STRING).create();
        WebSocket ws = cloud.webSocket("ws").create();
        ws.onMessage((c, b) -> B.put(rows, b));
        ws.onRoute("new", (c, b) -> new C(rows).put(b));
        ws.onRoute("record", (c, b) -> new D(b).put(rows));
        ws.onRoute("sub", (c, b) -> { I i = new J(rows); i.put(b); });
        ws.onRoute("array", (c, b) -> { for (Z each : new Z[] {new Z(rows)}) each.put(b); });
        """, "") + """
        class B { static void put(Table rows, String id) { rows.putItem(Item.of("id", id)); } }
        class C { final Table rows; C(Table rows) { this.rows = rows; } void put(String id) { B.put(rows, id); } }
        record D(String id) { void put(Table rows) { rows.putItem(Item.of("id", id)); } }
        interface I { void put(String id); }
        record J(Table rows) implements I { public void put(String id) { B.put(rows, id); } }
        record Z(Table rows) implements I { public void put(String id) { B.put(rows, id); } }
        """, "A", Programs.app("A", """
        Table rows = cloud.table("rows").hashKey("id", STRING).create();
        cloud.webSocket("ws").create().onMessage((c, b) -> rows.putItem(Item.of("id", b)));
        """, ""), "X", Programs.app("X", """
        Table rows = cloud.table("rows").hashKey("id", STRING).create();
        cloud.webSocket("ws").create().onMessage((c, b) -> new V(rows).put());
        """, "") + "record V(Table rows) { void put() { rows.putItem(Item.of(\"id\", \"x\")); } }"));
    for (String app : List.of("Letters", "A", "X")) {
      for (HandlerUses each : Judge.inspect(loader, app).handlers()) {
        assertThat(text(each.uses().keySet())).as(each.path()).isEqualTo("[rows PUT_ITEM]");
        assertThat(each.doubts()).isEmpty();
      }
    }
  }

  @Test
  void aRouteHasTheRecordThatItNames() {
    Programs.Loader loader = Programs.compile(Map.of("Sealed", Programs.app("Sealed", """
        Table rows = cloud.table("rows").hashKey("id", STRING).create();
        WebSocket ws = cloud.webSocket("ws").create();
        ws.onRoute("switch", Join.class, (c, m) -> bySwitch(rows, m));
        ws.onRoute("instanceof", Join.class, (c, m) -> byInstanceof(rows, m));
        ws.onRoute("virtual", Join.class, (c, m) -> ((Message) m).on(rows, c));
        ws.onRoute("made", (c, b) -> bySwitch(rows, new Join(b)));
        """, """
        sealed interface Message { void on(Table rows, Connection c); }
        record Join(String room) implements Message {
          public void on(Table rows, Connection c) { rows.putItem(Item.of("id", room)); }
        }
        record Leave(String room) implements Message {
          public void on(Table rows, Connection c) { rows.deleteItem(Key.of("id", room)); }
        }
        static void bySwitch(Table rows, Message message) {
          switch (message) {
            case Join j -> rows.putItem(Item.of("id", j.room()));
            case Leave l -> rows.deleteItem(Key.of("id", l.room()));
          }
        }
        static void byInstanceof(Table rows, Message message) {
          if (message instanceof Join j) rows.putItem(Item.of("id", j.room()));
          else if (message instanceof Leave l) rows.deleteItem(Key.of("id", l.room()));
        }
        """)));
    for (HandlerUses each : Judge.inspect(loader, "Sealed").handlers()) {
      assertThat(text(each.uses().keySet())).as(each.path()).isEqualTo("[rows PUT_ITEM]");
      assertThat(each.doubts()).isEmpty();
    }
  }
}
