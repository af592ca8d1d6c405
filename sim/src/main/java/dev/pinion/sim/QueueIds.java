package dev.pinion.sim;

import dev.pinion.spi.SqsQuotas;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.StoredMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The deduplication ids that one queue remembers, in memory and in the message store: there the last ones are a message
 * each, and those before are a thousand in a message, as each message takes memory too. One thread at a time.
 */
final class QueueIds {
  private static final int TOGETHER = 1_000;
  /** So many of the store's messages are read at once. */
  private static final int READ = 100;

  private final String queue;
  private final RememberedIds ids = new RememberedIds();
  private final Deque<Single> singles = new ArrayDeque<>();
  private final Deque<Block> blocks = new ArrayDeque<>();

  /** An id that is a message of its own in the store, with this number. */
  private record Single(RememberedId id, long number) {}

  /** A message of the store with many ids. */
  private record Block(long number, long until) {}

  private QueueIds(String queue) {
    this.queue = queue;
  }

  /** Reads those that the store has. */
  static QueueIds read(String queue, Instant now, MessageStore store) {
    QueueIds read = new QueueIds(queue);
    String messages = QueueMessages.deduplication(queue);
    List<StoredMessage> some = store.list(messages, 0, READ);
    while (!some.isEmpty()) {
      some.forEach(each -> read.add(each, now));
      some = store.list(messages, some.getLast().id(), READ);
    }
    read.together(store);
    return read;
  }

  private void add(StoredMessage message, Instant now) {
    long due = message.due().toEpochMilli();
    if (message.due().isAfter(now.plus(SqsQuotas.DEDUPLICATION))) due = 0; // the clock was set back, which is not known
    if (QueueMessages.hasManyIds(message)) {
      blocks.add(new Block(message.id(), due));
      if (due > 0) RememberedId.all(message.body(), due).forEach(ids::add);
      return;
    }
    UUID messageId = UUID.fromString(QueueMessages.messageId(message));
    RememberedId id = RememberedId.of(message.body(), messageId, due);
    singles.add(new Single(id, message.id()));
    if (due > 0) ids.add(id);
  }

  /** Returns the id of the message that was sent with a deduplication id. */
  Optional<UUID> find(String deduplicationId, Instant now) {
    return ids.find(RememberedId.of(deduplicationId, new UUID(0, 0), 0), now.toEpochMilli());
  }

  /** Returns how many there are in memory. */
  long size() {
    return ids.size();
  }

  /** Remembers an id that is a message of the store. */
  void add(RememberedId id, long number, MessageStore store) {
    ids.add(id);
    singles.add(new Single(id, number));
    together(store);
  }

  /** Makes one message of a thousand. */
  private void together(MessageStore store) {
    while (singles.size() >= TOGETHER) {
      List<Single> some = singles.stream().limit(TOGETHER).toList();
      long due = some.stream().mapToLong(each -> each.id.until()).max().orElseThrow();
      String text = RememberedId.text(some.stream().map(Single::id).toList(), due);
      NewMessage block = QueueMessages.manyIds(queue, Instant.ofEpochMilli(due), text);
      try {
        long number = store.replace(some.stream().map(Single::number).toList(), List.of(block)).getFirst();
        blocks.add(new Block(number, due));
      } catch (IllegalStateException _) {
        return; // the disk is full, and what is there stays
      }
      some.forEach(_ -> singles.removeFirst());
    }
  }

  /** Forgets those that were remembered for long enough. */
  void forget(Instant time, MessageStore store) {
    long now = time.toEpochMilli();
    List<Long> over = new ArrayList<>();
    singles.stream().takeWhile(each -> each.id.until() <= now).forEach(each -> over.add(each.number));
    int count = over.size();
    blocks.stream().takeWhile(each -> each.until <= now).forEach(each -> over.add(each.number));
    if (over.isEmpty()) return;
    store.delete(over);
    for (int i = 0; i < count; i++) singles.removeFirst();
    for (int i = count; i < over.size(); i++) blocks.removeFirst();
    ids.forget(now);
  }
}
