package dev.pinion.sim;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.TableChange;
import dev.pinion.dynamodb.RowImages;
import dev.pinion.json.RecordCodec;
import dev.pinion.sim.ConsoleActions.RefusedException;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A change of a table as people see and edit it: what a record of DynamoDB Streams has of it, as JSON. */
final class ChangeText {
  private static final String TYPE = "eventName";
  private static final String OLD = "OldImage";
  private static final String NEW = "NewImage";
  private static final String EXPIRED = "expired";
  private static final RecordCodec JSON = new RecordCodec();

  private ChangeText() {}

  static String of(TableChange change) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(TYPE, change.type().name());
    change.oldItem().ifPresent(each -> members.put(OLD, RowImages.of(each)));
    change.newItem().ifPresent(each -> members.put(NEW, RowImages.of(each)));
    if (change.expired()) members.put(EXPIRED, true);
    return JSON.write(members);
  }

  /**
   * Reads a change, which gets an id and a time of its own.
   *
   * @throws RefusedException if it is none of this table's; the message says why
   */
  static TableChange change(String text, TableModel table, Instant now) throws RefusedException {
    Map<?, ?> members = members(text);
    Optional<Item> before = image(members, OLD);
    Optional<Item> after = image(members, NEW);
    TableChange.Type type = before.isEmpty() ? TableChange.Type.INSERT
        : after.isEmpty() ? TableChange.Type.REMOVE : TableChange.Type.MODIFY;
    Key key = key(after.or(() -> before).orElseThrow(
        () -> new RefusedException("A change has an " + OLD + ", a " + NEW + " or both.")), table);
    if (type == TableChange.Type.MODIFY && !key(before.orElseThrow(), table).equals(key)) {
      throw new RefusedException("The keys of " + OLD + " and " + NEW + " differ: a change is of one row.");
    }
    Object said = members.get(TYPE);
    if (said != null && !said.equals(type.name())) {
      throw new RefusedException(
          "With these images, it is " + (type == TableChange.Type.INSERT ? "an " : "a ") + type + ", not '" + said
              + "': change or remove " + TYPE + ".");
    }
    boolean expired = Boolean.TRUE.equals(members.get(EXPIRED));
    if (expired && type != TableChange.Type.REMOVE)
      throw new RefusedException("Only a row that was removed has expired.");
    String id = "%016x%016x".formatted(ThreadLocalRandom.current().nextLong(), ThreadLocalRandom.current().nextLong());
    return new TableChange(type, key, before, after, expired, id, now.truncatedTo(ChronoUnit.SECONDS));
  }

  private static Map<?, ?> members(String text) throws RefusedException {
    try {
      if (JSON.read(text, Object.class) instanceof Map<?, ?> members) return members;
    } catch (MismatchException e) {
      throw new RefusedException("This is not JSON: " + e.getMessage());
    }
    throw new RefusedException("A change is an object, with " + OLD + " and " + NEW + ".");
  }

  private static Optional<Item> image(Map<?, ?> members, String name) throws RefusedException {
    Object json = members.get(name);
    if (json == null) return Optional.empty();
    try {
      return Optional.of(RowImages.row(json));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(name + ": " + e.getMessage());
    }
  }

  private static Key key(Item row, TableModel table) throws RefusedException {
    AttributeValue hash = value(row, table.hashKey());
    if (table.rangeKey().isEmpty()) return Key.of(table.hashKey().name(), hash);
    KeyAttribute range = table.rangeKey().get();
    return Key.of(table.hashKey().name(), hash, range.name(), value(row, range));
  }

  private static AttributeValue value(Item row, KeyAttribute key) throws RefusedException {
    AttributeValue value = row.attributes().get(key.name());
    if (value != null && value.type().equals(key.type().code())) return value;
    throw new RefusedException(
        "The key '" + key.name() + "' must be of type " + key.type().code()
            + (value == null ? ", and is missing." : ", not " + value.type() + "."));
  }
}
