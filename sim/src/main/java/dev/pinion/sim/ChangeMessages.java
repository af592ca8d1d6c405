package dev.pinion.sim;

import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.TableChange;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.RowChange;
import dev.pinion.tables.StoredMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/** How the changes of tables are kept in the message store. */
final class ChangeMessages {
  /** The store's queue of one message: the number of the last change that was taken. */
  static final String TAKEN = "taken changes of tables";

  private static final String CHANGES = "changes of table ";
  private static final String DEAD = "dead letters of changes of table ";
  private static final String ATTEMPTS = "attempts";
  private static final String DEAD_AT = "deadAt";
  private static final String ERROR = "error";

  private ChangeMessages() {}

  /** The store's queue of a table's changes. */
  static String queue(String table) {
    return CHANGES + table;
  }

  /** The store's queue of a table's changes that could not be handled. */
  static String dead(String table) {
    return DEAD + table;
  }

  /** The id of the table of which a store's queue has the changes. */
  static Optional<String> table(String queue) {
    return queue.startsWith(CHANGES) ? Optional.of(queue.substring(CHANGES.length())) : Optional.empty();
  }

  static NewMessage taken(long number) {
    return new NewMessage(TAKEN, Instant.EPOCH, Optional.empty(), Map.of(), Long.toString(number));
  }

  /**
   * The changes of one row are a group.
   *
   * @param due from when on the change can be handled
   */
  static NewMessage of(RowChange change, TableModel table, Instant due) {
    return new NewMessage(
        queue(change.table()), due, Optional.of(key(change, table).toString()), Map.of(), change.text());
  }

  private static Key key(RowChange change, TableModel table) {
    Item item = change.after().or(change::before).orElseThrow();
    Object hash = requireNonNull(item.attributes().get(table.hashKey().name()));
    if (table.rangeKey().isEmpty()) return Key.of(table.hashKey().name(), hash);
    String range = table.rangeKey().get().name();
    return Key.of(table.hashKey().name(), hash, range, requireNonNull(item.attributes().get(range)));
  }

  static TableChange change(StoredMessage message, TableModel table) {
    RowChange change = RowChange.of(message.body());
    TableChange.Type type = change.before().isEmpty()
        ? TableChange.Type.INSERT
        : change.after().isEmpty() ? TableChange.Type.REMOVE : TableChange.Type.MODIFY;
    return new TableChange(
        type, key(change, table), change.before(), change.after(), change.expired(),
        "%032x".formatted(change.number()), change.time().truncatedTo(ChronoUnit.SECONDS));
  }

  /** A change in words. */
  static String what(TableChange change) {
    return "the " + change.type() + " of " + change.key();
  }

  static Instant time(StoredMessage message) {
    return RowChange.of(message.body()).time();
  }

  static NewMessage dead(String table, StoredMessage message, String error, Instant now) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(ATTEMPTS, Integer.toString(message.receives()));
    attributes.put(DEAD_AT, Long.toString(now.toEpochMilli()));
    attributes.put(ERROR, error);
    return new NewMessage(dead(table), DeadLetters.end(now), Optional.empty(), attributes, message.body());
  }

  static DeadLetter letter(StoredMessage message, TableModel table) {
    Map<String, String> attributes = message.attributes();
    return new DeadLetter(
        change(message, table).toString(), attributes.getOrDefault(ERROR, ""),
        Integer.parseInt(attributes.getOrDefault(ATTEMPTS, "0")), deadAt(message));
  }

  static Instant deadAt(StoredMessage message) {
    return Instant.ofEpochMilli(Long.parseLong(message.attributes().getOrDefault(DEAD_AT, "0")));
  }
}
