package dev.pinion.sim;

import dev.pinion.tables.MessageStore;
import dev.pinion.tables.StoredMessage;
import java.util.List;
import java.util.function.Function;

/**
 * The newest dead letters of a task, queue or table.
 *
 * @param count how many there are in all
 * @param letters the newest first
 */
record NewestLetters(int count, List<DeadLetter> letters) {
  static final NewestLetters NONE = new NewestLetters(0, List.of());

  NewestLetters {
    letters = List.copyOf(letters);
  }

  /** Reads them from a queue of the store; only so many, as they may be large. */
  static NewestLetters of(MessageStore store, String queue, int most, Function<StoredMessage, DeadLetter> letter) {
    return new NewestLetters(store.size(queue), store.newest(queue, most).stream().map(letter).toList());
  }
}
