package dev.pinion.aws;

import dev.pinion.spi.ChangeModel;
import java.util.Optional;

/**
 * An event source mapping: Lambda polls a queue or a stream, and invokes the alias of a function with what it gets. The
 * function answers which messages have failed.
 *
 * @param path of the function; that of a queue too
 * @param of the id of the queue or table that is polled
 * @param source the ARN of what is polled
 * @param batchSize how much a call gets at most
 * @param batchingWindow how long Lambda waits for a full batch, in seconds
 * @param deadLetters for a stream: the ARN of the queue of what could not be handled
 */
public record EventSourcePlan(
    String path, String of, Expression source, int batchSize, int batchingWindow,
    Optional<Expression> deadLetters) {
  /** What makes an answer say which messages have failed. */
  public static final String RESPONSE_TYPE = "ReportBatchItemFailures";

  /** Where the polling of a stream begins: with the oldest change that it has. */
  public static final String START = "TRIM_HORIZON";

  /** How often a change is tried again. */
  public static final int RETRIES = ChangeModel.RETRIES;

  /** How many batches of a shard, of different rows, are handled at once: as many as Lambda allows. */
  public static final int PARALLEL = 10;
}
