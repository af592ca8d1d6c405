package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.MessageQueue;
import dev.pinion.PhaseException;
import dev.pinion.spi.Batching;
import dev.pinion.spi.QueueModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class QueueDefinitionTest {
  /// A message.
  private record Job(String id, String customer) {}

  private static List<String> problems(App app) {
    try {
      var _ = Definition.of(app);
      return List.of();
    } catch (DefinitionException e) {
      return e.problems().stream().map(DefinitionException.Problem::message)
          .map(each -> each.replaceAll("QueueDefinitionTest.java:\\d+", "HERE").replaceFirst("(use a record), or.*",
              "$1"))
          .toList();
    }
  }

  private static MessageQueue<Job> declared(Cloud cloud) {
    MessageQueue<Job> queue = cloud.queue("jobs", Job.class).create();
    queue.onMessage(_ -> {}).timeout(Duration.ofSeconds(10));
    return queue;
  }

  @Test
  void theDefaults() {
    QueueModel queue = Definition.of(QueueDefinitionTest::declared).model().queues().getFirst();
    assertThat(queue.batching()).isEqualTo(new Batching(1, Duration.ZERO));
    assertThat(queue.maxReceives()).isEqualTo(5);
    assertThat(queue.fifo()).isEmpty();
    assertThat(queue.visibilityTimeout()).as("six times the handler's").isEqualTo(Duration.ofMinutes(1));
    assertThat(queue.onMessage().orElseThrow().path()).isEqualTo("jobs");
    QueueModel unread =
        Definition.of(cloud -> cloud.queue("jobs", Job.class).create()).model().queues().getFirst();
    assertThat(unread.visibilityTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(unread.handlers()).isEmpty();
  }

  @Test
  void theVisibilityTimeoutCoversTheBatchingWindow() {
    QueueModel queue = Definition.of(cloud -> {
      cloud.queue("jobs", Job.class).batchingWindow(Duration.ofSeconds(30)).create().onMessage(_ -> {})
          .timeout(Duration.ofSeconds(10));
    }).model().queues().getFirst();
    assertThat(queue.visibilityTimeout()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void everyMistakeIsReported() {
    assertThat(problems(cloud -> {
      cloud.queue("my jobs", Job.class).create();
      cloud.queue("jobs.fifo", Job.class).create();
      cloud.queue("j".repeat(81), Job.class).create();
      cloud.queue("thread", Thread.class).create();
      cloud.queue("batch", Job.class).batchSize(11).maxReceives(0).create();
      cloud.queue("size", Job.class).batchSize(0).batchingWindow(Duration.ofMillis(1_500)).create();
      cloud.queue("long", Job.class).batchSize(10_001).batchingWindow(Duration.ofSeconds(301)).create();
      cloud.queue("fifo", Job.class).orderedBy(Job::id).batchSize(11).batchingWindow(Duration.ofSeconds(1)).create();
      cloud.queue("fits", Job.class).batchSize(10_000).batchingWindow(Duration.ofMinutes(5)).create();
      cloud.queue("once", Job.class).deduplicatedBy(Job::id).create();
      MessageQueue<Job> twice = cloud.queue("twice", Job.class).create();
      twice.onMessage(_ -> {});
      twice.onMessage((_, _) -> {}).timeout(Duration.ofMinutes(16));
      cloud.queue("open", Job.class);
    })).containsExactly(
        "queue 'my jobs' has a name that SQS refuses: use letters, digits, '-' and '_', at most 80",
        "queue 'jobs.fifo' has a name that SQS refuses: use letters, digits, '-' and '_', at most 80",
        "queue '" + "j".repeat(81) + "' has a name that SQS refuses: use letters, digits, '-' and '_', at most 80",
        "queue 'thread' has the message type Thread: Thread is not supported in messages: use a record",
        "queue 'batch' is to receive a message 0 times: use 1 to 1000",
        "queue 'batch' has a batch size of 11: use 1 to 10, or add a batchingWindow of at least one second",
        "queue 'size' has a batch size of 0: use 1 to 10000",
        "queue 'size' has a batching window of PT1.5S: use whole seconds, 0 to 300",
        "queue 'long' has a batch size of 10001: use 1 to 10000",
        "queue 'long' has a batching window of PT5M1S: use whole seconds, 0 to 300",
        "queue 'fifo' has a batching window, which FIFO queues cannot have: remove batchingWindow or orderedBy",
        "queue 'fifo' has a batch size of 11: use 1 to 10 in a FIFO queue",
        "queue 'once' has a deduplication key, which only FIFO queues have: add orderedBy, or remove deduplicatedBy",
        "queue 'twice' has two handlers, the first at HERE: remove one of them",
        "handler 'twice' has a timeout of PT16M: use whole seconds, 1 to 900",
        "queue 'open' was declared without .create(): add it");
  }

  @Test
  void defineCannotSend() {
    assertThatThrownBy(() -> Definition.of(cloud -> declared(cloud).send(new Job("1", "ada"))))
        .isInstanceOf(PhaseException.class).hasMessageContaining("jobs.send acts");
  }
}
