package dev.pinion.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An SQS queue of an app, which has a queue for its dead letters.
 *
 * @param id the id given by the app, unique among the app's resources
 * @param messageType the type that messages are read into: {@link String} as they are, any other class from JSON
 * @param fifo the keys of a FIFO queue; empty for a standard one
 * @param batching how messages are gathered into calls of the function
 * @param maxReceives how often a message is received before it is a dead letter
 * @param onMessage its handler; empty for a queue that only others read
 * @param location where it is declared
 */
public record QueueModel(
    String id, Class<?> messageType, Optional<FifoModel> fifo, Batching batching, int maxReceives,
    Optional<ConsumerModel> onMessage, SourceLocation location) implements ResourceModel {
  private static final int VISIBILITY = 6;
  private static final Duration UNREAD_VISIBILITY = Duration.ofSeconds(30);

  /**
   * The keys of a FIFO queue.
   *
   * @param group returns the key by which messages are ordered
   * @param deduplication returns the key by which messages are the same; empty if each is another one
   */
  public record FifoModel(Function<Object, String> group, Optional<Function<Object, String>> deduplication) {
    @Override
    public String toString() {
      return "FIFO" + (deduplication.isPresent() ? " with deduplication" : "");
    }
  }

  /** The same queue with its handler. */
  public QueueModel with(Optional<ConsumerModel> handler) {
    return new QueueModel(id, messageType, fifo, batching, maxReceives, handler, location);
  }

  /**
   * How long nobody else receives a message that was received: six times what its function may take and the batching
   * window, as AWS recommends, so that Lambda can try again when the function is busy.
   */
  public Duration visibilityTimeout() {
    return onMessage.map(each -> each.options().timeout().multipliedBy(VISIBILITY).plus(batching.window()))
        .orElse(UNREAD_VISIBILITY);
  }

  @Override
  public List<ConsumerModel> handlers() {
    return onMessage.stream().toList();
  }
}
