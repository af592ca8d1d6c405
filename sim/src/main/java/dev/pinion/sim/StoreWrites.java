package dev.pinion.sim;

import dev.pinion.tables.MessageStore;
import dev.pinion.tables.StoredMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of messages that were taken. What the store refuses, as the disk is full, is written later: until then
 * nobody else gets the messages. Any thread.
 */
final class StoreWrites {
  private final LocalMessages messages;
  private final Deque<Write> refused = new ArrayDeque<>();
  /** Whether the log has it that the store refuses writes. */
  private boolean told;

  /** A write that may be done at any time, also when later ones were done before. */
  @FunctionalInterface
  interface Write {
    /** Writes, or throws an {@link IllegalStateException} if the store refuses it. */
    void to(MessageStore store);
  }

  StoreWrites(LocalMessages messages) {
    this.messages = messages;
  }

  /** Writes something, now or later. */
  void write(AsyncLog log, Write write) {
    try {
      write.to(messages.open());
    } catch (IllegalStateException why) {
      synchronized (this) {
        refused.add(write);
      }
      refused(log, why);
    }
  }

  /** Gives back messages that were taken and are not handled, now or later. */
  void giveBack(AsyncLog log, List<StoredMessage> taken, Instant due) {
    if (!taken.isEmpty()) write(log, store -> store.giveBack(ids(taken), due));
  }

  /**
   * Takes messages until some of them may be handled, or none is left. If that cannot be decided, they are given back.
   *
   * @param due from when on they are due in that case
   * @param taking takes messages
   * @param deciding returns those that may be handled, and writes what becomes of the others
   */
  List<StoredMessage> take(
      AsyncLog log, Instant due, Supplier<List<StoredMessage>> taking, UnaryOperator<List<StoredMessage>> deciding) {
    for (List<StoredMessage> taken = taking.get(); !taken.isEmpty(); taken = taking.get()) {
      accepted();
      boolean decided = false;
      try {
        List<StoredMessage> living = deciding.apply(taken);
        decided = true;
        if (!living.isEmpty()) return living;
      } finally {
        if (!decided) giveBack(log, taken, due);
      }
    }
    return List.of();
  }

  /** Writes what was refused before, until something is refused again. */
  void again(AsyncLog log) {
    for (Write next = next(); next != null; next = next()) {
      try {
        next.to(messages.open());
      } catch (IllegalStateException why) {
        synchronized (this) {
          refused.addFirst(next);
        }
        refused(log, why);
        return;
      }
    }
  }

  private synchronized @Nullable Write next() {
    return refused.poll();
  }

  /** Takes note that messages could not be taken, which is tried again. */
  void failed(AsyncLog log, Throwable why) {
    if (why instanceof IllegalStateException refusal) refused(log, refusal);
    else log.broke(why);
  }

  private synchronized void refused(AsyncLog log, IllegalStateException why) {
    if (!told && !messages.isClosed()) log.refused(String.valueOf(why.getMessage()));
    told = true;
  }

  /** Takes note that the store takes writes. */
  private synchronized void accepted() {
    told &= !refused.isEmpty();
  }

  static List<Long> ids(List<StoredMessage> messages) {
    return messages.stream().map(StoredMessage::id).toList();
  }
}
