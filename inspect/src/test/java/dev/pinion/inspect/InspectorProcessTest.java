package dev.pinion.inspect;

import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/// An inspection in a JVM of its own: the same answer, and nothing of what define does to its process.
final class InspectorProcessTest {
  private static final String DEFINE = """
      Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> System.exit(1));
      System.setProperty("set.by.define", "yes");
      System.out.println("printed");
      Table rows = cloud.table("rows").hashKey("id", STRING).attribute("at", STRING).index("byAt", "at").create();
      Secret key = cloud.secret("key");
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> { rows.query(Query.hashKey("x").index("byAt")); ws.sendMessage(c.id(), key.value()); });
      ws.onRoute("any", (c, body) -> Class.forName(body).getDeclaredConstructor().newInstance())
          .only(rows, "dynamodb:Scan");
      ws.onRoute("late", (c, body) -> cloud.config("x"));
      """;

  private static Inspection apart(Programs.Loader program, String app) {
    return new Inspector(program, program.names()).inspectApart(app, program.definition(app).model());
  }

  @Test
  void theAnswerIsThatOfThisProcess() {
    String define = DEFINE.lines().skip(3).reduce("", (all, line) -> all + line + "\n");
    Programs.Loader program = Programs.compile(Map.of("Test", Programs.app("Test", define, "")));
    Inspection here = program.inspect("Test");
    assertThat(here.handlers()).hasSize(3);
    assertThat(here.findings()).isNotEmpty();
    assertThat(apart(program, "Test")).isEqualTo(here);
  }

  @Test
  void whatDefineDoesToItsProcessStaysThere() {
    Programs.Loader program = Programs.compile(Map.of("Test", Programs.app("Test", DEFINE, "")));
    var first = program.definition("Test").model();
    Thread.setDefaultUncaughtExceptionHandler(null);
    System.clearProperty("set.by.define");
    Inspection inspection = new Inspector(program, program.names()).inspectApart("Test", first);
    assertThat(inspection.handlers()).hasSize(3);
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    assertThat(System.getProperty("set.by.define")).isNull();
  }

  @Test
  void whatDefineThrowsComesWithItsLines() {
    String define = "if (System.getProperty('first') == null) throw new IllegalArgumentException('no second time');"
        .replace('\'', '"');
    Programs.Loader program = Programs.compile(Map.of("Test", Programs.app("Test", define, "")));
    System.setProperty("first", "yes");
    var first = program.definition("Test").model();
    System.clearProperty("first");
    InspectedException thrown = catchThrowableOfType(
        InspectedException.class, () -> new Inspector(program, program.names()).inspectApart("Test", first));
    assertThat(thrown).hasToString("java.lang.IllegalArgumentException: no second time");
    assertThat(thrown.getStackTrace()[0].getClassName()).isEqualTo("Test");
    assertThat(thrown.isMistake()).isFalse();
  }

  @Test
  void aMistakeInTheDefinitionIsTold() {
    String define = "if (System.getProperty('first') == null) cloud.table('rows');".replace('\'', '"');
    Programs.Loader program = Programs.compile(Map.of("Test", Programs.app("Test", define, "")));
    System.setProperty("first", "yes");
    var first = program.definition("Test").model();
    System.clearProperty("first");
    InspectedException thrown = catchThrowableOfType(
        InspectedException.class, () -> new Inspector(program, program.names()).inspectApart("Test", first));
    assertThat(thrown.isMistake()).isTrue();
    assertThat(thrown.getMessage()).contains("Test.java:").contains("rows");
  }
}
