package dev.pinion.contract;

import dev.pinion.AttributeType;
import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Table;
import dev.pinion.TransactWrite;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import static dev.pinion.Attribute.attribute;

/** Keys and names whose sizes are just below or above DynamoDB's limits, or that are empty. */
final class RandomKeySizes {
  private static final int HASH = 2048;
  private static final int RANGE = 1024;
  private static final int NAME = 65_535;

  private final RandomValues values;

  RandomKeySizes(RandomValues values) {
    this.values = values;
  }

  Operation near(TableModel model, Function<List<Table>, Table> table) {
    return switch (values.random.nextInt(6)) {
      case 0, 1 -> put(model, table);
      case 2 -> byKey(model, table);
      case 3, 4 -> query(model, table);
      default -> name(model, table);
    };
  }

  private int about(int size) {
    return size + values.random.nextInt(-1, 2);
  }

  private AttributeValue sized(AttributeType type, int limit) {
    int length = values.chance(10) ? 0 : about(limit);
    return switch (type) {
      case STRING -> new AttributeValue.S("x".repeat(length));
      case NUMBER -> values.number();
      case BINARY -> new AttributeValue.B(Bytes.of(new byte[length]));
    };
  }

  private Item key(TableModel model) {
    boolean hash = values.random.nextBoolean();
    Item key = Item.of(model.hashKey().name(), value(model.hashKey(), hash, HASH));
    return model.rangeKey().map(range -> key.with(range.name(), value(range, !hash || values.chance(30), RANGE)))
        .orElse(key);
  }

  private AttributeValue value(KeyAttribute attribute, boolean large, int limit) {
    return large ? sized(attribute.type(), limit) : values.fitting(attribute.type());
  }

  private Operation put(TableModel model, Function<List<Table>, Table> table) {
    Item row = key(model);
    for (IndexModel index : model.indexes()) {
      if (values.chance(40) && !row.has(index.hashKey().name())) {
        row = row.with(index.hashKey().name(), sized(index.hashKey().type(), HASH));
      }
    }
    Item put = row;
    return values.random.nextBoolean()
        ? operation(model, "putItem(" + sizes(put) + ")", tables -> table.apply(tables).putItem(put).isPresent())
        : operation(model, "transactWriteItems(put " + sizes(put) + ")", tables -> {
          Table.transactWriteItems(TransactWrite.put(table.apply(tables), put));
          return "written";
        });
  }

  private Operation byKey(TableModel model, Function<List<Table>, Table> table) {
    Key key = new Key(key(model));
    return switch (values.random.nextInt(4)) {
      case 0 -> operation(model, "getItem(" + sizes(key.attributes()) + ")",
          tables -> table.apply(tables).getItem(key));
      case 1 -> operation(model, "deleteItem(" + sizes(key.attributes()) + ")",
          tables -> table.apply(tables).deleteItem(key).isPresent());
      case 2 -> operation(model, "batchGetItem(" + sizes(key.attributes()) + ")",
          tables -> table.apply(tables).batchGetItem(List.of(key)));
      default -> operation(model, "updateItem(" + sizes(key.attributes()) + ")",
          tables -> table.apply(tables).updateItem(key, attribute("v").set(1)).has("v"));
    };
  }

  /** A range of keys, of the table or of an index. */
  private Operation query(TableModel model, Function<List<Table>, Table> table) {
    Query query = Query.hashKey(values.fitting(model.hashKey().type()));
    KeyAttribute range = model.rangeKey().orElse(model.hashKey());
    if (!model.indexes().isEmpty() && values.chance(40)) {
      IndexModel index = values.one(model.indexes());
      query = Query.hashKey(values.fitting(index.hashKey().type())).index(index.name());
      range = index.rangeKey().orElse(range);
    }
    AttributeValue low = sized(range.type(), RANGE);
    AttributeValue high = sized(range.type(), RANGE);
    Query ranged = switch (values.random.nextInt(4)) {
      case 0 -> query.rangeEqualTo(low);
      case 1 -> query.rangeBeginsWith(low);
      case 2 -> query.rangeAtLeast(low);
      default -> query.rangeBetween(low, high);
    };
    return operation(model, "query(" + sizes(Item.of("low", low, "high", high)) + ", " + ranged.index() + ")",
        tables -> table.apply(tables).query(ranged).toList());
  }

  private Operation name(TableModel model, Function<List<Table>, Table> table) {
    Key key = values.key(model);
    String name = values.chance(30) ? "" : "n".repeat(about(NAME));
    Item row = key.attributes();
    return switch (values.random.nextInt(4)) {
      case 0 -> operation(model, "putItem(" + key + ", a name of " + name.length() + " bytes)",
          tables -> table.apply(tables).putItem(row.with(name, 1)).isPresent());
      case 1 -> operation(model, "putItem(" + key + ", a nested name of " + name.length() + " bytes)",
          tables -> table.apply(tables).putItem(row.with("m", List.of(Map.of(name, 1)))).isPresent());
      case 2 -> operation(model, "updateItem(" + key + ", a nested name of " + name.length() + " bytes)",
          tables -> table.apply(tables).updateItem(key, attribute("m").set(Map.of(name, 1))).has("m"));
      default -> operation(model, "getItem(" + key + ", a name of " + name.length() + " bytes)",
          tables -> table.apply(tables).getItem(key, attribute("m").child(name)));
    };
  }

  /** Attributes with their sizes. */
  private static String sizes(Item item) {
    StringBuilder text = new StringBuilder();
    item.attributes().forEach((name, value) -> text.append(name).append('=')
        .append(value instanceof AttributeValue.N ? value : dev.pinion.spi.ItemSize.of(value) + " bytes").append(' '));
    return text.toString().strip();
  }

  private static Operation operation(TableModel model, String text, Operation.Call call) {
    return new Operation(model.id() + "." + text, call, true);
  }
}
