package dev.pinion.lambda;

import dev.pinion.awsclient.TimeBudget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An invocation's time that passes only by waiting; the longest waits that chance can give. */
final class Waits implements TimeBudget {
  private final Duration all;
  private final Duration attempt;
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  Waits(Duration all) {
    this(all, Duration.ofSeconds(3));
  }

  private Waits(Duration all, Duration attempt) {
    this.all = all;
    this.attempt = attempt;
  }

  /** So much time that a server on a machine with much else to do is not asked twice: a write would be done twice. */
  static Waits patient() {
    return new Waits(Duration.ofHours(1), Duration.ofMinutes(3));
  }

  @Override
  public Duration attempt() {
    return attempt;
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
