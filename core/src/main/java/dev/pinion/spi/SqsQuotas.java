package dev.pinion.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits of SQS.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">Amazon
 *     SQS: message quotas</a>
 */
public final class SqsQuotas {
  /** IAM's action for sending a message. */
  public static final String SEND_MESSAGE = "sqs:SendMessage";

  /** The most bytes of a message. */
  public static final int LARGEST_MESSAGE = 1_048_576;

  /** The longest delay of a message. */
  public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /** The most messages that Lambda passes to a function without a batching window, and from a FIFO queue. */
  public static final int LARGEST_BATCH = 10;

  /** The most bytes of an event, which end a batch. */
  public static final int LARGEST_EVENT = 6 << 20;

  /** The largest {@code maxReceiveCount}. */
  public static final int MOST_RECEIVES = 1_000;

  /** How long a queue keeps a message by default. */
  public static final Duration RETENTION = Duration.ofDays(4);

  /** How long the queue of dead letters keeps a message: as long as SQS does at most. */
  public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(14);

  /** How long a FIFO queue remembers a deduplication id. */
  public static final Duration DEDUPLICATION = Duration.ofMinutes(5);

  private static final String KEY = "[!-~]{1,128}";

  private SqsQuotas() {}

  /** Returns whether a text may be a message group id or a deduplication id. */
  public static boolean isKey(String text) {
    return text.matches(KEY);
  }

  /** Returns whether a message has too many bytes. */
  public static boolean isTooLong(String body) {
    return body.length() > LARGEST_MESSAGE / 3 && ItemSize.utf8(body) > LARGEST_MESSAGE;
  }

  /** Returns what is wrong with a message's text; empty for nothing. */
  public static Optional<String> problem(String body) {
    if (body.isEmpty()) return Optional.of("the message is empty, and SQS takes no empty messages");
    if (isTooLong(body)) {
      return Optional.of("the message has more than " + LARGEST_MESSAGE + " bytes of UTF-8, which is SQS's limit");
    }
    return body.codePoints().filter(each -> !isAllowed(each)).mapToObj(
        each -> "the message has the character U+%04X, and SQS takes only those of XML 1.0".formatted(each))
        .findFirst();
  }

  private static boolean isAllowed(int character) {
    return character == '\t' || character == '\n' || character == '\r' || (character >= ' ' && character <= 0xD7FF)
        || (character >= 0xE000 && character <= 0xFFFD) || character >= 0x10000;
  }
}
