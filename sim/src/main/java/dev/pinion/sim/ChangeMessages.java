package dev.pinion.sim;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.TableChange;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.RowChange;
import dev.pinion.tables.StoredMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
        queue(change.table()), due, key(change, table).map(Key::toString), Map.of(), change.text());
  }

  /** Returns the tables that get another key, by their ids: on AWS they are other tables then. */
  static Set<String> rekeyed(List<TableModel> before, List<TableModel> next) {
    return before.stream().filter(each -> !next.stream().allMatch(other -> haveSameKey(each, other)))
        .map(TableModel::id).collect(Collectors.toSet());
  }

  /** Returns false of a table that programs declare with different keys. */
  static boolean haveSameKey(TableModel one, TableModel other) {
    return !one.id().equals(other.id())
        || (one.hashKey().equals(other.hashKey()) && one.rangeKey().equals(other.rangeKey()));
  }

  /** Returns whether a change was made when its table had its present key. */
  static boolean isOf(StoredMessage message, TableModel table) {
    Optional<Key> key = key(RowChange.of(message.body()), table);
    return key.isPresent() && message.group().map(key.get().toString()::equals).orElse(true);
  }

  /** Returns the key of the row; empty if the table had another one when it changed. */
  private static Optional<Key> key(RowChange change, TableModel table) {
    Item row = row(change);
    Optional<AttributeValue> hash = value(row, table.hashKey());
    if (table.rangeKey().isEmpty()) return hash.map(each -> Key.of(table.hashKey().name(), each));
    Optional<AttributeValue> range = value(row, table.rangeKey().get());
    return hash.isEmpty() || range.isEmpty() ? Optional.empty()
        : Optional.of(Key.of(table.hashKey().name(), hash.get(), table.rangeKey().get().name(), range.get()));
  }

  private static Optional<AttributeValue> value(Item row, KeyAttribute attribute) {
    return Optional.ofNullable(row.attributes().get(attribute.name()))
        .filter(value -> switch (attribute.type()) {
          case STRING -> value instanceof AttributeValue.S;
          case NUMBER -> value instanceof AttributeValue.N;
          case BINARY -> value instanceof AttributeValue.B;
        });
  }

  private static Item row(RowChange change) {
    return change.after().or(change::before).orElseThrow();
  }

  private static TableChange.Type type(RowChange change) {
    return change.before().isEmpty()
        ? TableChange.Type.INSERT
        : change.after().isEmpty() ? TableChange.Type.REMOVE : TableChange.Type.MODIFY;
  }

  /** Returns a change of a table that has the key which it had then. */
  static TableChange change(StoredMessage message, TableModel table) {
    RowChange change = RowChange.of(message.body());
    return change(change, key(change, table).orElseThrow());
  }

  private static TableChange change(RowChange change, Key key) {
    return new TableChange(
        type(change), key, change.before(), change.after(), change.expired(), "%032x".formatted(change.number()),
        change.time().truncatedTo(ChronoUnit.SECONDS));
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
    RowChange change = RowChange.of(message.body());
    String body = key(change, table).map(key -> change(change, key).toString())
        .orElseGet(() -> "the " + type(change) + " of " + row(change) + ", when the table had another key");
    return new DeadLetter(
        body, attributes.getOrDefault(ERROR, ""),
        Integer.parseInt(attributes.getOrDefault(ATTEMPTS, "0")), deadAt(message));
  }

  static Instant deadAt(StoredMessage message) {
    return Instant.ofEpochMilli(Long.parseLong(message.attributes().getOrDefault(DEAD_AT, "0")));
  }
}
