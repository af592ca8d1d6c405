package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.awsclient.TimeBudget;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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

  private volatile long start = System.nanoTime();
  private volatile @Nullable Context context;

  void begin(Context invocation) {
    context = invocation;
  }

  /** Notes that the instance was restored from a snapshot. */
  void restored() {
    start = System.nanoTime();
  }

  @Override
  public Duration left() {
    Context invocation = context;
    return invocation == null
        ? AT_START.minusNanos(System.nanoTime() - start)
        : Duration.ofMillis(invocation.getRemainingTimeInMillis());
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
