package dev.pinion.aws;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The estimated cost of a month on AWS in US dollars, at the list prices of us-east-1 for on-demand use, without free
 * tiers, data transfer and logs.
 *
 * @param items the items that AWS charges for
 * @see <a href="https://aws.amazon.com/api-gateway/pricing/">API Gateway</a>,
 *     <a href="https://aws.amazon.com/lambda/pricing/">Lambda</a>,
 *     <a href="https://aws.amazon.com/eventbridge/pricing/">EventBridge Scheduler</a>,
 *     <a href="https://aws.amazon.com/sqs/pricing/">SQS</a>,
 *     <a href="https://aws.amazon.com/dynamodb/pricing/on-demand/">DynamoDB</a>
 */
public record Cost(List<Item> items) {
  private static final long MINUTES = 30L * 24 * 60;
  private static final long METERED = 32 * 1024;
  /** To send, to receive and to delete a message, each up to 64 KiB. */
  private static final BigDecimal REQUESTS = BigDecimal.valueOf(3);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

  public Cost {
    items = List.copyOf(items);
  }

  /**
   * The usage of an app in a month of 30 days.
   *
   * @param connections clients that are connected, on average
   * @param connects how often a client connects
   * @param authorizations calls of authorizers, one for each connect of a WebSocket that has one
   * @param received messages from clients
   * @param sent messages to clients; one broadcast to a hundred clients is a hundred
   * @param size bytes of a message, on average; each 32 KiB are one message
   * @param memory MiB of a function
   * @param duration milliseconds that a handler takes, on average
   * @param requests to HTTP APIs
   * @param ticks of schedules, and starts of tasks with a delay
   * @param starts of tasks, each of which is a call of a function beside those of messages
   * @param taskDuration milliseconds that a task takes, on average
   * @param queued messages sent to queues: each is sent, received and deleted, and costs a call of a function
   * @param reads DynamoDB's read request units: 4 KiB of rows each, half of one unless read consistently
   * @param writes DynamoDB's write request units: 1 KiB of a row each
   */
  public record Usage(
      BigDecimal connections,
      BigDecimal connects,
      BigDecimal authorizations,
      BigDecimal received,
      BigDecimal sent,
      long size,
      int memory,
      int duration,
      BigDecimal requests,
      BigDecimal ticks,
      BigDecimal starts,
      long taskDuration,
      BigDecimal queued,
      BigDecimal reads,
      BigDecimal writes) {}

  /**
   * An item that AWS charges for.
   *
   * @param name its name
   * @param quantity its quantity
   * @param dollars its cost, to the cent
   */
  public record Item(String name, BigDecimal quantity, BigDecimal dollars) {}

  /** Estimates the cost of a month's usage. */
  public static Cost of(Usage usage) {
    BigDecimal minutes = usage.connections().multiply(BigDecimal.valueOf(MINUTES));
    BigDecimal parts = BigDecimal.valueOf(Math.max(1, (usage.size() + METERED - 1) / METERED));
    BigDecimal messages = usage.received().add(usage.sent()).multiply(parts);
    BigDecimal calls = usage.received().add(usage.connects().multiply(BigDecimal.TWO)).add(usage.authorizations())
        .add(usage.requests()).add(usage.ticks()).add(usage.queued());
    BigDecimal gigabyteSeconds = calls.multiply(BigDecimal.valueOf(usage.duration()))
        .add(usage.starts().multiply(BigDecimal.valueOf(usage.taskDuration())))
        .multiply(BigDecimal.valueOf(usage.memory()))
        .divide(BigDecimal.valueOf(1000 * 1024), 0, RoundingMode.HALF_UP);
    BigDecimal first = messages.min(BILLION);
    return new Cost(
        List.of(
            item("connection-minutes", minutes, "0.25"),
            new Item(
                "messages", messages, dollars(first, "1.00").add(dollars(messages.subtract(first), "0.80"))),
            item("HTTP requests", usage.requests(), "1.00"),
            item("function calls", calls.add(usage.starts()), "0.20"),
            item("GB-seconds", gigabyteSeconds, "13.3334"),
            item("ticks", usage.ticks(), "1.00"),
            item("queue requests", usage.queued().multiply(REQUESTS), "0.40"),
            item("table reads", usage.reads(), "0.125"),
            item("table writes", usage.writes(), "0.625")));
  }

  /** Returns the sum of all items. */
  public BigDecimal total() {
    return items.stream().map(Item::dollars).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Item item(String name, BigDecimal quantity, String perMillion) {
    return new Item(name, quantity, dollars(quantity, perMillion));
  }

  private static BigDecimal dollars(BigDecimal quantity, String perMillion) {
    return quantity.multiply(new BigDecimal(perMillion)).divide(MILLION, 2, RoundingMode.HALF_UP);
  }
}
