package dev.pinion.sim;

import dev.pinion.AttributeType;
import dev.pinion.Definition;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.HandlerModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The log as lines of JSON.
final class JsonLogTest {
  @TempDir private Path folder = Path.of("set by JUnit");

  @Test
  void everyLineIsJson() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Simulator simulator = Simulator.of(cloud -> {
      cloud.webSocket("ws").create().onConnect(c -> {}).environment("MISSING", "there");
    }).data(folder).port(0).jsonLog().log(new PrintStream(log, true, StandardCharsets.UTF_8)).start();
    simulator.close();
    assertThat(log.toString(StandardCharsets.UTF_8).lines()).singleElement().asString()
        .startsWith("{\"time\":\"20").contains("\"level\":\"WARN\"", "\"line\":\"JsonLogTest.java:");
  }

  private static LogLine lines(ByteArrayOutputStream log) {
    return new LogLine(
        new PrintStream(log, true, StandardCharsets.UTF_8), () -> Instant.EPOCH,
        new Recording(new RecordCodec(), System::nanoTime), Optional.of(new RecordCodec()));
  }

  @Test
  void whatNoClientWaitsForHasAnId() {
    AppModel app = Definition.of(cloud -> {
      cloud.queue("jobs", String.class).create().onMessage(text -> {});
      cloud.task("work", String.class).create().onStart(text -> {});
      cloud.schedule("tick").rate(Duration.ofHours(1)).create().onTick(tick -> {});
      cloud.table("rows").hashKey("id", AttributeType.STRING).create().onChange(change -> {});
    }).model();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    AsyncLog async = new AsyncLog(app, lines(log));
    for (HandlerModel each : app.handlers()) async.dead(each, "one", each.path(), ": too often");
    assertThat(log.toString(StandardCharsets.UTF_8).lines().map(each -> each.replaceFirst(".*\\.java:\\d+\",", "")))
        .containsExactlyInAnyOrder(
            "\"handler\":\"jobs\",\"messageId\":\"one\"}", "\"handler\":\"work\",\"invocationId\":\"one\"}",
            "\"handler\":\"tick\",\"executionId\":\"one\"}",
            "\"handler\":\"rows/changes\",\"eventId\":\"one\"}");
  }

  @Test
  void aFailureNamesItsException() {
    AppModel app = Definition.of(
        cloud -> cloud.queue("jobs", String.class).create().onMessage(text -> {})).model();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    new AsyncLog(app, lines(log))
        .failed(app.handlers().getFirst(), "one", 2, Duration.ofSeconds(30), new IOException("full"));
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("handler jobs failed for message one (receive 2,")
        .endsWith("\"handler\":\"jobs\",\"messageId\":\"one\",\"exception\":\"java.io.IOException\"}\n");
  }

  /// In both forms, also where the secret is in the exception that caused another one, and over several lines.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void valuesOfSecretsAreInNoLine(boolean asJson) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Recording recording = new Recording(new RecordCodec(), System::nanoTime);
    recording.secrets(Map.of("key", "-----BEGIN\nab\"cd\n", "short", "abc", "pin", "open sesame"));
    LogLine line = new LogLine(
        new PrintStream(log, true, StandardCharsets.UTF_8), () -> Instant.EPOCH, recording,
        asJson ? Optional.of(new RecordCodec()) : Optional.empty());
    AppStack stack = new AppStack(AppLines.of(Definition.of(cloud -> cloud.webSocket("ws").create()).model()));
    Exception cause = new IllegalStateException("{\"pin\":\"open sesame\"}");
    line.failure("A.java:1", stack.of(new IOException("-----BEGIN\nab\"cd\n is odd", cause)), Map.of());
    line.error("A.java:1", "open sesame");
    line.warning("A.java:1", "{\"key\":\"-----BEGIN\\nab\\\"cd\\n\"}");
    line.event("abc open sesame");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("‹secret key›", "‹secret pin›", "abc ‹secret pin›")
        .doesNotContain("sesame", "cd");
  }

  @Test
  void aTextBeginsNoLine() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LogLine line = lines(log);
    line.failure("A.java:1", "handler ws/x failed: a\nb", Map.of("connectionId", "c\nd"));
    assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo(
        "{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"ERROR\",\"message\":\"A.java:1: handler ws/x failed: a\\nb\","
            + "\"line\":\"A.java:1\",\"connectionId\":\"c\\nd\"}\n");
  }
}
