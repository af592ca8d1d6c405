package dev.pinion.sim;

import dev.pinion.spi.TableModel;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Drops the changes that DynamoDB no longer has: those that are older than a day, and those that were made when the
 * table had another key, as on AWS that was another table, with a stream of its own. Any thread.
 */
final class DroppedChanges {
  /** How long DynamoDB keeps a change. */
  private static final Duration RETENTION = Duration.ofDays(1);
  /** So many are read at once: they may be large. */
  private static final int AT_ONCE = 16;

  private final LocalMessages messages;
  /** By which changes have their times. */
  private final InstantSource wall;

  DroppedChanges(LocalMessages messages, InstantSource wall) {
    this.messages = messages;
    this.wall = wall;
  }

  private MessageStore store() {
    return messages.open();
  }

  /** Returns those of some changes that are still there. */
  List<StoredMessage> living(TableModel table, List<StoredMessage> due, AsyncLog log) {
    Instant since = wall.instant().minus(RETENTION);
    List<StoredMessage> living = new ArrayList<>(due);
    List<StoredMessage> others = due.stream().filter(each -> !ChangeMessages.isOf(each, table)).toList();
    living.removeAll(others);
    List<StoredMessage> old = living.stream().filter(each -> ChangeMessages.time(each).isBefore(since)).toList();
    living.removeAll(old);
    List<StoredMessage> gone = Stream.concat(others.stream(), old.stream()).toList();
    if (!gone.isEmpty()) store().delete(StoreWrites.ids(gone));
    log.changesOfAnotherKey(table.id(), others.size());
    old.forEach(_ -> log.forgottenChange(table.onChange().orElseThrow(), table.id()));
    return living;
  }

  /**
   * Drops the changes that wait and were made when a table had another key. They are the oldest ones; whatever is
   * handled at this moment, or is behind one of the present key, is dropped when it comes again.
   */
  void ofAnotherKey(TableModel table, AsyncLog log) {
    int dropped = 0;
    List<StoredMessage> some = changes(table, 0);
    while (some.stream().anyMatch(each -> !ChangeMessages.isOf(each, table))) {
      List<StoredMessage> others =
          some.stream().filter(each -> !each.isTaken() && !ChangeMessages.isOf(each, table)).toList();
      store().delete(StoreWrites.ids(others));
      dropped += others.size();
      some = changes(table, some.getLast().id());
    }
    log.changesOfAnotherKey(table.id(), dropped);
  }

  private List<StoredMessage> changes(TableModel table, long after) {
    return store().list(ChangeMessages.queue(table.id()), after, AT_ONCE);
  }
}
