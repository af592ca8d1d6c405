package dev.pinion.aws;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.MessageQueue;
import dev.pinion.inspect.Use;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.pinion.aws.Plans.statements;
import static dev.pinion.aws.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/// The plan of queues and of handlers of changes.
final class QueuePlanTest {
  private static final App APP = cloud -> {
    cloud.table("rows").hashKey("id", AttributeType.STRING).create().onChange(change -> {});
    cloud.table("others").hashKey("id", AttributeType.STRING).create();
    MessageQueue<String> jobs = cloud.queue("jobs", String.class).batchSize(10).maxReceives(3).create();
    jobs.onMessage(m -> {}).timeout(Duration.ofMinutes(2));
    cloud.queue("ordered", String.class).orderedBy(m -> m).create();
  };

  private final Plan plan = Plans.of(
      APP, Map.of("jobs", List.of(new Use.Send("ordered")), "rows/changes", List.of(new Use.Send("jobs"))));

  @Test
  void aQueueHasSixTimesTheTimeoutOfItsHandler() {
    assertThat(plan.queues())
        .containsExactly(new QueuePlan("jobs", false, 720, 3), new QueuePlan("ordered", true, 30, 5));
    assertThat(plan.queues().getLast().suffix()).isEqualTo(".fifo");
  }

  @Test
  void batchesAreGatheredAsDeclared() {
    assertThat(plan.eventSources()).extracting(EventSourcePlan::batchSize, EventSourcePlan::batchingWindow)
        .containsExactly(tuple(10, 0), tuple(10, 0));
    Plan gathering = Plans.of(cloud -> {
      cloud.queue("jobs", String.class).batchSize(500).batchingWindow(Duration.ofSeconds(20)).create()
          .onMessage(m -> {}).timeout(Duration.ofSeconds(10));
      cloud.table("rows").hashKey("id", AttributeType.STRING).changeBatchSize(1000)
          .changeBatchingWindow(Duration.ofMinutes(1)).create().onChange(change -> {});
    }, Map.of());
    assertThat(gathering.eventSources()).extracting(EventSourcePlan::batchSize, EventSourcePlan::batchingWindow)
        .containsExactly(tuple(500, 20), tuple(1000, 60));
    assertThat(gathering.queues().getFirst().visibilityTimeout()).isEqualTo(80);
  }

  @Test
  void onlyWhatHasAHandlerIsPolled() {
    assertThat(plan.eventSources()).extracting(EventSourcePlan::path).containsExactly("jobs", "rows/changes");
    assertThat(text(plan.eventSources().getFirst().source())).isEqualTo("<QUEUE jobs ARN>");
    assertThat(text(plan.eventSources().getLast().source())).isEqualTo("<TABLE rows STREAM_ARN>");
    assertThat(plan.eventSources().getFirst().deadLetters()).isEmpty();
    assertThat(plan.eventSources().getLast().deadLetters().map(Plans::text))
        .isEqualTo(Optional.of("<DEAD_LETTERS rows/changes ARN>"));
    assertThat(plan.tables()).extracting(TablePlan::changes)
        .containsExactly(Optional.of("rows/changes"), Optional.empty());
  }

  @Test
  void rolesPollAndSend() {
    assertThat(statements(plan, "jobs")).containsExactly(
        "logs:CreateLogStream, logs:PutLogEvents on <LOG_GROUP jobs ARN>:*",
        "sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage on <QUEUE jobs ARN>",
        "sqs:SendMessage on <QUEUE ordered ARN>");
    assertThat(statements(plan, "rows/changes")).containsExactly(
        "logs:CreateLogStream, logs:PutLogEvents on <LOG_GROUP rows/changes ARN>:*",
        "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator on <TABLE rows STREAM_ARN>",
        "dynamodb:ListStreams on <TABLE rows ARN>/stream/*",
        "sqs:SendMessage on <DEAD_LETTERS rows/changes ARN>, <QUEUE jobs ARN>");
  }

  @Test
  void whoSendsKnowsTheUrl() {
    assertThat(text(plan.function("jobs").environment().get("PINION_QUEUES")))
        .isEqualTo("{ordered=<QUEUE ordered URL>}");
  }

  @Test
  void theOutputsNameQueuesAndStreams() {
    assertThat(text(plan.outputs().get("queues"))).isEqualTo(
        "{jobs={url=<QUEUE jobs URL>, arn=<QUEUE jobs ARN>, deadLettersUrl=<DEAD_LETTERS jobs URL>, deadLettersArn="
            + "<DEAD_LETTERS jobs ARN>}, ordered={url=<QUEUE ordered URL>, arn=<QUEUE ordered ARN>, deadLettersUrl="
            + "<DEAD_LETTERS ordered URL>, deadLettersArn=<DEAD_LETTERS ordered ARN>}}");
    assertThat(text(plan.outputs().get("tables"))).startsWith(
        "{rows={name=<TABLE rows NAME>, arn=<TABLE rows ARN>, streamArn=<TABLE rows STREAM_ARN>, deadLettersUrl=")
        .endsWith("others={name=<TABLE others NAME>, arn=<TABLE others ARN>}}");
  }
}
