package dev.pinion.cli;

import dev.pinion.sim.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// The command `logs`: of an app that runs here, and of a deployed one, with an AWS CLI that is a script.
@Timeout(120)
final class LogsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theLogOfARunningAppIsFollowed() throws Exception {
    RunTest.app(folder, """
        var chat = cloud.webSocket("chat").create();
        chat.onMessage((c, body) -> {
          System.out.println("got " + body);
          if (body.equals("bad")) throw new IllegalStateException("cannot");
        });
        chat.onConnect(c -> {});""");
    try (Child app = Child.of(folder, "run", "Chat.java", "--port", "0")) {
      String url = app.await("listening on ");
      String port = Integer.toString(URI.create(url).getPort());
      Ran none = Ran.of("logs", "--port", port);
      assertThat(none.err()).startsWith("nothing is recorded");
      try (Child logs = Child.merged(folder, "logs", "chat/$default", "--follow", "--port", port);
          EchoClient client = new EchoClient(url)) {
        logs.await("following the app at ");
        client.send("good");
        client.send("bad");
        logs.awaitContaining("  chat/$default  got good");
        logs.awaitContaining("  chat/$default  answered 200 in ");
        logs.awaitContaining("  chat/$default  failed in ");
        logs.awaitContaining("  chat/$default  java.lang.IllegalStateException: cannot");
        app.signal("TERM");
        logs.await("the app at ");
        assertThat(logs.end().out()).doesNotContain("$connect");
      }
    }
  }

  @Test
  void whatIsRecordedIsShownInOneGo() throws Exception {
    try (Simulator app = Simulator.of(new ConnectTest.Talk()).inMemory().port(0)
        .log(Ran.print(new ByteArrayOutputStream())).start()) {
      String port = Integer.toString(URI.create(app.endpoints().getFirst().url()).getPort());
      assertThat(Ran.of("logs", "--port", port).code()).isZero();
      ConnectTest.connect("", app.endpoints().getFirst().url(), "-q", "name=ann", "--wait", "0");
      Ran ran = Ran.of("logs", "talk/$connect", "--port", port);
      assertThat(ran.out()).containsPattern("^[0-9-]{10} [0-9:.]{12}  talk/\\$connect  answered 200 in [0-9.]+ ms\n$");
      RunTest.assertMistake(Ran.of("logs", "nobody", "--port", port),
          "the app has no handler 'nobody': it has talk/$connect, talk/say, talk/$default");
    }
  }

  private Ran deployed(String second, String... arguments) throws IOException, InterruptedException {
    RunTest.app(folder, "");
    Files.createDirectories(folder.resolve("bin"));
    script("aws", """
        #!/bin/sh
        echo "aws $*" >>"%s/calls"
        case "$*" in
          *list-stack-resources*) echo '{"StackResourceSummaries": [{"LogicalResourceId": "Logs1", "PhysicalResourceId":
            "group-a"}]}' ;;
          *a-connect*|*group-a*) cat <<'END'
        {"events": [
          {"timestamp": 1000, "eventId": "1", "message": "START RequestId: x\\n"},
          {"timestamp": 3000, "eventId": "2", "message": "third\\nfourth \\u001b[2J\\n"}]}
        END
        ;;
          *denied*) echo "An error occurred (AccessDenied)" >&2; exit 254 ;;
          *) echo '{"events": [{"timestamp": 2000, "eventId": "3", "message": "second"}]}' ;;
        esac
        """.formatted(folder));
    script("tofu", """
        #!/bin/sh
        echo '{"functions": {"value": {"chat/$connect": {"name": "a-connect"}, "chat/$default": {"name": "%s"}}}}'
        """.formatted(second));
    Map<String, String> environment = Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "TZ", "UTC");
    try (Child child = Child.of(folder, environment, arguments)) {
      return child.end();
    }
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("bin").resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void compiled(String file) throws IOException {
    Path target = folder.resolve("target").resolve(file);
    Files.createDirectories(target.resolveSibling(""));
    Files.writeString(target, "{}");
  }

  @Test
  void theLogsOfFunctionsAreMergedByTime() throws Exception {
    compiled("tf-aws/main.tf.json");
    Ran ran = deployed("a-default", "logs", "--program", "Chat.java");
    assertThat(ran.out()).isEqualTo("""
        1970-01-01 00:00:02.000  chat/$default  second
        1970-01-01 00:00:03.000  chat/$connect  third
        1970-01-01 00:00:03.000  chat/$connect  fourth \\u001b[2J
        """);
    assertThat(ran.code()).isZero();
    Ran all = deployed("a-default", "logs", "chat/$connect", "--program", "Chat.java", "--all", "--since", "2h");
    assertThat(all.out()).startsWith("1970-01-01 00:00:01.000  chat/$connect  START RequestId: x\n")
        .doesNotContain("$default");
    assertThat(Files.readString(folder.resolve("calls")))
        .contains("aws logs filter-log-events --log-group-name /aws/lambda/a-connect --start-time 1");
  }

  @Test
  void theLogGroupsOfAStackAreFound() throws Exception {
    compiled("awscdk/manifest.json");
    Files.writeString(folder.resolve("target/awscdk/manifest.json"),
        "{\"artifacts\": {\"S\": {\"type\": \"aws:cloudformation:stack\"}}}");
    Files.writeString(folder.resolve("target/awscdk/S.template.json"), """
        {"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Variables":
          {"PINION_HANDLER": "chat/$connect"}}, "LoggingConfig": {"LogGroup": {"Ref": "Logs1"}}}},
          "G": {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Variables":
          {"PINION_FUNCTION": "play"}}, "LoggingConfig": {"LogGroup": {"Ref": "Logs2"}}}}}}""");
    assertThat(CdkDeployment.logGroups(folder.resolve("target/awscdk")))
        .isEqualTo(Map.of("chat/$connect", "Logs1", "play", "Logs2"));
    Ran ran = deployed("a-default", "logs", "--program", "Chat.java");
    assertThat(ran.out()).as(ran.err()).contains("  chat/$connect  third\n");
  }

  @Test
  void whatTheAwsCliRefusesIsShown() throws Exception {
    compiled("tf-aws/main.tf.json");
    Ran ran = deployed("denied", "logs", "--program", "Chat.java");
    assertThat(ran.err())
        .contains("error: aws logs filter-log-events exited with 254: An error occurred (AccessDenied)");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(deployed("denied", "logs", "x", "--program", "Chat.java").err())
        .contains("the app has no handler 'x': it has chat/$connect, chat/$default");
  }

  @Test
  void misuseIsExplained() {
    RunTest.assertMistake(Ran.of("logs", "--since", "1h"), "--since is about a deployed app: name its program with");
    RunTest.assertMistake(Ran.of("logs", "--port", "0"), "'0' is not a valid port: use 1 to 65535");
    RunTest.assertMistake(Ran.of("logs", "--program", "Chat.java", "--since", "soon"), "'soon' is not a time");
    RunTest.assertMistake(Ran.of("logs", "--port", "1"), "no app answers at http://localhost:1/");
    RunTest.assertMistake(Ran.of("logs", "--program", folder.resolve("Chat.java").toString()), "is not compiled to");
  }
}
