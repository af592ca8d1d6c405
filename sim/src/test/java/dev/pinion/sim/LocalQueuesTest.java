package dev.pinion.sim;

import dev.pinion.contract.QueueApp;
import dev.pinion.contract.QueueBackend;
import dev.pinion.contract.QueueContract;
import dev.pinion.spi.QueueModel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The contract, on the local platform. */
final class LocalQueuesTest extends QueueContract {
  LocalQueuesTest() {
    super(Backend::start);
  }

  private record Backend(Simulator simulator, TaskTests.Clock clock) implements QueueBackend {
    static QueueBackend start() {
      TaskTests.Clock clock = new TaskTests.Clock();
      PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
      return new Backend(
          Simulator.of(new QueueApp()).inMemory().ticksByHand().values(Map.of()).clock(clock).log(silent).start(),
          clock);
    }

    @Override
    public void advance(Duration time) {
      TaskTests.idle(simulator);
      Instant end = clock.instant().plus(time);
      for (;;) {
        Optional<Instant> next = simulator.nextTick().filter(each -> !each.isAfter(end));
        if (next.isEmpty()) break;
        clock.set(next.get());
        simulator.tick();
        TaskTests.idle(simulator);
      }
      clock.set(end);
    }

    @Override
    public List<String> deadLetters(String queue) {
      QueueModel model =
          simulator.model().queues().stream().filter(each -> each.id().equals(queue)).findFirst().orElseThrow();
      return simulator.deadLetters(model).stream().map(DeadLetter::body).toList();
    }

    @Override
    public void close() {
      simulator.close();
    }
  }
}
