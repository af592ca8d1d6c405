package dev.pinion;

import dev.pinion.spi.Batching;
import dev.pinion.spi.MessageType;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.QueueModel.FifoModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.spi.UnsupportedTypeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Declares a queue. {@link #create} ends the declaration.
 *
 * @param <T> what a message is
 */
public final class QueueBuilder<T> {
  private final Cloud cloud;
  private final String id;
  private final Class<T> type;
  private final SourceLocation location;
  private Optional<Function<Object, String>> group = Optional.empty();
  private Optional<Function<Object, String>> deduplication = Optional.empty();
  private int batchSize = Batching.OF_MESSAGES.size();
  private Duration window = Batching.OF_MESSAGES.window();
  private int maxReceives = 5;

  QueueBuilder(Cloud cloud, String id, Class<T> type, SourceLocation location) {
    this.cloud = cloud;
    this.id = id;
    this.type = type;
    this.location = location;
    if (!id.matches("[a-zA-Z0-9_-]{1,80}")) {
      cloud.binding().problem(
          location, this + " has a name that SQS refuses: use letters, digits, '-' and '_', at most 80");
    }
    if (!cloud.binding().isCompiled()) checkType();
  }

  private void checkType() {
    try {
      var _ = MessageType.of(type);
    } catch (UnsupportedTypeException e) {
      e.problems().forEach(
          problem -> cloud.binding().problem(
              location, this + " has the message type " + type.getSimpleName() + ": " + problem));
    }
  }

  /**
   * Makes it a FIFO queue: messages with the same key are handled one after another, in the order in which they were
   * sent. If the handler of one fails, those behind it wait until it succeeds or is a dead letter. A message is
   * delivered once, unless its handler succeeds and the function cannot say so.
   *
   * @param key returns the key of a message, SQS's message group id: 1 to 128 letters, digits and ASCII punctuation
   */
  public QueueBuilder<T> orderedBy(Function<? super T, String> key) {
    cloud.binding().declare("orderedBy");
    group = Optional.of(key(key));
    return this;
  }

  /**
   * Drops a message of a FIFO queue if one with the same key was sent within the last five minutes. Default: all are
   * delivered.
   *
   * @param key returns SQS's deduplication id of a message: 1 to 128 letters, digits and ASCII punctuation
   */
  public QueueBuilder<T> deduplicatedBy(Function<? super T, String> key) {
    cloud.binding().declare("deduplicatedBy");
    deduplication = Optional.of(key(key));
    return this;
  }

  @SuppressWarnings("unchecked") // it is called with messages of this queue only
  private Function<Object, String> key(Function<? super T, String> key) {
    return (Function<Object, String>) key;
  }

  /**
   * Sets how many messages a call of the function may handle, one after another and within its timeout: 1 to 10, and
   * with a {@link #batchingWindow} up to 10,000 (default: 1). More of them are cheaper. If some fail, only those come
   * again; in a FIFO queue, those behind the first that fails too.
   */
  public QueueBuilder<T> batchSize(int messages) {
    Batching.problem(messages).ifPresent(each -> problem("has " + each));
    batchSize = messages;
    return this;
  }

  /**
   * Sets how long Lambda waits for a full batch before it calls the function: whole seconds up to 5 min (default: it
   * does not wait). A batch also ends at 6 MB. Standard queues only.
   */
  public QueueBuilder<T> batchingWindow(Duration longest) {
    cloud.binding().declare("batchingWindow");
    Batching.problem(longest).ifPresent(each -> problem("has " + each));
    window = longest;
    return this;
  }

  /**
   * Sets how often a message is received before it goes to the dead letters: 1 to 1,000 (default: 5). AWS recommends at
   * least 5, as a message that Lambda received and could not pass to a busy function counts too.
   */
  public QueueBuilder<T> maxReceives(int times) {
    if (times < 1 || times > SqsQuotas.MOST_RECEIVES) {
      problem("is to receive a message " + times + " times: use 1 to " + SqsQuotas.MOST_RECEIVES);
    }
    maxReceives = times;
    return this;
  }

  /** Ends the declaration. The handler is declared on the returned object. */
  public MessageQueue<T> create() {
    cloud.binding().declare("queue(\"" + id + "\").create()");
    if (deduplication.isPresent() && group.isEmpty()) {
      problem("has a deduplication key, which only FIFO queues have: add orderedBy, or remove deduplicatedBy");
    }
    checkBatches();
    Optional<FifoModel> fifo = group.map(each -> new FifoModel(each, deduplication));
    Batching batching = new Batching(batchSize, window);
    MessageQueue<T> queue = new MessageQueue<>(
        new QueueModel(id, type, fifo, batching, maxReceives, Optional.empty(), location), cloud.binding());
    cloud.create(toString(), location, queue::freeze);
    return queue;
  }

  private void checkBatches() {
    boolean large = batchSize > SqsQuotas.LARGEST_BATCH && batchSize <= Batching.LARGEST;
    if (group.isPresent() && !window.isZero()) {
      problem("has a batching window, which FIFO queues cannot have: remove batchingWindow or orderedBy");
    }
    if (large && group.isPresent()) {
      problem("has a batch size of " + batchSize + ": use 1 to " + SqsQuotas.LARGEST_BATCH + " in a FIFO queue");
    } else if (large && window.isZero()) {
      problem(
          "has a batch size of " + batchSize + ": use 1 to " + SqsQuotas.LARGEST_BATCH
              + ", or add a batchingWindow of at least one second");
    }
  }

  private void problem(String message) {
    cloud.binding().problem(Callers.location(), this + " " + message);
  }

  @Override
  public String toString() {
    return "queue '" + id + "'";
  }
}
