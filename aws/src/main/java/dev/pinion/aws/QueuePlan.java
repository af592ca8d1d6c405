package dev.pinion.aws;

import dev.pinion.spi.SqsQuotas;

/**
 * An SQS queue, and the queue of its dead letters.
 *
 * @param path the queue's id, and its handler's path
 * @param fifo whether both are FIFO queues
 * @param visibilityTimeout seconds
 * @param maxReceives how often a message is received before it is a dead letter
 */
public record QueuePlan(String path, boolean fifo, int visibilityTimeout, int maxReceives) {
  /** What ends the name of a FIFO queue. */
  public static final String FIFO = ".fifo";

  /** The most bytes of a message: SQS's limit. */
  public static final int LARGEST_MESSAGE = SqsQuotas.LARGEST_MESSAGE;

  /** How long a message is kept, in seconds: SQS's default. */
  public static final int RETENTION = (int) SqsQuotas.RETENTION.toSeconds();

  /** How long a dead letter is kept, in seconds: as long as SQS does at most. */
  public static final int DEAD_LETTER_RETENTION = (int) SqsQuotas.DEAD_LETTER_RETENTION.toSeconds();

  /** Returns what ends the names of its queues. */
  public String suffix() {
    return fifo ? FIFO : "";
  }
}
