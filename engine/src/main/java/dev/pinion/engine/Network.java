package dev.pinion.engine;

import java.time.Duration;

/**
 * How slow the network to a client is, in each direction.
 *
 * @param delay how long each byte is on its way
 * @param bytesPerSecond how many bytes pass in a second; 0 for any number
 */
public record Network(Duration delay, long bytesPerSecond) {

  /** The network as it is. */
  public static final Network AS_IT_IS = new Network(Duration.ZERO, 0);

  /** @throws IllegalArgumentException if a number is negative */
  public Network {
    if (delay.isNegative() || bytesPerSecond < 0) {
      throw new IllegalArgumentException("A network's delay and bandwidth must not be negative");
    }
  }
}
