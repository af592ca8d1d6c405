package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.MessageQueue;
import dev.pinion.QueueBuilder;
import dev.pinion.QueueHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Messages and dead letters that are not in the order in which one would expect them. */
@Timeout(60)
final class QueueOrderTest {
  private static final Duration VISIBILITY = Duration.ofSeconds(60);

  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();

  private App app(QueueHandler<String> handler, UnaryOperator<QueueBuilder<String>> options) {
    return cloud -> {
      queue.set(options.apply(cloud.queue("jobs", String.class)).create());
      queue.get().onMessage(handler).timeout(Duration.ofSeconds(10));
    };
  }

  private App silent(UnaryOperator<QueueBuilder<String>> options) {
    return cloud -> {
      queue.set(options.apply(cloud.queue("jobs", String.class)).create());
      cloud.schedule("tick").rate(Duration.ofDays(1)).create().onTick(_ -> {});
    };
  }

  private Simulator start(App app) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return Simulator.of(app).inMemory().values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(nowhere).queues(new QueueListener() {
          @Override
          public void handled(String id, String body, int receives, Optional<Throwable> failure) {
            told.add(body + " " + receives + failure.map(each -> " " + each.getMessage()).orElse(""));
          }
        }).start();
  }

  private void advance(Simulator simulator, Duration time) {
    idle(simulator);
    clock.advance(time);
    simulator.tick();
    idle(simulator);
  }

  private static List<String> letters(Simulator simulator) {
    return simulator.deadLetters(simulator.model().queues().getFirst()).stream().map(DeadLetter::body).toList();
  }

  /** A dead letter is as old as its message, which may have waited or failed for longer than the one behind it. */
  @Test
  void theOldestDeadLetterNeedNotBeTheFirst() {
    try (Simulator simulator = start(app(_ -> {
      throw new IOException("always");
    }, each -> each.maxReceives(1)))) {
      queue.get().sendIn(Duration.ofMinutes(15), "old");
      clock.advance(Duration.ofMinutes(10));
      queue.get().send("young");
      advance(simulator, VISIBILITY);
      advance(simulator, Duration.ofMinutes(5));
      advance(simulator, VISIBILITY);
      assertThat(letters(simulator)).containsExactly("young", "old");
      clock.advance(Duration.ofDays(14).minus(Duration.ofMinutes(12)));
      assertThat(simulator.reload(app(_ -> {}, each -> each))).isInstanceOf(Reloaded.Applied.class);
      assertThat(letters(simulator)).containsExactly("young");
    }
  }

  @Test
  void messagesThatWereSentWhenTheQueueWasStandardDoNotBreakTheOrderOfOthers() {
    UnaryOperator<QueueBuilder<String>> fifo = each -> each.orderedBy(_ -> "all").batchSize(10);
    List<String> failing = new ArrayList<>(List.of("first"));
    try (Simulator simulator = start(silent(each -> each))) {
      queue.get().send("standard");
      assertThat(simulator.reload(silent(fifo))).isInstanceOf(Reloaded.Applied.class);
      queue.get().send("first");
      queue.get().send("second");
      assertThat(simulator.reload(app(message -> {
        if (failing.remove(message)) throw new IOException("once");
      }, fifo))).isInstanceOf(Reloaded.Applied.class);
      advance(simulator, VISIBILITY);
      assertThat(told).containsExactly("first 1 once", "standard 1", "first 2", "second 2");
    }
  }
}
