package dev.pinion.sim;

import dev.pinion.QueueMessage;
import dev.pinion.spi.Delivery;
import dev.pinion.spi.Lineage;
import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.StoredMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the messages of queues are kept in the message store. */
final class QueueMessages {
  private static final String QUEUE = "queue ";
  private static final String DEAD = "dead letters of queue ";
  private static final String DEDUPLICATION = "deduplication of queue ";
  private static final String ID = "messageId";
  private static final String SENT = "sent";
  private static final String RECEIVES = "receives";
  private static final String DEAD_AT = "deadAt";
  private static final String KEPT_SINCE = "keptSince";
  private static final String ERROR = "error";
  private static final String MANY = "many";
  private static final String CALLS = "calls of ";

  private QueueMessages() {}

  /** The store's queue of a queue's messages. */
  static String queue(String id) {
    return QUEUE + id;
  }

  /** The store's queue of a queue's dead letters. */
  static String dead(String id) {
    return DEAD + id;
  }

  /** The store's queue of the deduplication ids that a queue remembers. */
  static String deduplication(String id) {
    return DEDUPLICATION + id;
  }

  /** The id of the queue of which a store's queue has the messages. */
  static Optional<String> id(String storeQueue) {
    return storeQueue.startsWith(QUEUE) ? Optional.of(storeQueue.substring(QUEUE.length())) : Optional.empty();
  }

  static NewMessage sent(String queue, OutgoingMessage message, String messageId, Lineage lineage, Instant now) {
    Map<String, String> attributes = new TreeMap<>(Map.of(ID, messageId, SENT, Long.toString(now.toEpochMilli())));
    lineage.calls().forEach((handler, calls) -> attributes.put(CALLS + handler, calls.toString()));
    return new NewMessage(queue(queue), now.plus(message.delay()), message.group(), attributes, message.body());
  }

  /** What is remembered of a message so that others with its deduplication id are dropped. */
  static NewMessage remembered(String queue, String deduplicationId, String messageId, Instant now) {
    return new NewMessage(
        deduplication(queue), now.plus(SqsQuotas.DEDUPLICATION), Optional.empty(), Map.of(ID, messageId),
        deduplicationId);
  }

  /** What is remembered of many messages. */
  static NewMessage manyIds(String queue, Instant due, String ids) {
    return new NewMessage(deduplication(queue), due, Optional.empty(), Map.of(MANY, "true"), ids);
  }

  static boolean hasManyIds(StoredMessage message) {
    return message.attributes().containsKey(MANY);
  }

  static NewMessage dead(String queue, StoredMessage message, String error, Instant now) {
    Map<String, String> attributes = new TreeMap<>(message.attributes());
    attributes.put(RECEIVES, Integer.toString(message.receives() - 1));
    attributes.put(DEAD_AT, Long.toString(now.toEpochMilli()));
    Instant since = message.group().isEmpty() ? sentTime(message) : now;
    if (message.group().isEmpty()) attributes.put(KEPT_SINCE, Long.toString(since.toEpochMilli()));
    attributes.put(ERROR, error);
    return new NewMessage(dead(queue), DeadLetters.end(since), Optional.empty(), attributes, message.body());
  }

  static String messageId(StoredMessage message) {
    return message.attributes().getOrDefault(ID, Long.toString(message.id()));
  }

  static Instant sentTime(StoredMessage message) {
    return time(message, SENT);
  }

  private static Instant time(StoredMessage message, String attribute) {
    return Instant.ofEpochMilli(Long.parseLong(message.attributes().getOrDefault(attribute, "0")));
  }

  static Lineage lineage(StoredMessage message) {
    Map<String, Integer> calls = new HashMap<>();
    message.attributes().forEach((name, value) -> {
      if (name.startsWith(CALLS)) calls.put(name.substring(CALLS.length()), Integer.parseInt(value));
    });
    return new Lineage(calls);
  }

  static Delivery delivery(StoredMessage message) {
    return new Delivery(
        message.body(),
        new QueueMessage(messageId(message), message.receives(), sentTime(message), message.group()),
        lineage(message));
  }

  /**
   * Returns from when on the age of a dead letter counts: in a FIFO queue since it is one, in a standard queue since
   * the message was sent.
   */
  static Instant keptSince(StoredMessage letter) {
    return time(letter, letter.attributes().containsKey(KEPT_SINCE) ? KEPT_SINCE : DEAD_AT);
  }

  static DeadLetter letter(StoredMessage message) {
    return new DeadLetter(
        message.body(), message.attributes().getOrDefault(ERROR, ""),
        Integer.parseInt(message.attributes().getOrDefault(RECEIVES, "0")), time(message, DEAD_AT));
  }
}
