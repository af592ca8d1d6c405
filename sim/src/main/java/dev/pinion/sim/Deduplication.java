package dev.pinion.sim;

import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.StoredMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The deduplication ids that FIFO queues remember, for five minutes each; also over a restart. Only those that the app
 * gives: others never come twice. Any thread.
 */
final class Deduplication {
  private static final int TOGETHER = 1_000;

  private final Map<String, Map<String, Remembered>> queues = new HashMap<>();

  /** A message that was sent, and the number of what the store knows of it. */
  private record Remembered(String messageId, Instant until, long number) {}

  /**
   * Sends a message, unless its deduplication id is remembered.
   *
   * @param message what is to be kept of it
   * @param clock tells the time, which must not be earlier than it was for the message before
   * @return its id, or that of the message before
   */
  synchronized String send(
      QueueModel queue, String deduplicationId, NewMessage message, String messageId, InstantSource clock,
      MessageStore store) {
    Instant now = clock.instant();
    Map<String, Remembered> known = queues.computeIfAbsent(queue.id(), id -> read(id, store));
    forget(known, now, store);
    Remembered before = known.get(deduplicationId);
    if (before != null) return before.messageId;
    NewMessage remembered = QueueMessages.remembered(queue.id(), deduplicationId, messageId, now);
    long number = store.replace(List.of(), List.of(message, remembered)).getLast();
    known.put(deduplicationId, new Remembered(messageId, remembered.due(), number));
    return messageId;
  }

  /** Whether a message's deduplication id is to be remembered. */
  static boolean isNeeded(QueueModel queue, OutgoingMessage message) {
    return message.deduplicationId().isPresent()
        && queue.fifo().flatMap(QueueModel.FifoModel::deduplication).isPresent();
  }

  private static Map<String, Remembered> read(String queue, MessageStore store) {
    Map<String, Remembered> known = new LinkedHashMap<>();
    long last = 0;
    List<StoredMessage> some = store.list(QueueMessages.deduplication(queue), last, TOGETHER);
    while (!some.isEmpty()) {
      for (StoredMessage each : some) {
        known.put(each.body(), new Remembered(QueueMessages.messageId(each), each.due(), each.id()));
        last = each.id();
      }
      some = store.list(QueueMessages.deduplication(queue), last, TOGETHER);
    }
    return known;
  }

  private static void forget(Map<String, Remembered> known, Instant now, MessageStore store) {
    List<Long> over = new ArrayList<>();
    for (Iterator<Remembered> each = known.values().iterator(); each.hasNext();) {
      Remembered oldest = each.next();
      if (oldest.until.isAfter(now) && !oldest.until.isAfter(now.plus(SqsQuotas.DEDUPLICATION))) break;
      over.add(oldest.number);
      each.remove();
    }
    if (!over.isEmpty()) store.delete(over);
  }
}
