package dev.pinion.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A platform that runs {@link ChangeApp}, and whose clock a test moves. */
public interface ChangeBackend extends AutoCloseable {
  /** Puts a row with some texts, and perhaps {@link ChangeApp#ENDS}, a number. */
  void put(String id, Map<String, Object> attributes);

  /** Deletes a row. */
  void delete(String id);

  /** The time. */
  Instant now();

  /**
   * Moves the clock ahead. Rows that have expired by then are gone, and calls of the handler that are due have ended
   * when this returns.
   */
  void advance(Duration time);

  /** How many changes were given up. */
  int deadLetters();

  @Override
  void close();
}
