package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.PhaseException;
import dev.pinion.Task;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Platform;
import dev.pinion.spi.QueueSender;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskPayloads;
import dev.pinion.spi.TaskStarter;
import dev.pinion.spi.WebSocketModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TaskDefinitionTest {
  /// A payload.
  private record Prompt(String text) {}

  private static List<String> problems(App app) {
    try {
      var _ = Definition.of(app);
      return List.of();
    } catch (DefinitionException e) {
      return e.problems().stream().map(DefinitionException.Problem::message).toList();
    }
  }

  private static Task<String> declared(Cloud cloud) {
    Task<String> task = cloud.task("work", String.class).create();
    task.onStart(_ -> {});
    return task;
  }

  @Test
  void theDefaultsAreLambdas() {
    TaskModel task = Definition.of(TaskDefinitionTest::declared).model().tasks().getFirst();
    assertThat(task.maximumRetryAttempts()).isEqualTo(2);
    assertThat(task.maximumEventAge()).isEqualTo(Duration.ofHours(6));
    FunctionModel options = task.onStart().options();
    assertThat(options.recursiveLoop()).isFalse();
    assertThat(task.onStart().path()).isEqualTo("work");
  }

  @Test
  void everyMistakeIsReported() {
    assertThat(
        problems(cloud -> {
          cloud.task("a/b", Prompt.class).create().onStart(_ -> {});
          cloud.task("thread", Thread.class).create().onStart(_ -> {});
          cloud.task("retries", Prompt.class).maximumRetryAttempts(3).create().onStart(_ -> {});
          cloud.task("age", Prompt.class).maximumEventAge(Duration.ofSeconds(59)).create().onStart(_ -> {});
          cloud.task("timeout", Prompt.class).create().onStart(_ -> {}).timeout(Duration.ofMinutes(16));
          cloud.task("nobody", Prompt.class).create();
          Task<Prompt> twice = cloud.task("twice", Prompt.class).create();
          twice.onStart(_ -> {});
          twice.onStart(_ -> {}).allow(twice, "lambda:Invoke");
          cloud.task("open", Prompt.class);
        })).map(each -> each.replaceAll("TaskDefinitionTest.java:\\d+", "HERE")).containsExactly(
            "task 'a/b' has an invalid id: use 1 to 128 characters, without slashes and control characters",
            "task 'thread' has the payload type Thread: Thread is not supported in messages: use a record, or a"
                + " sealed interface, enum, List, Set, Map, Optional, String, number, boolean, java.time type, UUID,"
                + " URI or byte[]",
            "task 'retries' has 3 retry attempts: Lambda allows 0 to 2",
            "task 'age' has a maximum event age of PT59S: use whole seconds, one minute to six hours",
            "handler 'timeout' has a timeout of PT16M: use whole seconds, 1 to 900",
            "task 'twice' has two handlers, the first at HERE: remove one of them",
            "handler 'twice' is allowed 'lambda:Invoke' of task 'twice', which is not such an action: use"
                + " lambda:InvokeFunction, scheduler:CreateSchedule",
            "task 'open' was declared without .create(): add it",
            "task 'nobody' has no handler: add onStart");
  }

  @Test
  void defineCannotStart() {
    assertThatThrownBy(() -> Definition.of(cloud -> declared(cloud).start("x"))).isInstanceOf(PhaseException.class)
        .hasMessageContaining("work.start acts");
  }

  @Test
  void aStartPassesJsonOn() {
    Starts starts = new Starts();
    Task<String> task = bound(starts);
    task.start("x");
    task.startIn(Duration.ofMinutes(5), "<aws.scheduler.execution-id>");
    assertThat(starts.all)
        .containsExactly("work: \"x\"", "work in PT5M: \"\\u003caws.scheduler.execution-id>\"");
  }

  @Test
  void whatAwsRefusesIsRefusedAtTheCall() {
    Starts starts = new Starts();
    Task<String> task = bound(starts);
    task.start("x".repeat(TaskPayloads.LARGEST - 2));
    assertThatThrownBy(() -> task.start("x".repeat(TaskPayloads.LARGEST - 1)))
        .isInstanceOf(PayloadTooLargeException.class)
        .hasMessageContaining("TaskDefinitionTest.java:")
        .hasMessageContaining("work.start: the payload has 1000001 bytes of JSON, over 1000000");
    task.startIn(Duration.ofDays(365), "x".repeat(TaskPayloads.LARGEST_SCHEDULED - 2));
    assertThatThrownBy(() -> task.startIn(Duration.ofSeconds(1), "<".repeat(TaskPayloads.LARGEST_SCHEDULED / 6 + 1)))
        .isInstanceOf(PayloadTooLargeException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> task.startIn(Duration.ZERO, "x"))
        .withMessageContaining("the delay is PT0S: use one second to 365 days, or start");
    assertThatIllegalArgumentException().isThrownBy(() -> task.startIn(Duration.ofDays(366), "x"));
    assertThat(starts.all).hasSize(2);
  }

  private static Task<String> bound(Starts starts) {
    AtomicReference<Task<String>> task = new AtomicReference<>();
    Definition.of(cloud -> task.set(declared(cloud))).bind(starts);
    return task.get();
  }

  /// A platform that remembers starts.
  private static final class Starts implements Platform, TaskStarter {
    private final List<String> all = new ArrayList<>();

    @Override
    public TaskStarter tasks() {
      return this;
    }

    @Override
    public void start(TaskModel task, String json) {
      all.add(task.id() + ": " + json);
    }

    @Override
    public void startIn(TaskModel task, Duration delay, String json) {
      all.add(task.id() + " in " + delay + ": " + json);
    }

    @Override
    public JsonCodec json() {
      return new JsonCodec() {
        @Override
        public <T> T read(String json, Class<T> type) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String write(Object value) {
          return '"' + value.toString() + '"';
        }
      };
    }

    @Override
    public Store store() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Sender sender(WebSocketModel webSocket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String httpUrl(HttpApiModel api) {
      throw new UnsupportedOperationException();
    }

    @Override
    public QueueSender queues() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String config(ConfigModel config) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String secret(SecretModel secret) {
      throw new UnsupportedOperationException();
    }
  }
}
