package dev.pinion.contract;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Scan;
import dev.pinion.Table;
import dev.pinion.TransactWrite;
import dev.pinion.Update;
import dev.pinion.spi.ItemSize;
import dev.pinion.spi.TableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static dev.pinion.Attribute.attribute;

/** Requests whose sizes are just below or above DynamoDB's limits. */
final class RandomSizes {
  private static final int EXPRESSION = 1024 * 1024;

  private final RandomValues values;
  private final RandomKeySizes keys;

  RandomSizes(RandomValues values) {
    this.values = values;
    keys = new RandomKeySizes(values);
  }

  Operation near(TableModel model, Function<List<Table>, Table> table) {
    Key key = values.key(model);
    return switch (values.random.nextInt(11)) {
      case 7, 8 -> keys.near(model, table);
      case 9 -> nesting(model, key, table);
      case 10 -> puts(model, table);
      case 0 -> row(model, key, table);
      case 1 -> updates("set", 280, 295, model, key, table, i -> attribute("a" + i).set("v"));
      case 2 -> updates("remove", 595, 606, model, key, table, i -> attribute("a" + i).remove());
      case 3 -> projection(model, key, table);
      case 4 -> filter(model, table);
      case 5 -> conditional(model, key, table);
      default -> transaction(model, table);
    };
  }

  private int about(int size, int off) {
    return size + values.random.nextInt(-off, off + 1);
  }

  private static String text(int length) {
    return "x".repeat(length);
  }

  private Operation row(TableModel model, Key key, Function<List<Table>, Table> table) {
    AttributeValue number = values.number();
    int length = about(ItemSize.LIMIT - ItemSize.of(key.attributes()) - 12, 12);
    Item row = key.attributes().with("n", number).with("large", text(length));
    return operation(model, "putItem(" + key + " with " + number + " and " + length + " bytes)",
        tables -> table.apply(tables).putItem(row).isPresent());
  }

  private Operation updates(String what, int least, int most, TableModel model, Key key,
      Function<List<Table>, Table> table, IntFunction<Update> each) {
    int count = values.random.nextInt(least, most);
    Update[] updates = IntStream.range(0, count).mapToObj(each).toArray(Update[]::new);
    return operation(model, "updateItem(" + key + ", " + count + " times " + what + ")",
        tables -> table.apply(tables).updateItem(key, updates));
  }

  private Operation projection(TableModel model, Key key, Function<List<Table>, Table> table) {
    int count = about(601, 5);
    Attribute[] names = IntStream.range(0, count).mapToObj(i -> attribute("a" + i)).toArray(Attribute[]::new);
    return operation(model, "getItem(" + key + ", " + count + " attributes)",
        tables -> table.apply(tables).getItem(key, names));
  }

  private Operation filter(TableModel model, Function<List<Table>, Table> table) {
    // Between them, DynamoDB Local has a limit that DynamoDB does not have (Deviations).
    int length = about(values.random.nextBoolean() ? EXPRESSION - 100 : 2 * EXPRESSION + 100, 50);
    Scan scan = Scan.all().filter(attribute("z").equalTo(text(length)));
    return operation(model, "scan(z = " + length + " bytes)", tables -> table.apply(tables).scan(scan).toList());
  }

  private Operation conditional(TableModel model, Key key, Function<List<Table>, Table> table) {
    int length = about(ItemSize.LIMIT - 2, 3);
    return operation(model, "updateItem(" + key + ", none exists, p = " + length + " bytes)",
        tables -> table.apply(tables)
            .updateItem(key, attribute("none").exists(), attribute("p").set(text(length))));
  }

  private Operation transaction(TableModel model, Function<List<Table>, Table> table) {
    List<Key> keys = values.some(4, 4, () -> values.key(model));
    int length = about(EXPRESSION - ItemSize.of(keys.getFirst().attributes()) - 11, 4);
    return new Operation("transactWriteItems(4 checks of " + keys + " with " + length + " bytes)", tables -> {
      List<TransactWrite> checks = keys.stream()
          .map(key -> TransactWrite.check(table.apply(tables), key, attribute("v").notEqualTo(text(length)))).toList();
      Table.transactWriteItems(checks.getFirst(), checks.subList(1, 4).toArray(TransactWrite[]::new));
      return "checked";
    }, true);
  }

  private Operation nesting(TableModel model, Key key, Function<List<Table>, Table> table) {
    int depth = about(31, 2);
    Object value = "leaf";
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
    }
    AttributeValue nested = AttributeValue.of(value);
    return switch (values.random.nextInt(3)) {
      case 0 -> operation(model, "putItem(" + key + ", " + depth + " levels)",
          tables -> table.apply(tables).putItem(key.attributes().with("z", nested)).isPresent());
      case 1 -> operation(model, "updateItem(" + key + ", " + depth + " levels)",
          tables -> table.apply(tables).updateItem(key, attribute("z").set(nested)));
      default -> operation(model, "scan(z = " + depth + " levels)",
          tables -> table.apply(tables).scan(Scan.all().filter(attribute("z").equalTo(nested))).toList());
    };
  }

  /** Rows of 4 MB together, which are not written, as a condition fails: reading so much takes long. */
  private Operation puts(TableModel model, Function<List<Table>, Table> table) {
    Key checked = key(model, 11);
    int left = about(4 * EXPRESSION, 2) - ItemSize.of(checked.attributes());
    List<Item> rows = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      Item row = key(model, i).attributes().with("large", "");
      row = row.with("large", text(Math.min(381_300, left - ItemSize.of(row))));
      left -= ItemSize.of(row);
      rows.add(row);
    }
    return operation(model, "transactWriteItems(11 puts, the last of " + ItemSize.of(rows.getLast()) + " bytes)",
        tables -> {
          List<TransactWrite> puts = rows.stream().map(row -> TransactWrite.put(table.apply(tables), row)).toList();
          Table.transactWriteItems(
              TransactWrite.check(table.apply(tables), checked, attribute("none").exists()),
              puts.toArray(TransactWrite[]::new));
          return "written";
        });
  }

  private Key key(TableModel model, int number) {
    Item hash = Item.of(model.hashKey().name(), values.distinct(model.hashKey().type(), number));
    return new Key(model.rangeKey().map(range -> hash.with(range.name(), values.fitting(range.type()))).orElse(hash));
  }

  private static Operation operation(TableModel model, String text, Operation.Call call) {
    return new Operation(model.id() + "." + text, call, true);
  }
}
