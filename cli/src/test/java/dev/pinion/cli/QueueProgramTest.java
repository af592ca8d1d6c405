package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// A program with a queue and a handler of changes: it runs over a stop, is explained, and its mistakes are shown.
@Timeout(60)
final class QueueProgramTest {
  @TempDir private Path folder = Path.of("");

  private Path app(String statements) throws IOException {
    return Files.writeString(folder.resolve("Jobs.java"), """
        import dev.pinion.*;
        import java.time.*;

        class Jobs implements App {
          record Job(String id) {}

          public void define(Cloud cloud) {
            Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
            MessageQueue<Job> jobs = cloud.queue("jobs", Job.class).create();
            %s
          }
        }
        """.formatted(statements));
  }

  @Test
  void aMessageAndTheChangeThatItMakesAreHandledAndCountedAfterAStop() throws Exception {
    Path file = app("""
        jobs.onMessage(job -> rows.putItem(Item.of("id", job.id())));
            rows.onChange(change -> {
              throw new IllegalStateException("changed " + change.type());
            });
            cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(tick -> jobs.send(new Job("a")));""");
    try (Child child = Child.merged(folder, "run", file.toString())) {
      child.await("data in ");
      assertThat(child.await("Jobs.java:12: error: "))
          .matches("\\S+ handler rows/changes for the INSERT of .* failed \\(attempt 1, tried again in 1 s\\):"
              + " java\\.lang\\.IllegalStateException: changed INSERT");
    }
    try (Child child = Child.merged(folder, "run", file.toString())) {
      assertThat(child.await("changes of ")).isEqualTo("  'rows': 1 waits, 0 dead letters");
    }
  }

  @Test
  void itIsExplained() throws IOException {
    Ran ran = Ran.of(
        "explain",
        app("jobs.onMessage(job -> rows.scan().count());\nrows.onChange(c -> jobs.send(new Job(\"x\")));").toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("rows/changes  Jobs.java:11\n  jobs  sqs:SendMessage", "jobs  Jobs.java:10\n  rows")
        .contains("dynamodb:Scan");
  }

  @Test
  void mistakesAreShownWithTheirLine() throws IOException {
    Path file = app("cloud.queue(\"my jobs\", Thread.class).maxReceives(0).create();");
    Ran ran = Ran.of("explain", file.toString());
    RunTest.assertMistake(ran, "Jobs.java:10: error: queue 'my jobs' has a name that SQS refuses: use letters");
    RunTest.assertMistake(ran, "Jobs.java:10: error: queue 'my jobs' has the message type Thread: Thread is not");
    RunTest.assertMistake(ran, "Jobs.java:10: error: queue 'my jobs' is to receive a message 0 times: use 1 to 1000");
  }
}
