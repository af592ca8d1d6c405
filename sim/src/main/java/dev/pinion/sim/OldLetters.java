package dev.pinion.sim;

import dev.pinion.tables.MessageStore;
import dev.pinion.tables.StoredMessage;
import java.util.function.Predicate;

/** Deletes the dead letters that are as old as SQS lets them become. Reads few at once: they may be large. */
final class OldLetters {
  private static final int AT_ONCE = 16;

  private OldLetters() {}

  /** Deletes the old ones at the beginning of a queue, which has the oldest first. */
  static void delete(MessageStore store, String queue, Predicate<StoredMessage> isOld) {
    while (store.list(queue, 0, 1).stream().anyMatch(isOld)) {
      store.delete(store.list(queue, 0, AT_ONCE).stream().filter(isOld).map(StoredMessage::id).toList());
    }
  }
}
