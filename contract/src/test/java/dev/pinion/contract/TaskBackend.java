package dev.pinion.contract;

import java.time.Duration;
import java.util.List;

/** A platform that runs {@link TaskApp}, and whose clock a test moves. */
public interface TaskBackend extends AutoCloseable {
  /** Moves the clock ahead. Calls of handlers that are due then have ended when this returns. */
  void advance(Duration time);

  /** The payloads of a task's dead letters, as JSON. */
  List<String> deadLetters(String task);

  @Override
  void close();
}
