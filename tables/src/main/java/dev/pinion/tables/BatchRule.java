package dev.pinion.tables;

import java.time.Duration;

/**
 * Which messages of a queue are taken together.
 *
 * @param most how many messages at most
 * @param bytes how many bytes at most, but at least one message
 * @param window how long the first message waits for others, unless the batch is full before
 */
public record BatchRule(int most, long bytes, Duration window) {
  /** A rule for batches that wait for nothing. */
  public BatchRule(int most, long bytes) {
    this(most, bytes, Duration.ZERO);
  }
}
