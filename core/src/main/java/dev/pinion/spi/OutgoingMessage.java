package dev.pinion.spi;

import dev.pinion.PayloadTooLargeException;
import dev.pinion.ValidationException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message to send to a queue. {@link #of} has checked it.
 *
 * @param body its text
 * @param delay after how long it is delivered
 * @param group SQS's message group id; of a FIFO queue only
 * @param deduplicationId of a FIFO queue only
 */
public record OutgoingMessage(
    String body, Duration delay, Optional<String> group, Optional<String> deduplicationId) {

  /**
   * Composes a message.
   *
   * @param at what begins the text of an error: the place of the call
   * @throws PayloadTooLargeException if it is longer than SQS allows
   * @throws ValidationException if SQS does not accept it
   * @throws IllegalArgumentException if its type is not supported
   */
  public static OutgoingMessage of(
      QueueModel queue, @Nullable Object message, Duration delay, JsonCodec json, Supplier<String> at) {
    if (message == null) throw new NullPointerException(at.get() + "the message is null");
    check(queue, delay, at);
    String body;
    try {
      body = json.text(message);
    } catch (UnsupportedTypeException e) {
      throw new IllegalArgumentException(at.get() + "this cannot be sent: " + e.getMessage(), e);
    }
    Optional<String> wrong = SqsQuotas.problem(body);
    if (wrong.isPresent()) {
      throw SqsQuotas.isTooLong(body) ? new PayloadTooLargeException(at.get() + wrong.get())
          : new ValidationException(at.get() + wrong.get());
    }
    return new OutgoingMessage(
        body, delay, queue.fifo().map(each -> key(at, "key of its order", each.group().apply(message))),
        queue.fifo().map(
            fifo -> fifo.deduplication().map(each -> key(at, "deduplication key", each.apply(message)))
                // Each send has a key of its own, so that a repeated request counts once.
                .orElseGet(() -> UUID.randomUUID().toString())));
  }

  private static void check(QueueModel queue, Duration delay, Supplier<String> at) {
    if (delay.isZero()) return;
    if (queue.fifo().isPresent()) {
      throw new ValidationException(
          at.get() + "a FIFO queue has no delay for one message: use send, or a standard queue");
    }
    if (delay.isNegative() || delay.compareTo(SqsQuotas.LONGEST_DELAY) > 0
        || !delay.equals(Duration.ofSeconds(delay.toSeconds()))) {
      throw new ValidationException(at.get() + "the delay is " + delay + ": use whole seconds, at most 900");
    }
  }

  private static String key(Supplier<String> at, String what, @Nullable String key) {
    if (key != null && SqsQuotas.isKey(key)) return key;
    throw new ValidationException(
        at.get() + "the message's " + what + " is " + (key == null ? "null" : "'" + key + "'")
            + ": SQS takes 1 to 128 letters, digits and ASCII punctuation, and no spaces");
  }
}
