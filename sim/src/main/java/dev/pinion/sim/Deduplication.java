package dev.pinion.sim;

import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The deduplication ids that FIFO queues remember, for five minutes each; also over a restart. Only those that the app
 * gives: others never come twice. Any thread.
 */
final class Deduplication {
  private final Map<String, QueueIds> queues = new HashMap<>();
  private final long most;

  /** @param most how many ids of all queues may be in memory */
  Deduplication(long most) {
    this.most = most;
  }

  /** Remembers as many ids as fit into a quarter of the memory. */
  static Deduplication inMemory() {
    return new Deduplication(Runtime.getRuntime().maxMemory() / 4 / RememberedIds.MOST_BYTES);
  }

  /**
   * Sends a message, unless its deduplication id is remembered.
   *
   * @param message what is to be kept of it
   * @param clock tells the time, which must not be earlier than it was for the message before
   * @return its id, or that of the message before
   * @throws IllegalStateException when there are too many ids to remember this one, or the message cannot be kept
   */
  synchronized UUID send(
      QueueModel queue, String deduplicationId, NewMessage message, UUID messageId, InstantSource clock,
      MessageStore store) {
    Instant now = clock.instant();
    QueueIds known = known(queue.id(), now, store);
    known.forget(now, store);
    Optional<UUID> before = known.find(deduplicationId, now);
    if (before.isPresent()) return before.get();
    if (queues.values().stream().mapToLong(QueueIds::size).sum() >= most) {
      throw new IllegalStateException(
          "more than " + most + " messages with deduplication ids were sent within five minutes, and the memory is not"
              + " enough to remember more of them: send fewer, or give the JVM more memory with -Xmx");
    }
    NewMessage remembered = QueueMessages.remembered(queue.id(), deduplicationId, messageId.toString(), now);
    long number = store.replace(List.of(), List.of(message, remembered)).getLast();
    known.add(RememberedId.of(deduplicationId, messageId, remembered.due().toEpochMilli()), number, store);
    return messageId;
  }

  /** Whether a message's deduplication id is to be remembered. */
  static boolean isNeeded(QueueModel queue, OutgoingMessage message) {
    return message.deduplicationId().isPresent() && isNeeded(queue);
  }

  private static boolean isNeeded(QueueModel queue) {
    return queue.fifo().flatMap(QueueModel.FifoModel::deduplication).isPresent();
  }

  /** Forgets what queues have remembered for long enough, also if nobody sends to them. */
  synchronized void forget(List<QueueModel> all, InstantSource clock, MessageStore store) {
    for (QueueModel queue : all) {
      if (!isNeeded(queue)) continue;
      Instant now = clock.instant();
      known(queue.id(), now, store).forget(now, store);
    }
  }

  private QueueIds known(String queue, Instant now, MessageStore store) {
    return queues.computeIfAbsent(queue, id -> QueueIds.read(id, now, store));
  }
}
