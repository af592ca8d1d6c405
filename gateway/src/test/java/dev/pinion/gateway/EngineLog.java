package dev.pinion.gateway;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the engine writes to its own log from now on, which is nothing as long as it has no bug. */
final class EngineLog extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.pinion");
  private final Queue<String> records = new ConcurrentLinkedQueue<>();

  EngineLog() {
    logger.addHandler(this);
  }

  Queue<String> records() {
    return records;
  }

  @Override
  public void publish(LogRecord entry) {
    records.add(entry.getMessage() + ": " + entry.getThrown());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
