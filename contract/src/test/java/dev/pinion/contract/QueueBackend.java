package dev.pinion.contract;

import java.time.Duration;
import java.util.List;

/** A platform that runs {@link QueueApp}, and whose clock a test moves. */
public interface QueueBackend extends AutoCloseable {
  /** Moves the clock ahead. Calls of handlers that are due then have ended when this returns. */
  void advance(Duration time);

  /** The texts of a queue's dead letters. */
  List<String> deadLetters(String queue);

  @Override
  void close();
}
