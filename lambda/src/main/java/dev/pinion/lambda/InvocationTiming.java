package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The time of the invocation that began last: an instance handles one event at a time. While the instance starts there
 * is none, and Lambda gives it ten seconds.
 */
final class InvocationTiming implements Timing {
  private static final Duration AT_START = Duration.ofSeconds(8);

  private volatile @Nullable Context context;

  void begin(Context invocation) {
    context = invocation;
  }

  @Override
  public Duration left() {
    Context invocation = context;
    return invocation == null ? AT_START : Duration.ofMillis(invocation.getRemainingTimeInMillis());
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  @Override
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
