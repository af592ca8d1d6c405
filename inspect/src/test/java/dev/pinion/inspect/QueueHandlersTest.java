package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What is found of the handlers of queues, and of those that send to them.
final class QueueHandlersTest {
  private static final String RESOURCES = """
      Table a = cloud.table("a").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      MessageQueue<Job> jobs = cloud.queue("jobs", Job.class).create();
      MessageQueue<Job> other = cloud.queue("other", Job.class).create();
      MessageQueue<Job> ordered = cloud.queue("ordered", Job.class)
          .orderedBy(j -> a.getItem(Key.of("id", j.id())).get().string("g"))
          .deduplicatedBy(Job::id).create();
      """;
  private static final String MEMBERS = """
      record Job(String id) {}
      record Saver(Table table) implements QueueHandler<Job> {
        @Override public void handle(Job job) { table.putItem(Item.of("id", job.id())); }
      }
      static <T> void pass(MessageQueue<T> queue, T message) { queue.send(message); }
      """;

  private static Inspection inspect(String statements) {
    String source = Programs.app("Test", RESOURCES + statements.replace('`', '"'), MEMBERS);
    return Programs.compile(Map.of("Test", source)).inspect("Test");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "jobs.onMessage(j -> ws.sendMessage(j.id(), `x`)); | [ws POST]",
    "jobs.onMessage((j, about) -> a.getItem(Key.of(`id`, about.messageId()))); | [a GET_ITEM]",
    "jobs.onMessage(new Saver(a)); | [a PUT_ITEM]",
    "jobs.onMessage(j -> jobs.send(j)); | [jobs SEND]",
    "jobs.onMessage(j -> pass(other, j)); | [other SEND]",
    "jobs.onMessage(j -> other.sendIn(java.time.Duration.ofSeconds(1), j)); | [other SEND]",
    "jobs.onMessage(other::send); | [other SEND]",
    "jobs.onMessage(j -> ordered.send(j)); | [a GET_ITEM, ordered SEND]",
    "jobs.onMessage(j -> {}); | []"})
  void theRoleFollowsTheHandler(String statement, String uses) {
    Inspection inspection = inspect(statement);
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.handlers()).extracting(HandlerUses::path).containsExactly("jobs");
    assertThat(inspection.handler("jobs").orElseThrow().uses().keySet().stream().map(InspectorTest::text).sorted())
        .asString().isEqualTo(uses);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "jobs.onMessage(j -> other.onMessage(k -> {})); | MessageQueue.onMessage",
    "jobs.onMessage(j -> cloud.queue(`x`, Job.class)); | Cloud.queue",
    "var begun = cloud.queue(`y`, Job.class); begun.create(); jobs.onMessage(j -> begun.batchSize(2)); "
        + "| QueueBuilder.batchSize"})
  void declaringInAHandlerIsAMistake(String statement, String call) {
    assertThat(inspect(statement).findings()).singleElement().satisfies(each -> {
      assertThat(each.kind()).isEqualTo(Kind.MISTAKE);
      assertThat(each.toString()).contains("handler 'jobs' calls " + call + ", which declares");
    });
  }

  @Test
  void aMessageThatCannotBeSentIsAWarning() {
    assertThat(
        inspect("MessageQueue raw = jobs; ws.onMessage((c, b) -> raw.send(new Thread()));").findings()).singleElement()
        .satisfies(each -> assertThat(each.toString()).contains("sends a message that cannot be sent", "Thread"));
  }
}
