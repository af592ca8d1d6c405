package dev.pinion.lambda;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.LimitExceededException;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Sender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.pinion.lambda.Recorded.changed;
import static dev.pinion.lambda.Recorded.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/// What a function writes to its log: a line of JSON for each failure, and metrics where they are asked for.
final class FailureLogTest {
  private final Invocation invocation = new Invocation();

  private void call(String route, String event, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.putAll(Map.of("PINION_APP", "app.Telling", "PINION_HANDLER", "ws/" + route));
    Function function = new Function(variables);
    var _ = catchThrowable(() -> function.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), invocation));
  }

  private JsonObject line() {
    assertThat(invocation.written().lines()).hasSize(1);
    return JsonParser.parseString(invocation.written()).getAsJsonObject();
  }

  @Test
  void aFailureIsOneLineWithItsIds() {
    call("failing", message("failing"), Map.of());
    JsonObject line = line();
    assertThat(line.get("line").getAsString()).matches("Telling\\.java:\\d+");
    line.remove("line");
    line.remove("message");
    assertThat(line).hasToString(
        "{\"level\":\"ERROR\",\"handler\":\"ws/failing\",\"route\":\"failing\",\"connectionId\":\"BFwQ_fXJFiACE1g=\","
            + "\"requestId\":\"BFwRCHHNFiAFmpA=\",\"messageId\":\"BFwRCdFMliACE1g=\","
            + "\"invocationId\":\"6a1f0b0e-5d2c-4a1e-9d0b-3f7e2c1d4b5a\",\"exception\":\"java.io.IOException\"}");
  }

  @Test
  void aTextOfAClientBeginsNoLine() {
    String forged = "a\\n{\\\"level\\\":\\\"ERROR\\\"}\\r\\u0000\\u2028";
    call("failing", changed(message("failing"), "BFwQ_fXJFiACE1g=", forged), Map.of());
    assertThat(line().get("connectionId").getAsString()).isEqualTo("a\n{\"level\":\"ERROR\"}\r\0\u2028");
  }

  @Test
  void valuesOfSecretsAreLeftOut() {
    Map<String, String> secrets = Map.of("password", "sesame-7", "pin", "12", "part", "same", "quoted", "say \"it\"");
    assertThat(FailureLog.shown("no user for sesame-7 at pin 12", secrets, new RecordCodec()))
        .isEqualTo("no user for (secret password) at pin 12");
    assertThat(FailureLog.shown("{\"a\":\"say \\\"it\\\"\"} say \"it\"", secrets, new RecordCodec()))
        .isEqualTo("{\"a\":\"(secret quoted)\"} (secret quoted)");
  }

  /// The runtime prints the exception that the function throws, with its causes.
  @Test
  void theExceptionThatTheRuntimePrintsHasNoSecret() throws Exception {
    try (ScriptedServer server = new ScriptedServer(
        _ -> new ScriptedServer.Answer(200, "", "{\"SecretString\":\"open sesame\"}"))) {
      Function function = new Function(Map.of(
          "PINION_APP", "app.Careless", "PINION_HANDLER", "ws/failing", "AWS_REGION", "eu-central-1",
          "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_ENDPOINT_URL_SECRETS_MANAGER",
          server.url(), "PINION_SECRETS",
          "{\"key\":\"arn:aws:secretsmanager:eu-central-1:111122223333:secret:key-AbCdEf\"}"));
      Throwable thrown = catchThrowable(() -> function.handleRequest(
          new ByteArrayInputStream(message("failing").getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(),
          invocation));
      StringWriter printed = new StringWriter();
      thrown.printStackTrace(new PrintWriter(printed, true));
      assertThat(printed.toString()).contains("IllegalArgumentException: odd", "Careless.java")
          .doesNotContain("sesame");
      assertThat(line().get("exception").getAsString()).isEqualTo("java.lang.IllegalArgumentException");
      assertThat(line().get("stack").getAsString()).contains("no login with (secret key)").doesNotContain("sesame");
      assertThat(invocation.written()).doesNotContain("sesame");
    }
  }

  @Test
  void metricsAreALineInCloudWatchsFormat() {
    call("typed", message("typed"), Map.of("PINION_METRICS", "on"));
    JsonObject line = line();
    JsonObject directive =
        line.getAsJsonObject("_aws").getAsJsonArray("CloudWatchMetrics").get(0).getAsJsonObject();
    assertThat(directive.get("Namespace").getAsString()).isEqualTo("Pinion");
    assertThat(directive.get("Dimensions")).hasToString("[[\"function\",\"handler\"]]");
    assertThat(directive.getAsJsonArray("Metrics")).extracting(each -> each.getAsJsonObject().get("Name").getAsString())
        .containsExactly("handled", "failed", "gone", "throttled", "time").allMatch(line::has);
    assertThat(line.getAsJsonObject("_aws").get("Timestamp").getAsLong()).isPositive();
    assertThat(line.get("function").getAsString()).isEqualTo("telling-connect");
    assertThat(line.get("handler").getAsString()).isEqualTo("ws/typed");
    assertThat(line.get("handled").getAsInt()).isEqualTo(1);
    assertThat(line.get("failed").getAsInt()).isZero();
    assertThat(line.get("time").getAsDouble()).isPositive();
  }

  @Test
  void aFailureIsCounted() {
    call("failing", message("failing"), Map.of("PINION_METRICS", "on"));
    JsonObject last = JsonParser.parseString(invocation.written().lines().toList().getLast()).getAsJsonObject();
    assertThat(last.get("failed").getAsInt()).isEqualTo(1);
    assertThat(last.get("handled").getAsInt()).isZero();
  }

  @Test
  void whatIsGoneOrThrottledIsCounted() {
    Metrics metrics = new Metrics(new RecordCodec());
    CountingSender sender = new CountingSender(new Refusing(), metrics);
    assertThat(sender.postToConnection("gone", "x")).isFalse();
    var _ = catchThrowable(() -> sender.postToConnection("throttled", "x"));
    var _ = sender.broadcast(List.of("a", "b", "c").iterator(), "x");
    metrics.write(invocation, "ws/x", 0, 1);
    JsonObject line = line();
    assertThat(line.get("gone").getAsInt()).isEqualTo(3);
    assertThat(line.get("throttled").getAsInt()).isEqualTo(2);
  }

  /// CloudWatch refuses a dimension with other characters, and so the metric.
  @Test
  void theValueOfADimensionIsPrintableAscii() {
    new Metrics(new RecordCodec()).write(invocation, "ws/größe \n~", 0, 1);
    assertThat(line().get("handler").getAsString()).isEqualTo("ws/gr\\u00f6\\u00dfe \\u000a~");
  }

  /// Refuses all sends.
  private static final class Refusing implements Sender {
    @Override
    public boolean postToConnection(String connectionId, String data) {
      if (connectionId.equals("throttled")) throw new LimitExceededException("too many");
      return false;
    }

    @Override
    public boolean deleteConnection(String connectionId) {
      return false;
    }

    @Override
    public Optional<ConnectionInfo> getConnection(String connectionId) {
      return Optional.empty();
    }

    @Override
    public Broadcast broadcast(Iterator<String> connectionIds, String data) {
      return new Broadcast(0, List.of("a", "b"), Map.of("c", new LimitExceededException("too many")));
    }

    @Override
    public String url() {
      return "";
    }
  }
}
