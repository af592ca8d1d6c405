package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.contract.AsyncBackend;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The local platform with the app of a contract, in memory. */
record LocalBackend(Simulator simulator, TaskTests.Clock clock) implements AsyncBackend {
  static LocalBackend start(App app, PermissionMode permissions) {
    TaskTests.Clock clock = new TaskTests.Clock();
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return new LocalBackend(
        Simulator.of(app).inMemory().ticksByHand().values(Map.of()).clock(clock).permissions(permissions).log(silent)
            .start(),
        clock);
  }

  @Override
  public void advance(Duration time) {
    TaskTests.idle(simulator);
    Instant end = clock.instant().plus(time);
    runUntil(end);
    clock.set(end);
    simulator.sweep();
    TaskTests.idle(simulator);
    runUntil(end);
  }

  private void runUntil(Instant end) {
    for (;;) {
      Optional<Instant> next = simulator.nextTick().filter(each -> !each.isAfter(end));
      if (next.isEmpty()) return;
      clock.set(next.get());
      simulator.tick();
      TaskTests.idle(simulator);
    }
  }

  @Override
  public List<String> deadLetters(String id) {
    Stream<List<DeadLetter>> tasks =
        simulator.model().tasks().stream().filter(each -> each.id().equals(id)).map(simulator::deadLetters);
    Stream<List<DeadLetter>> queues =
        simulator.model().queues().stream().filter(each -> each.id().equals(id)).map(simulator::deadLetters);
    return Stream.concat(tasks, queues).flatMap(List::stream).map(DeadLetter::body).toList();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
