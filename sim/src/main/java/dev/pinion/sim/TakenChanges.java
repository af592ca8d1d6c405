package dev.pinion.sim;

import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.StoredMessage;
import java.util.ArrayList;
import java.util.List;

/** Which changes of tables the message store has taken: the number of the last one is a message of it. Any thread. */
final class TakenChanges {
  private final LocalMessages messages;
  /** The number of the store's message with the last change that was taken; 0 if there is none. */
  private long mark;
  private long taken = -1;

  TakenChanges(LocalMessages messages) {
    this.messages = messages;
  }

  /** Returns the number of the last change that was taken. */
  synchronized long last() {
    if (taken >= 0) return taken;
    List<StoredMessage> marks = messages.open().list(ChangeMessages.TAKEN, 0, 1);
    mark = marks.isEmpty() ? 0 : marks.getFirst().id();
    taken = marks.isEmpty() ? 0 : Long.parseLong(marks.getFirst().body());
    return taken;
  }

  /**
   * Keeps what came with changes, in one step.
   *
   * @param number that of the last change
   */
  synchronized void take(List<NewMessage> changes, long number) {
    MessageStore store = messages.open();
    var _ = last();
    List<NewMessage> kept = new ArrayList<>(changes);
    kept.add(ChangeMessages.taken(number));
    mark = store.replace(List.of(mark), kept).getLast();
    taken = number;
  }
}
