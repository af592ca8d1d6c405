package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.Table;
import dev.pinion.Task;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Failures that cannot be printed, or have too much text, count as any others. */
@Timeout(60)
final class FailureTextTest {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final String NAME = Odd.class.getName();

  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Task<String>> task = new AtomicReference<>();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();
  private final AtomicReference<Table> table = new AtomicReference<>();

  /** What is odd about a failure. */
  enum Kind {
    ITS_TEXT_FAILS, IT_HAS_NO_TEXT, ITS_TEXT_IS_LONG, ITS_CAUSE_FAILS, ITS_CAUSE_IS_ITS_EFFECT;

    Exception failure() {
      Odd odd = new Odd(this);
      if (this == ITS_CAUSE_IS_ITS_EFFECT) odd.initCause(new IllegalStateException("effect", odd));
      return odd;
    }

    /** The beginning of what is kept of it. */
    String kept() {
      return switch (this) {
        case ITS_TEXT_FAILS -> NAME + " (its toString throws java.lang.UnsupportedOperationException)";
        case IT_HAS_NO_TEXT -> NAME;
        case ITS_TEXT_IS_LONG -> "long long ";
        case ITS_CAUSE_FAILS, ITS_CAUSE_IS_ITS_EFFECT -> NAME + ": odd";
      };
    }
  }

  private static final class Odd extends Exception {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    Odd(Kind kind) {
      super("odd");
      this.kind = kind;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // apps do
    public @Nullable String toString() {
      return switch (kind) {
        case ITS_TEXT_FAILS -> throw new UnsupportedOperationException("no text");
        case IT_HAS_NO_TEXT -> null;
        case ITS_TEXT_IS_LONG -> "long ".repeat(1_000_000);
        case ITS_CAUSE_FAILS, ITS_CAUSE_IS_ITS_EFFECT -> super.toString();
      };
    }

    @Override
    public synchronized @Nullable Throwable getCause() {
      if (kind == Kind.ITS_CAUSE_FAILS) throw new UnsupportedOperationException("no cause");
      return super.getCause();
    }
  }

  private App app(Kind kind) {
    return cloud -> {
      task.set(cloud.task("work", String.class).maximumRetryAttempts(0).create());
      task.get().onStart(_ -> {
        throw kind.failure();
      });
      queue.set(cloud.queue("jobs", String.class).maxReceives(2).batchSize(3).batchingWindow(WINDOW).create());
      queue.get().onMessage(message -> {
        told.add(message);
        if (message.equals("odd")) throw kind.failure();
      });
      table.set(cloud.table("rows").hashKey("id", AttributeType.STRING).create());
      table.get().onChange(change -> {
        told.add("" + change.newItem().orElseThrow().integer("n"));
        if (change.newItem().orElseThrow().integer("n") == 1) throw kind.failure();
      });
    };
  }

  private Simulator start(Kind kind) {
    return Simulator.of(app(kind)).inMemory().values(Map.of()).clock(clock).permissions(PermissionMode.OFF)
        .ticksByHand().log(new PrintStream(log, true, UTF_8)).start();
  }

  private void advance(Simulator simulator, Duration time) {
    idle(simulator);
    clock.advance(time);
    simulator.tick();
    idle(simulator);
  }

  private void isKept(List<DeadLetter> letters, String expected) {
    assertThat(letters).singleElement().extracting(DeadLetter::error).asString().contains(expected)
        .hasSizeLessThan(1_100);
    assertThat(log.toString(UTF_8)).contains("FailureTextTest.java:", expected).doesNotContain("internal error")
        .hasSizeLessThan(1_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void aTaskIsADeadLetter(Kind kind) {
    try (Simulator simulator = start(kind)) {
      task.get().start("a");
      idle(simulator);
      isKept(simulator.deadLetters(simulator.model().tasks().getFirst()), kind.kept());
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyItsMessageOfABatchComesAgainUntilItIsADeadLetter(Kind kind) {
    try (Simulator simulator = start(kind)) {
      List.of("a", "odd", "b").forEach(queue.get()::send);
      for (int i = 0; i < 4; i++) advance(simulator, Duration.ofMinutes(5));
      assertThat(told).containsExactly("a", "odd", "b", "odd");
      isKept(
          simulator.deadLetters(simulator.model().queues().getFirst()),
          "it was received 2 times, and the handler failed with " + kind.kept());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangeIsADeadLetterAndTheNextOneFollows(Kind kind) {
    try (Simulator simulator = start(kind)) {
      table.get().putItem(Item.of("id", "a", "n", 1));
      table.get().putItem(Item.of("id", "a", "n", 2));
      for (int i = 0; i < 5; i++) advance(simulator, Duration.ofSeconds(20));
      assertThat(told).containsExactly("1", "1", "1", "1", "1", "2");
      isKept(simulator.deadLetters(simulator.model().tables().getFirst()), kind.kept());
    }
  }

  @Test
  void aTextIsNotCutWithinACharacter() {
    String letters = "x".repeat(999 - "java.lang.Exception: ".length());
    assertThat(FailureText.kept(new Exception(letters + "\uD83D\uDE00"))).endsWith("x ...");
    assertThat(FailureText.kept(new Exception(letters + "y"))).endsWith("xy");
  }

  @Test
  void aBugWhoseCauseCannotBePrintedIsShown() {
    assertThat(FailureText.withStack(new IllegalStateException("bug", new Odd(Kind.ITS_TEXT_FAILS))))
        .startsWith("java.lang.IllegalStateException: bug\n").contains("FailureTextTest.java:");
    assertThat(FailureText.withStack(new Odd(Kind.ITS_TEXT_FAILS))).startsWith(NAME + " (its toString throws ");
  }
}
