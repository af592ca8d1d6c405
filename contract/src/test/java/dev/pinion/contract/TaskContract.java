package dev.pinion.contract;

import dev.pinion.PayloadTooLargeException;
import dev.pinion.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every platform does with the starts of tasks. */
@Timeout(60)
public abstract class TaskContract {
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final Supplier<AsyncBackend> start;
  private AsyncBackend backend;

  /** Runs each test on a platform of its own. */
  protected TaskContract(Supplier<AsyncBackend> start) {
    this.start = start;
  }

  @BeforeEach
  void start() {
    TaskApp.HANDLER.set(handled::add);
    backend = start.get();
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Task<String> job() {
    return TaskApp.JOB.get();
  }

  private void always(String message) {
    TaskApp.HANDLER.set(text -> {
      handled.add(text);
      throw new IOException(message);
    });
  }

  @Test
  void aStartReachesTheHandler() {
    job().start("Grüße 𝄞 \"\\ <aws.scheduler.schedule-arn>");
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("Grüße 𝄞 \"\\ <aws.scheduler.schedule-arn>");
    backend.advance(Duration.ofHours(7));
    assertThat(handled).hasSize(1);
    assertThat(backend.deadLetters("job")).isEmpty();
  }

  @Test
  void theLargestPayloadArrives() {
    String largest = "x".repeat(999_998);
    job().start(largest);
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly(largest);
    assertThatThrownBy(() -> job().start(largest + "x")).isInstanceOf(PayloadTooLargeException.class);
  }

  @Test
  void aFailureIsTriedAgainAfterOneMinuteAndThenTwo() {
    always("the model is not there");
    job().start("a");
    backend.advance(Duration.ofSeconds(59));
    assertThat(handled).hasSize(1);
    backend.advance(Duration.ofSeconds(1));
    assertThat(handled).hasSize(2);
    backend.advance(Duration.ofSeconds(119));
    assertThat(handled).hasSize(2);
    assertThat(backend.deadLetters("job")).isEmpty();
    backend.advance(Duration.ofSeconds(1));
    assertThat(handled).containsExactly("a", "a", "a");
    assertThat(backend.deadLetters("job")).containsExactly("\"a\"");
    backend.advance(Duration.ofHours(7));
    assertThat(handled).hasSize(3);
    assertThat(backend.deadLetters("job")).hasSize(1);
  }

  @Test
  void whatSucceedsLaterIsNotDead() {
    TaskApp.HANDLER.set(text -> {
      handled.add(text);
      if (handled.size() == 1) throw new IOException("once");
    });
    job().start("a");
    backend.advance(Duration.ofMinutes(5));
    assertThat(handled).hasSize(2);
    assertThat(backend.deadLetters("job")).isEmpty();
  }

  @Test
  void aTaskMayHaveNoRetries() {
    always("no");
    TaskApp.ONCE.get().start("a");
    backend.advance(Duration.ZERO);
    backend.advance(Duration.ofMinutes(5));
    assertThat(handled).containsExactly("a");
    assertThat(backend.deadLetters("once")).containsExactly("\"a\"");
    assertThat(backend.deadLetters("job")).isEmpty();
  }

  @Test
  void aDelayIsKept() {
    job().startIn(Duration.ofMinutes(10), "later <aws.scheduler.schedule-arn> 𝄞");
    backend.advance(Duration.ofSeconds(599));
    assertThat(handled).isEmpty();
    backend.advance(Duration.ofSeconds(61));
    assertThat(handled).containsExactly("later <aws.scheduler.schedule-arn> 𝄞");
    backend.advance(Duration.ofDays(1));
    assertThat(handled).hasSize(1);
  }

  @Test
  void aDelayedStartIsTriedAgainToo() {
    always("no");
    job().startIn(Duration.ofSeconds(1), "x".repeat(262_142));
    backend.advance(Duration.ofMinutes(1));
    backend.advance(Duration.ofMinutes(1));
    backend.advance(Duration.ofMinutes(2));
    assertThat(handled).hasSize(3);
    assertThat(backend.deadLetters("job")).hasSize(1);
  }

  @Test
  void aHandlerMayStartItsOwnTask() {
    TaskApp.HANDLER.set(text -> {
      handled.add(text);
      if (text.length() < 4) job().start(text + "x");
    });
    job().start("x");
    for (int i = 0; i < 4; i++) backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("x", "xx", "xxx", "xxxx");
  }
}
