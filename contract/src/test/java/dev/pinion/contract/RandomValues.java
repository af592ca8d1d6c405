package dev.pinion.contract;

import dev.pinion.Attribute;
import dev.pinion.AttributeType;
import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.SequencedSet;
import java.util.function.Supplier;

/** Values, rows, keys and paths of few kinds, so that they often meet, and some that DynamoDB refuses. */
final class RandomValues {
  private static final List<String> NAMES = List.of("a", "b", "c", "size", "user", "score", "tag", "a.b", "ä");
  private static final List<String> TEXTS = List.of("", "x", "y", "xy", "x\u0000", "ü", "𝄞", "ﬀ", "10", "9",
      "\uffff", "e\u0301", "\ufeffx", "\u2028", "\ud7ff", "a𝄞b", "\"\\", "\u007f", "\u0301", "é", "\ud834\udd1f",
      "\u0000\u0000", "xy".repeat(1_500), "𝄞".repeat(700), instant("2026-01-01T00:00:00Z"),
      instant("2026-01-01T00:00:00.001Z"));
  private static final List<String> NUMBERS =
      List.of("0", "1", "-1", "2", "10", "9", "-10", "0.5", "1e10", "1e125", "-1e125", "1e-130", "123456789012345678.5",
          "12345678901234567890123456789012345678", "0.00000000000000000001", "-2.5", "123.4", "0.012", "1e11", "-123");
  private static final List<String> REFUSED_NUMBERS =
      List.of("123456789012345678901234567890123456789", "1e126", "1e-131", "-1e126");

  /** A time as an attribute has it. */
  private static String instant(String time) {
    return ((AttributeValue.S) AttributeValue.of(Instant.parse(time))).value();
  }

  final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  <T> List<T> some(int atLeast, int atMost, Supplier<T> each) {
    List<T> made = new ArrayList<>();
    for (int i = random.nextInt(atLeast, atMost + 1); i > 0; i--) {
      made.add(each.get());
    }
    return made;
  }

  String name() {
    return one(NAMES);
  }

  AttributeValue value() {
    return value(2);
  }

  private AttributeValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 8)) {
      case 0, 1 -> new AttributeValue.S(one(TEXTS));
      case 2, 3, 4 -> number();
      case 5 -> bytes();
      case 6 -> new AttributeValue.Bool(random.nextBoolean());
      case 7 -> new AttributeValue.Null();
      case 8, 9 -> new AttributeValue.L(some(0, 3, () -> value(depth - 1)));
      case 10, 11 -> map(depth);
      default -> set();
    };
  }

  AttributeValue number() {
    return new AttributeValue.N(new BigDecimal(one(chance(1) ? REFUSED_NUMBERS : NUMBERS)));
  }

  private AttributeValue bytes() {
    return new AttributeValue.B(someBytes());
  }

  private Bytes someBytes() {
    byte[] bytes = new byte[random.nextInt(3)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private AttributeValue map(int depth) {
    LinkedHashMap<String, AttributeValue> values = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      values.put(name(), value(depth - 1));
    }
    return new AttributeValue.M(values);
  }

  AttributeValue set() {
    int least = chance(3) ? 0 : 1;
    return switch (random.nextInt(3)) {
      case 0 -> new AttributeValue.Ss(set(least, () -> one(TEXTS)));
      case 1 -> new AttributeValue.Ns(set(least, () -> new BigDecimal(one(NUMBERS))));
      default -> new AttributeValue.Bs(set(least, this::someBytes));
    };
  }

  private <T> SequencedSet<T> set(int least, Supplier<T> each) {
    return new LinkedHashSet<>(some(least, 3, each));
  }

  /** A value that fits a key attribute, save for some. */
  AttributeValue keyValue(AttributeType type) {
    if (chance(2)) {
      return value();
    }
    return switch (type) {
      case STRING -> new AttributeValue.S(one(chance(4) ? TEXTS : TEXTS.subList(1, 6)));
      case NUMBER -> new AttributeValue.N(new BigDecimal(one(NUMBERS.subList(0, 8))));
      case BINARY -> new AttributeValue.B(Bytes.of(new byte[] {(byte) random.nextInt(-2, 2)}));
    };
  }

  /** A value that any key of a type may have. */
  AttributeValue fitting(AttributeType type) {
    return distinct(type, random.nextInt(3));
  }

  /** A value that any key of a type may have, another one for each number. */
  AttributeValue distinct(AttributeType type, int number) {
    return switch (type) {
      case STRING -> new AttributeValue.S("key" + number);
      case NUMBER -> new AttributeValue.N(BigDecimal.valueOf(number));
      case BINARY -> new AttributeValue.B(Bytes.of(new byte[] {(byte) number}));
    };
  }

  Key key(TableModel table) {
    return new Key(keyItem(table));
  }

  private Item keyItem(TableModel table) {
    Item key = Item.of(table.hashKey().name(), keyValue(table.hashKey().type()));
    if (table.rangeKey().isPresent() && !chance(1)) {
      key = key.with(table.rangeKey().get().name(), keyValue(table.rangeKey().get().type()));
    }
    return chance(1) ? key.with("more", "x") : key;
  }

  Item item(TableModel table) {
    Item item = keyItem(table);
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = name();
      if (!item.has(name)) {
        item = item.with(name, indexed(table, name));
      }
    }
    return item;
  }

  /** A value that fits where an index has the attribute as its key, save for some. */
  private AttributeValue indexed(TableModel table, String name) {
    return table.indexes().stream()
        .flatMap(index -> java.util.stream.Stream.concat(
            java.util.stream.Stream.of(index.hashKey()), index.rangeKey().stream()))
        .filter(key -> key.name().equals(name))
        .map(KeyAttribute::type)
        .findFirst()
        .map(this::keyValue)
        .orElseGet(this::value);
  }

  Attribute path(TableModel table) {
    Attribute path = Attribute.attribute(chance(10) ? table.hashKey().name() : name());
    while (chance(25)) {
      path = random.nextBoolean() ? path.child(name()) : path.at(random.nextInt(3));
    }
    return path;
  }
}
