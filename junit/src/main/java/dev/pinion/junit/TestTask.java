package dev.pinion.junit;

import dev.pinion.json.RecordCodec;
import dev.pinion.sim.DeadLetter;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.TaskModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A task of a test's app. Its handler is called as soon as the task is started. After a delay, and again after a
 * failure, it is called when the test sets the clock ahead ({@link TestClock#advance}), and never by itself. Any
 * thread.
 */
public final class TestTask {
  private final LocalApp app;
  private final TaskModel model;
  private final RecordCodec json = new RecordCodec();

  TestTask(LocalApp app, TaskModel model) {
    this.app = app;
    this.model = model;
  }

  /**
   * Starts the task, as another program would, and waits until its handler has ended.
   *
   * @param payload of the task's type
   */
  public void start(Object payload) {
    app.simulator().start(model, json.write(payload));
    app.settle();
  }

  /**
   * Returns the payloads of all starts until now, in their order, also of those whose delay is not over.
   *
   * @param type the type of the task
   */
  public <T> List<T> started(Class<T> type) {
    app.settle();
    List<T> all = new ArrayList<>();
    for (String payload : app.tasks().started(model.id())) {
      try {
        all.add(json.read(payload, type));
      } catch (MismatchException e) {
        throw new IllegalArgumentException(
            "task '" + model.id() + "' was started with " + payload + ", which is no " + type.getSimpleName() + ": "
                + e.getMessage(),
            e);
      }
    }
    return all;
  }

  /** Returns how often the handler was called, whether it has failed or not. */
  public int attempts() {
    app.settle();
    return app.tasks().attempts(model.id()).size();
  }

  /** Returns what the handler has failed to handle, the oldest first. */
  public List<DeadLetter> deadLetters() {
    app.settle();
    return app.simulator().deadLetters(model);
  }

  /** Returns when the next attempt comes, or a delay is over; empty if nothing waits. */
  public Optional<Instant> next() {
    app.settle();
    return Optional.ofNullable(app.simulator().nextAttempts().get(model.id()));
  }

  /** Expects that the task was started with these payloads, in this order, and with no others. */
  public void expectStarted(Object... payloads) {
    app.settle();
    List<String> expected = Stream.of(payloads).map(json::write).toList();
    List<String> started = app.tasks().started(model.id());
    if (started.equals(expected)) return;
    throw app.failures().of(
        this + " expected to be started with " + shown(expected) + "\n  but it was started with " + shown(started),
        expected, started);
  }

  /** Expects that the handler was called this often, whether it has failed or not. */
  public void expectAttempts(int expected) {
    int attempts = attempts();
    if (attempts == expected) return;
    throw failure("expected " + count(expected, "attempt") + "\n  but it had " + count(attempts, "attempt"), expected,
        attempts);
  }

  /** Expects this many dead letters. */
  public void expectDeadLetters(int expected) {
    int letters = deadLetters().size();
    if (letters == expected) return;
    throw failure(
        "expected " + count(expected, "dead letter") + "\n  but it had " + count(letters, "dead letter"), expected,
        letters);
  }

  private AssertionError failure(String what, Object expected, Object actual) {
    StringBuilder text = new StringBuilder().append(this).append(' ').append(what);
    app.tasks().attempts(model.id()).forEach(
        each -> text.append("\n    attempt ").append(each.number()).append(" with ")
            .append(Transcript.shown(each.payload()))
            .append(each.failure().map(failure -> ", which failed: " + failure).orElse("")));
    return app.failures().of(text.toString(), expected, actual);
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String shown(List<String> payloads) {
    return payloads.isEmpty() ? "nothing" : String.join(", ", payloads.stream().map(Transcript::shown).toList());
  }

  @Override
  public String toString() {
    return "task '" + model.id() + "'";
  }
}
