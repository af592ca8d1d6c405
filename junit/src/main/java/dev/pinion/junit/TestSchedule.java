package dev.pinion.junit;

import dev.pinion.spi.ScheduleModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A schedule of a test's app. It ticks when the test sets the clock ahead ({@link TestClock#advance}) or calls {@link
 * #fire}, and never by itself. Any thread.
 */
public final class TestSchedule {
  private final LocalApp app;
  private final ScheduleModel model;

  TestSchedule(LocalApp app, ScheduleModel model) {
    this.app = app;
    this.model = model;
  }

  /**
   * Calls the handler with a tick of the clock's time, whenever the schedule is due, and waits until it is handled. If
   * it fails, it is tried again when the clock is set ahead, as other ticks are.
   *
   * @throws AssertionError if the handler fails, with what it threw as the cause
   */
  public void fire() {
    int before = app.ticks(model.id()).size();
    app.simulator().tick(model);
    app.settle();
    List<LocalApp.Handled> handled = app.ticks(model.id());
    handled.subList(before, handled.size()).forEach(each -> each.failure().ifPresent(failure -> {
      var failed = app.failures().of("the handler of schedule '" + model.id() + "' failed: " + failure);
      failed.initCause(failure);
      throw failed;
    }));
  }

  /** Returns when the schedule ticks next; empty if it is over. */
  public Optional<Instant> next() {
    return Optional.ofNullable(app.simulator().nextTicks().get(model.id()));
  }

  /** Returns the scheduled times of the ticks that were handled without a failure, in their order. */
  public List<Instant> ticks() {
    app.settle();
    return app.ticks(model.id()).stream().filter(each -> each.failure().isEmpty()).map(LocalApp.Handled::time).toList();
  }

  /** Expects that this many ticks were handled without a failure since the app was started. */
  public void expectTicks(int expected) {
    List<Instant> ticks = ticks();
    if (ticks.size() == expected) return;
    List<LocalApp.Handled> all = app.ticks(model.id());
    StringBuilder what = new StringBuilder("schedule '").append(model.id()).append("' expected ")
        .append(shown(expected)).append("\n  but it had ").append(shown(ticks.size()));
    all.forEach(each -> what.append("\n    ").append(each.time())
        .append(each.failure().map(failure -> ", which failed: " + failure).orElse("")));
    throw app.failures().of(what.toString(), expected, ticks.size());
  }

  private static String shown(int ticks) {
    return ticks == 1 ? "1 tick" : ticks + " ticks";
  }
}
