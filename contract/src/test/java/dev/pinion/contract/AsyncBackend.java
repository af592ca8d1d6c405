package dev.pinion.contract;

import java.time.Duration;
import java.util.List;

/** A platform that runs the app of a contract, and whose clock a test moves. */
public interface AsyncBackend extends AutoCloseable {
  /** Moves the clock ahead. Calls of handlers that are due then have ended when this returns. */
  void advance(Duration time);

  /** The texts of the dead letters of a queue, or of a task as JSON. */
  List<String> deadLetters(String id);

  @Override
  void close();
}
