package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// A program that nothing but schedules calls: it runs, is explained, is compiled, and its mistakes are shown.
@Timeout(60)
final class ScheduleProgramTest {
  @TempDir private Path folder = Path.of("");

  private Path app(String statements) throws IOException {
    return Files.writeString(folder.resolve("Ticks.java"), """
        import dev.pinion.*;
        import java.time.*;

        class Ticks implements App {
          public void define(Cloud cloud) {
            Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
            %s
          }
        }
        """.formatted(statements));
  }

  @Test
  void itRunsAndTicks() throws Exception {
    Path file = app("""
        cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(tick -> {
              rows.putItem(Item.of("id", "1"));
              throw new IllegalStateException("ticked for " + tick.scheduledTime());
            });""");
    try (Child child = Child.merged(folder, "run", file.toString())) {
      assertThat(child.await("schedule     ")).matches("'tick': rate\\(1 minute\\), next at \\S+Z");
      child.await("data in ");
      assertThat(child.await("Ticks.java:9: error: "))
          .matches("\\S+ handler tick for the tick of \\S+Z failed"
              + " \\(attempt 1, tried again in 1 min\\): java\\.lang\\.IllegalStateException: ticked for \\S+Z");
    }
    assertThat(folder.resolve(".pinion/schedules.json")).content().contains("\"tick\"", "rate(1 minute)");
  }

  @Test
  void whatItsRoleDoesNotAllowIsRefused() throws Exception {
    Path file = app("""
        cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(tick -> rows.scan().count())
                .only(rows, "dynamodb:GetItem");""");
    try (Child child = Child.merged(folder, "run", file.toString())) {
      assertThat(child.await("Ticks.java:")).contains("dynamodb:Scan on table 'rows' by handler 'tick'");
    }
  }

  @Test
  void itIsExplained() throws IOException {
    Ran ran = Ran.of(
        "explain",
        app("cloud.schedule(\"tick\").rate(Duration.ofMinutes(1)).create()\n.onTick(t -> rows.scan().count());")
            .toString());
    assertThat(ran).isEqualTo(new Ran(PinionCommand.OK, """
        tick  Ticks.java:8
          rows  dynamodb:Scan               Ticks.java:8
        """, ""));
  }

  @Test
  void itIsCompiledWithoutWhatOnlyWebSocketsNeed() throws IOException {
    Path function = Files.createDirectory(folder.resolve("function"));
    System.setProperty("pinion.function", function.toString());
    Path out = folder.resolve("out");
    try {
      Ran ran = Ran.of(
          "compile", "-t", "tf-aws",
          app("cloud.schedule(\"tick\").rate(Duration.ofMinutes(1)).create().onTick(t -> rows.scan().count());")
              .toString(),
          "--out", out.toString());
      assertThat(ran.err()).isEmpty();
    } finally {
      System.clearProperty("pinion.function");
    }
    assertThat(out.resolve("main.tf.json")).content().contains("\"aws_scheduler_schedule\"")
        .doesNotContain("apigateway");
    assertThat(out.resolve("variables.tf.json")).content().doesNotContain("throttling");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "explain", "compile -t tf-aws"})
  void mistakesAreShownWithTheirLine(String command) throws IOException {
    Path file = app("cloud.schedule(\"tick\").cron(\"* * * * *\").create();");
    Ran ran = Ran.of((command + " " + file).split(" "));
    RunTest.assertMistake(ran,
        "Ticks.java:7: error: schedule 'tick' has the cron expression '* * * * *': it has 5 fields");
    RunTest.assertMistake(ran, "Ticks.java:7: error: schedule 'tick' has no handler: add onTick");
  }
}
