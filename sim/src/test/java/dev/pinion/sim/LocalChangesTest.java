package dev.pinion.sim;

import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.contract.ChangeApp;
import dev.pinion.contract.ChangeBackend;
import dev.pinion.contract.ChangeContract;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The contract, on the local platform. */
final class LocalChangesTest extends ChangeContract {
  LocalChangesTest() {
    super(Backend::start);
  }

  private record Backend(Simulator simulator, TaskTests.Clock clock) implements ChangeBackend {
    static ChangeBackend start() {
      TaskTests.Clock clock = new TaskTests.Clock();
      PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
      return new Backend(
          Simulator.of(new ChangeApp()).inMemory().ticksByHand().values(Map.of()).clock(clock)
              .permissions(PermissionMode.OFF).log(silent).start(),
          clock);
    }

    @Override
    public void put(String id, Map<String, Object> attributes) {
      Item row = Item.of("id", id);
      for (Map.Entry<String, Object> each : attributes.entrySet()) row = row.with(each.getKey(), each.getValue());
      ChangeApp.ROWS.get().putItem(row);
    }

    @Override
    public void delete(String id) {
      ChangeApp.ROWS.get().deleteItem(Key.of("id", id));
    }

    @Override
    public Instant now() {
      return clock.instant();
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
    public int deadLetters() {
      return simulator.deadLetters(simulator.model().tables().getFirst()).size();
    }

    @Override
    public void close() {
      simulator.close();
    }
  }
}
