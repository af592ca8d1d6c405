package dev.pinion.lambda;

import dev.pinion.awsclient.TimeBudget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An invocation's time that passes only by waiting; the longest waits that chance can give. */
final class Waits implements TimeBudget {
  private final Duration all;
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  Waits(Duration all) {
    this.all = all;
  }

  List<Long> millis() {
    return waits.stream().map(Duration::toMillis).toList();
  }

  @Override
  public Duration left() {
    return waits.stream().reduce(all, Duration::minus);
  }

  @Override
  public void sleep(Duration time) {
    waits.add(time);
  }

  @Override
  public double random() {
    return 1;
  }
}
