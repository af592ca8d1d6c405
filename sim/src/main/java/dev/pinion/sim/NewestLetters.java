package dev.pinion.sim;

import java.util.List;

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
}
