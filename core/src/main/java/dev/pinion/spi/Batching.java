package dev.pinion.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * How Lambda gathers what it polls into batches, each of which is one call of a function.
 *
 * @param size how much a call gets at most
 * @param window how long Lambda waits for a full batch; zero if it does not wait
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html">Lambda: batching
 *     behavior</a>
 */
public record Batching(int size, Duration window) {
  /** The largest batch. */
  public static final int LARGEST = 10_000;

  /** The longest batching window. */
  public static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

  /** How the changes of a table are gathered by default. */
  public static final Batching OF_CHANGES = new Batching(10, Duration.ZERO);

  /** How the messages of a queue are gathered by default. */
  public static final Batching OF_MESSAGES = new Batching(1, Duration.ZERO);

  /** Returns what is wrong with the size of a batch; empty for nothing. */
  public static Optional<String> problem(int size) {
    boolean fits = size >= 1 && size <= LARGEST;
    return fits ? Optional.empty() : Optional.of("a batch size of " + size + ": use 1 to " + LARGEST);
  }

  /** Returns what is wrong with a batching window; empty for nothing. */
  public static Optional<String> problem(Duration window) {
    boolean fits = !window.isNegative() && window.compareTo(LONGEST_WINDOW) <= 0
        && window.equals(Duration.ofSeconds(window.toSeconds()));
    return fits ? Optional.empty() : Optional.of("a batching window of " + window + ": use whole seconds, 0 to 300");
  }

  /** Whether it waits for a full batch. */
  public boolean waits() {
    return !window.isZero();
  }
}
