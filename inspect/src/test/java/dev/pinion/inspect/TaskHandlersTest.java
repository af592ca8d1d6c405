package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What is found of tasks and of their handlers.
final class TaskHandlersTest {
  private static final String RESOURCES = """
      Table a = cloud.table("a").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      Task<Job> job = cloud.task("job", Job.class).create();
      Task<Job> other = cloud.task("other", Job.class).create();
      other.onStart(x -> {});
      """;
  private static final String MEMBERS = """
      int count;
      record Job(String id) {
        void save(Table table) { table.putItem(Item.of("id", id)); }
      }
      record Later(Task<Job> task) implements TaskHandler<Job> {
        @Override public void handle(Job j) { task.startIn(java.time.Duration.ofMinutes(1), j); }
      }
      static <T> void start(Task<T> task, T payload) { task.start(payload); }
      """;

  private static Inspection inspect(String statements) {
    String source = Programs.app("Test", RESOURCES + statements.replace('`', '"'), MEMBERS);
    return Programs.compile(Map.of("Test", source)).inspect("Test");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "job.onStart(j -> j.save(a)); | [a PUT_ITEM]",
    "job.onStart(j -> ws.sendMessage(j.id(), `x`)); | [ws POST]",
    "job.onStart(j -> job.start(j)); | [job START]",
    "job.onStart(job::start); | [job START]",
    "job.onStart(new Later(other)); | [other START_IN]",
    "job.onStart(j -> List.of(job, other).forEach(each -> start(each, j))); | [job START, other START]",
    "job.onStart(j -> {}); | []"})
  void theRoleFollowsTheHandler(String statement, String uses) {
    Inspection inspection = inspect(statement);
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.handler("job").orElseThrow().uses().keySet().stream().map(InspectorTest::text).sorted())
        .asString().isEqualTo(uses);
  }

  @Test
  void aHandlerOfAnotherResourceMayStart() {
    Inspection inspection = inspect("job.onStart(j -> {}); ws.onMessage((c, body) -> job.start(new Job(body)));");
    assertThat(inspection.handler("ws/$default").orElseThrow().uses().keySet()).extracting(InspectorTest::text)
        .containsExactly("job START");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "job.onStart(j -> job.onStart(k -> {})); | Task.onStart",
    "job.onStart(j -> cloud.task(`x`, Job.class)); | Cloud.task",
    "var begun = cloud.task(`y`, Job.class); begun.maximumRetryAttempts(1).create().onStart(j -> {}); "
        + "job.onStart(j -> begun.maximumRetryAttempts(0)); | TaskBuilder.maximumRetryAttempts"})
  void declaringInAHandlerIsAMistake(String statement, String call) {
    assertThat(inspect(statement).findings()).singleElement().satisfies(each -> {
      assertThat(each.kind()).isEqualTo(Kind.MISTAKE);
      assertThat(each.toString()).contains("handler 'job' calls " + call + ", which declares");
    });
  }

  @Test
  void keepingStateIsAWarning() {
    assertThat(inspect("job.onStart(j -> count++);").findings()).singleElement()
        .satisfies(each -> assertThat(each.toString()).contains("warning: handler 'job'", "count"));
  }

  @Test
  void onlyCanLimitStarts() {
    Inspection inspection =
        inspect("job.onStart(j -> { job.start(j); other.start(j); }).only(job, `lambda:InvokeFunction`);");
    assertThat(inspection.handler("job").orElseThrow().permitted()).extracting(InspectorTest::text)
        .containsExactly("job START");
  }
}
