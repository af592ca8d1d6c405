package dev.pinion;

import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;
import java.util.Optional;

/**
 * An SQS queue. Declared with {@link Cloud#queue}. {@link #onMessage} declares the handler, in {@link App#define};
 * {@link #send} is called in handlers, by any thread.
 *
 * <p>A message is delivered at least once: rarely, it comes a second time although it was handled. It is deleted when
 * its handler returns. If the handler throws or runs out of time, it comes again after the visibility timeout, which is
 * six times the handler's, and after {@link QueueBuilder#maxReceives} failures it goes to the queue's dead letters.
 *
 * @param <T> what a message is: a record, {@link String}, or any other type that messages support
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html">Amazon SQS
 *     developer guide</a>
 */
public final class MessageQueue<T> {
  private final Binding binding;
  private QueueModel model;
  private Optional<Declared> declared = Optional.empty();

  /** The declared handler, whose options may still change. */
  private record Declared(Handler handler, HandlerOptions options, SourceLocation location) {}

  MessageQueue(QueueModel model, Binding binding) {
    this.model = model;
    this.binding = binding;
  }

  /** Declares the handler of the messages. */
  public HandlerOptions onMessage(QueueHandler<T> handler) {
    return declare(handler);
  }

  /** Declares the handler of the messages, which is also told what SQS knows of each. */
  public HandlerOptions onMessage(QueueMessageHandler<T> handler) {
    return declare(handler);
  }

  private HandlerOptions declare(Handler handler) {
    SourceLocation here = binding.declare("onMessage");
    declared.ifPresent(
        first -> binding.problem(here, this + " has two handlers, the first at " + first.location
            + ": remove one of them"));
    HandlerOptions options = new HandlerOptions(binding, model.id());
    declared = Optional.of(new Declared(handler, options, here));
    return options;
  }

  /**
   * Sends a message. It is durable when this returns.
   *
   * @param message at most 1 MiB of JSON in UTF-8, or of text
   * @return SQS's id of the message; if a FIFO queue has had a message with the same deduplication key within five
   *     minutes, the id of that one
   * @throws PayloadTooLargeException if the message is longer
   * @throws ValidationException if SQS does not accept it, for example as it is empty
   * @throws IllegalArgumentException if its type is not supported; the message names the type and what to use instead
   */
  public String send(T message) {
    return send("send", message, Duration.ZERO);
  }

  /**
   * Sends a message that is delivered after a while, like {@link #send}. For standard queues only.
   *
   * @param delay whole seconds, at most 15 minutes
   * @throws ValidationException if the delay is another one, or this is a FIFO queue
   */
  public String sendIn(Duration delay, T message) {
    return send("sendIn", message, delay);
  }

  private String send(String call, T message, Duration delay) {
    var platform = binding.platform(model.id() + "." + call);
    OutgoingMessage composed = OutgoingMessage.of(
        model, message, delay, platform.json(), () -> Callers.location() + ": " + model.id() + "." + call + ": ");
    return platform.queues().sendMessage(model, composed);
  }

  /** Ends the declaration. */
  QueueModel freeze() {
    model = model.with(
        declared.map(each -> new ConsumerModel(
            model.id(), model.messageType(), each.handler, each.options.model(), each.location)));
    return model;
  }

  QueueModel model() {
    return model;
  }

  Binding binding() {
    return binding;
  }

  @Override
  public String toString() {
    return "queue '" + model.id() + "'";
  }
}
