package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.awsclient.TimeBudget;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * The time that the current invocation has left. An instance handles one event at a time. While it starts, or is
 * restored from a snapshot, there is no invocation, and Lambda allows ten seconds.
 */
final class InvocationTiming implements TimeBudget {
  private static final Duration AT_START = Duration.ofSeconds(8);

  /**
   * Created at the first wait, because that takes time. Instances of one snapshot must not wait for the same times;
   * these numbers come from the operating system, not from the snapshot.
   */
  private static final class Chance {
    static final SecureRandom RANDOM = new SecureRandom();
  }

  private record Limit(Duration time, long start) {
    Duration left() {
      return time.minusNanos(System.nanoTime() - start);
    }
  }

  private volatile Limit limit = new Limit(AT_START, System.nanoTime());

  /**
   * Notes that an invocation begins. The runtime computes the time that is left from the machine's clock, so it is read
   * only once, and not believed if the clock must be wrong.
   *
   * @param timeout the function's, which an invocation has at most
   */
  void begin(Context invocation, Duration timeout) {
    Duration left = Duration.ofMillis(invocation.getRemainingTimeInMillis());
    boolean wrong = left.isNegative() || left.isZero() || left.compareTo(timeout) > 0;
    limit = new Limit(wrong ? timeout : left, System.nanoTime());
  }

  /** Notes that the instance was restored from a snapshot. */
  void restored() {
    limit = new Limit(AT_START, System.nanoTime());
  }

  @Override
  public Duration left() {
    return limit.left();
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  @Override
  public double random() {
    return Chance.RANDOM.nextDouble();
  }
}
