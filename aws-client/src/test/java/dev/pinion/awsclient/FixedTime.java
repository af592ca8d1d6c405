package dev.pinion.awsclient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** So much time that passes only by waiting, and waits of half of what is allowed. */
final class FixedTime implements TimeBudget {
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  private Duration left;

  FixedTime(Duration left) {
    this.left = left;
  }

  List<Duration> waits() {
    return waits;
  }

  @Override
  public synchronized Duration left() {
    return left;
  }

  @Override
  public synchronized void sleep(Duration time) {
    waits.add(time);
    left = left.minus(time);
  }

  @Override
  public double random() {
    return 0.5;
  }
}
