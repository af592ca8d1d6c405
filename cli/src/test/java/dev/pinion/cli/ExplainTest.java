package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// The command `explain`.
final class ExplainTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everyUseHasItsLines() {
    Path chat = SourceLimitsTest.root().resolve("examples/chat/Chat.java");
    assertThat(Ran.of("explain", chat.toString())).isEqualTo(new Ran(PinionCommand.OK, """
        my-websocket/$connect  Chat.java:10
          WebSocketTable  dynamodb:PutItem            Chat.java:10
        my-websocket/$disconnect  Chat.java:11
          WebSocketTable  dynamodb:DeleteItem         Chat.java:11
        my-websocket/$default  Chat.java:12
          WebSocketTable  dynamodb:Scan               Chat.java:13
          my-websocket    POST @connections           Chat.java:13
        """, ""));
  }

  @Test
  void jsonHasTheSame() {
    Path echo = SourceLimitsTest.root().resolve("examples/echo/Echo.java");
    Ran ran = Ran.of("explain", "--json", echo.toString());
    assertThat(ran.code()).isEqualTo(PinionCommand.OK);
    assertThat(ran.out()).contains("\"handler\":\"echo/$default\"", "\"operation\":\"POST @connections\"")
        .contains("\"path\":[\"Echo.java:10\"]");
  }

  @Test
  void aRoleThatHandlersShareIsSaid() {
    Path arena = SourceLimitsTest.root().resolve("examples/arena/Arena.java");
    assertThat(Ran.of("explain", arena.toString()).out()).startsWith("""
        match/$connect  Arena.java:29
          players   dynamodb:PutItem            Arena.java:29
          + in the function play, whose role allows what match/move, match/$disconnect, scores/GET /players,\
         scores/GET /players/{id} needs too
        """);
    assertThat(Ran.of("explain", "--json", arena.toString()).out())
        .contains("\"shared\":{\"function\":\"upkeep\",\"with\":[\"farewell\"]}");
  }

  @Test
  void whyItIsMoreIsSaid() throws IOException {
    Path app = RunTest.app(folder, "var ws = cloud.webSocket(\"ws\").create();\n"
        + "ws.onMessage((c, body) -> Class.forName(body).getDeclaredConstructor().newInstance());");
    Ran ran = Ran.of("explain", app.toString());
    assertThat(ran.code()).isEqualTo(PinionCommand.OK);
    assertThat(ran.out()).contains("? it calls java.lang.reflect.Constructor.newInstance", ": Chat.java:6", "assumed");
    assertThat(ran.err()).contains("Chat.java:6: warning: handler 'ws/$default' is allowed everything");
  }

  @Test
  void whatOnlyLeavesOutIsSaid() throws IOException {
    Path app = RunTest.app(folder, """
        var rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
        var ws = cloud.webSocket("ws").create();
        ws.onMessage((c, body) -> rows.scan().forEach(row ->
            ws.sendMessage(row.string("id"), body)))
            .only(rows, "dynamodb:Scan");""");
    String warning =
        "Chat.java:8: warning: handler 'ws/$default' does POST of 'ws' (Chat.java:7 > Chat.java:8), which its"
            + " only leaves out, so that AWS will refuse it: name it there, or do without";
    assertThat(Ran.of("explain", app.toString())).isEqualTo(new Ran(PinionCommand.OK, """
        ws/$default  Chat.java:7
          rows  dynamodb:Scan               Chat.java:7
          ws    POST @connections           Chat.java:7 > Chat.java:8, excluded by only
        """, warning + "\n"));
    assertThat(Ran.of("explain", "--json", app.toString()).out())
        .contains("\"leftOut\":[{\"resource\":\"ws\",\"operation\":\"POST @connections\"");
  }

  @Test
  void whatAllowAddsIsShown() {
    Path app = SourceLimitsTest.root().resolve("cli/src/test/java/app/Allowing.java");
    assertThat(Ran.of("explain", app.toString())).isEqualTo(new Ran(PinionCommand.OK, """
        ws/$default  Allowing.java:22
          ws     POST @connections           Allowing.java:22
          audit  dynamodb:PutItem            allow
          ws     DELETE @connections         allow
          key    value                       allow
          arn:aws:s3:::${bucket}/*  s3:GetObject  allow
        """, ""));
    assertThat(Ran.of("explain", "--json", app.toString()).out())
        .contains("\"granted\":[{\"resource\":\"audit\",\"operation\":\"dynamodb:PutItem\"")
        .contains("\"allowed\":[{\"action\":\"s3:GetObject\",\"arn\":\"arn:aws:s3:::${bucket}/*\"}]");
  }

  @Test
  void declaringInAHandlerIsAMistake() throws IOException {
    Path app = RunTest.app(folder, "var ws = cloud.webSocket(\"ws\").create();\n"
        + "ws.onMessage((c, body) -> cloud.table(body));");
    RunTest.assertMistake(Ran.of("compile", "-t", "tf-aws", app.toString()),
        "Chat.java:6: error: handler 'ws/$default'");
  }
}
