package dev.pinion.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What the commands say of a program that mixes the two phases up. Its `define` begins at line 5.
@Timeout(60)
@Tag("slow")
final class PhaseErrorsTest {
  private static final String WS = "var ws = cloud.webSocket(\"ws\").create();\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void declaringInAHandlerEndsARun() throws Exception {
    Path program = RunTest.app(folder, WS + "ws.onMessage((c, body) -> cloud.config(body));");
    try (Child child = Child.of(folder, "run", program.toString(), "--port", "0")) {
      child.await("listening on ");
      Ran ran = child.end();
      assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
      assertThat(ran.err())
          .isEqualTo("Chat.java:6: error: handler 'ws/$default' calls Cloud.config, which declares, and"
              + " only define may declare: move it there\n");
    }
  }

  @Test
  void aHandlerThatMayDeclareIsWarnedOfAndRuns() throws Exception {
    assertWarned(
        WS + "ws.onMessage((c, body) -> { if (body.isEmpty()) cloud.config(\"x\"); });",
        "Chat.java:6: warning: handler 'ws/$default' may call Cloud.config");
  }

  @Test
  void stateOfOneProcessIsWarnedOfWhileTheAppRuns() throws Exception {
    assertWarned(
        "var seen = new java.util.ArrayList<String>();\n" + WS + "ws.onMessage((c, body) -> seen.add(body));",
        "Chat.java:7: warning: handler 'ws/$default' changes an ArrayList that define has made");
  }

  @Test
  void permissionsAreNoMatterOfARun() throws Exception {
    assertThat(assertWarned(
        "var seen = new java.util.ArrayList<String>();\n" + WS
            + "ws.onRoute(\"x\", (c, body) -> Class.forName(body).getDeclaredConstructor().newInstance());\n"
            + "ws.onMessage((c, body) -> seen.add(body));",
        "Chat.java:8: warning: handler 'ws/$default' changes")).doesNotContain("warning");
  }

  @Test
  void whatDefineDeclaresOtherwiseEachTimeIsAnErrorOfCompile() throws Exception {
    String table = "cloud.table(\"t\" + System.nanoTime()).hashKey(\"id\", AttributeType.STRING).create();\n";
    String statements = table + WS + "ws.onMessage((c, body) -> {});";
    String place = "Chat.java:5: error: table 't";
    Ran compiled = Ran.of("compile", "-t", "tf-aws", RunTest.app(folder, statements).toString());
    RunTest.assertMistake(compiled, place);
    assertThat(compiled.err()).contains("Chat.java:5: warning: define calls System.nanoTime, which reads the clock");
    Ran explained = Ran.of("explain", folder.resolve("Chat.java").toString());
    assertThat(explained.err()).contains(place);
    assertThat(explained.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(assertWarned(statements, place))
        .contains("declared the second time that define runs, and not the first");
  }

  @Test
  void whatDefinePrintsIsPrintedOnce() throws Exception {
    String statements = "IO.println(\"declaring\"); System.err.println(\"still declaring\");\n"
        + "var seen = new java.util.ArrayList<String>();\n" + WS + "ws.onMessage((c, body) -> seen.add(body));";
    Path program = RunTest.app(folder, statements);
    try (Child child = Child.merged(folder, "run", program.toString(), "--port", "0")) {
      child.await("declaring");
      child.await("still declaring");
      child.await("listening on ");
      child.await("Chat.java:8: warning: handler");
      child.signal("TERM");
      assertThat(child.end().out()).doesNotContain("declaring");
    }
    try (Child child = Child.merged(folder, "explain", program.toString())) {
      assertThat(child.end().out()).containsOnlyOnce("still declaring").hasLineCount(5);
    }
  }

  @Test
  void aDefineThatPassesOnceIsToldAndGoesOn() throws Exception {
    String statements =
        "if (System.getProperties().put(\"chat.defined\", \"yes\") != null) throw new Error(\"twice\");\n"
            + WS + "ws.onMessage((c, body) -> {});";
    assertThat(assertWarned(statements, "Chat.java:5: error: the app's define threw java.lang.Error: twice"))
        .contains("This happened when define ran a second time");
  }

  /// Runs a program until it has a warning, shows that it answers, and ends it; returns the other warnings.
  private String assertWarned(String statements, String said) throws Exception {
    Path program = RunTest.app(folder, statements);
    try (Child child = Child.merged(folder, "run", program.toString(), "--port", "0");
        HttpClient http = HttpClient.newHttpClient()) {
      URI url = URI.create(child.await("listening on "));
      String rest = child.await(said);
      http.newWebSocketBuilder().buildAsync(url, new WebSocket.Listener() {}).join().abort();
      child.signal("TERM");
      Ran ran = child.end();
      assertThat(ran.code()).isEqualTo(128 + 15);
      return rest + "\n" + ran.out();
    }
  }
}
