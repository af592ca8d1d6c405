package dev.pinion.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Functions under SnapStart, as AWS's runtime client drives it: what is done before the snapshot, and what after it.
@Timeout(120)
@Tag("slow")
final class SnapshotIT {

  @TempDir private Path folder = Path.of("");

  SnapshotIT() {
    assumeTrue(System.getenv("CI") != null || !FunctionProcess.library().isEmpty(), FunctionProcess.NEEDED);
  }

  private static Map<String, String> variables(ScriptedAws aws) {
    Map<String, String> variables = new HashMap<>(Map.of(
        "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
        "AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "", "AWS_SESSION_TOKEN", "",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.url() + "/keys", "AWS_CONTAINER_AUTHORIZATION_TOKEN", "any"));
    for (String service : new String[] {"DYNAMODB", "SECRETS_MANAGER"}) {
      variables.put("AWS_ENDPOINT_URL_" + service, aws.url());
    }
    return variables;
  }

  private static String event(String name) throws Exception {
    Path events = SourceLimitsTest.root().resolve("lambda/src/test/resources/events");
    return Files.readString(events.resolve(name + ".json"));
  }

  @Test
  void allIsPrimedAndNothingOfItIsUsedAfterwards() throws Exception {
    try (ScriptedAws aws = new ScriptedAws();
        Deployed chat = Deployed.compiled("examples/chat/Chat.java", folder, aws.url())) {
      var message = chat.function("my-websocket/$default", variables(aws));
      assertThat(message.answer().kind()).as(message.logged()).isEqualTo("restore/next");
      String rows = "GET /ping by nobody, closed";
      String clients = "GET /prod by nobody, closed";
      // The first makes a session of TLS, and the others resume it.
      assertThat(aws.requests()).containsExactly(rows, rows, rows, clients, clients, clients);
      assertThat(message.logged()).doesNotContain("warning");
      int keys = aws.keys();
      assertThat(keys).isPositive();
      int classes = message.classes();

      message.api().restore();
      assertThat(message.invoke(event("message"))).isEqualTo("{\"statusCode\":200}");
      assertThat(aws.requests()).containsExactly("POST / by KEY" + (keys + 1),
          "POST /prod/@connections/AAAAAAAAAAAAAAA%3D by KEY" + (keys + 2));
      assertThat(message.classes() - classes).as("classes loaded after the snapshot").isLessThan(60);
    }
  }

  @Test
  void secretsAreReadAfterTheSnapshot() throws Exception {
    try (ScriptedAws aws = new ScriptedAws();
        Deployed lobby = Deployed.compiled("examples/lobby/Lobby.java", folder, aws.url())) {
      var connect = lobby.function("door/POST /tickets", variables(aws));
      assertThat(connect.answer().kind()).as(connect.logged()).isEqualTo("restore/next");
      assertThat(aws.requests()).hasSize(3).containsOnly("GET /ping by nobody, closed");
      int keys = aws.keys();
      connect.api().restore();
      assertThat(aws.requests()).containsExactly("POST / by KEY" + (keys + 1));
      String event = """
          {"version":"2.0","routeKey":"POST /tickets","rawPath":"/tickets","rawQueryString":"","headers":{"host":"h"},
           "requestContext":{"http":{"method":"POST","path":"/tickets","protocol":"HTTP/1.1","sourceIp":"192.0.2.1"},
           "requestId":"r","timeEpoch":1,"domainName":"h"},"body":"{\\"password\\":\\"guess\\"}"}""";
      assertThat(connect.invoke(event)).isEqualTo("{\"statusCode\":401}");
      assertThat(aws.requests()).isEmpty();
    }
  }
}
