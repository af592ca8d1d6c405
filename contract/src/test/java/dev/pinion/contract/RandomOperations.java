package dev.pinion.contract;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Table;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import dev.pinion.Update;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All operations of {@link Table}, on random rows. */
final class RandomOperations {
  /** How many of 1,000 operations have the size of a limit. */
  private static final int LARGE = Integer.getInteger("pinion.large", 15);

  private final RandomValues values;
  private final RandomConditions conditions;
  private final List<TableModel> models;
  private final RandomSizes sizes;

  RandomOperations(RandomValues values, List<TableModel> models) {
    this.values = values;
    this.models = models;
    conditions = new RandomConditions(values);
    sizes = new RandomSizes(values);
  }

  Operation next() {
    int at = values.random.nextInt(models.size());
    TableModel model = models.get(at);
    Function<List<Table>, Table> table = tables -> tables.get(at);
    return values.random.nextInt(1_000) < LARGE ? sizes.near(model, table) : ordinary(model, table);
  }

  private Operation ordinary(TableModel model, Function<List<Table>, Table> table) {
    return switch (values.random.nextInt(22)) {
      case 0, 1, 2, 3 -> put(model, table);
      case 4, 5, 6, 7 -> update(model, table);
      case 8 -> delete(model, table);
      case 9, 10 -> get(model, table);
      case 11, 12, 13 -> query(model, table);
      case 14, 15 -> scan(model, table);
      case 16 -> batchGet(model, table);
      case 17, 18 -> batchWrite(model, table);
      case 19 -> transactGet();
      default -> transactWrite();
    };
  }

  /** Reads all rows of a table. */
  static Operation all(TableModel model, int at) {
    return new Operation(model.id() + ".scan()", tables -> tables.get(at).scan().toList(), false);
  }

  private static Operation operation(TableModel model, String text, Operation.Call call) {
    return new Operation(model.id() + "." + text, call, true);
  }

  private Operation put(TableModel model, Function<List<Table>, Table> table) {
    Item item = values.item(model);
    if (values.chance(50)) {
      return operation(model, "putItem(" + item + ")", tables -> table.apply(tables).putItem(item));
    }
    Condition condition = conditions.condition(model);
    return operation(
        model, "putItem(" + item + ", " + condition + ")", tables -> table.apply(tables).putItem(item, condition));
  }

  private Operation update(TableModel model, Function<List<Table>, Table> table) {
    Key key = values.key(model);
    Update[] updates = conditions.updates(model);
    if (values.chance(70)) {
      return operation(
          model, "updateItem(" + key + ", " + Arrays.toString(updates) + ")",
          tables -> table.apply(tables).updateItem(key, updates));
    }
    Condition condition = conditions.condition(model);
    return operation(
        model, "updateItem(" + key + ", " + condition + ", " + Arrays.toString(updates) + ")",
        tables -> table.apply(tables).updateItem(key, condition, updates));
  }

  private Operation delete(TableModel model, Function<List<Table>, Table> table) {
    Key key = values.key(model);
    if (values.chance(50)) {
      return operation(model, "deleteItem(" + key + ")", tables -> table.apply(tables).deleteItem(key));
    }
    Condition condition = conditions.condition(model);
    return operation(
        model, "deleteItem(" + key + ", " + condition + ")", tables -> table.apply(tables).deleteItem(key, condition));
  }

  private Attribute[] projection(TableModel model) {
    return values.some(0, values.chance(60) ? 0 : 3, () -> values.path(model)).toArray(Attribute[]::new);
  }

  private Operation get(TableModel model, Function<List<Table>, Table> table) {
    Key key = values.key(model);
    Attribute[] projection = projection(model);
    return operation(
        model, "getItem(" + key + ", " + Arrays.toString(projection) + ")",
        tables -> table.apply(tables).getItem(key, projection));
  }

  private Operation query(TableModel model, Function<List<Table>, Table> table) {
    Optional<IndexModel> index =
        model.indexes().isEmpty() || values.chance(40) ? Optional.empty() : Optional.of(values.one(model.indexes()));
    KeyAttribute hash = index.map(IndexModel::hashKey).orElse(model.hashKey());
    Optional<KeyAttribute> range = index.isPresent() ? index.get().rangeKey() : model.rangeKey();
    Query query = Query.hashKey(values.keyValue(hash.type()));
    if (values.chance(70)) {
      query = ranged(query, range);
    }
    if (index.isPresent()) {
      query = query.index(values.chance(2) ? "nowhere" : index.get().name());
    }
    if (values.chance(30)) {
      query = query.filter(conditions.condition(model));
    }
    if (values.chance(20)) {
      query = query.project(projection(model));
    }
    if (values.chance(30)) {
      query = query.backwards();
    }
    if (index.isEmpty() && values.chance(30)) {
      query = query.first(values.random.nextInt(1, 4));
    }
    if (values.chance(10)) {
      query = query.consistently();
    }
    Query asked = query;
    return new Operation(
        model.id() + ".query(" + asked + ")", tables -> table.apply(tables).query(asked).toList(), index.isEmpty());
  }

  private Query ranged(Query query, Optional<KeyAttribute> range) {
    if (range.isEmpty() && !values.chance(3)) {
      return query;
    }
    AttributeValue low = range.map(key -> values.keyValue(key.type())).orElseGet(values::value);
    AttributeValue high = range.map(key -> values.keyValue(key.type())).orElseGet(values::value);
    return switch (values.random.nextInt(7)) {
      case 0 -> query.rangeEqualTo(low);
      case 1 -> query.rangeLessThan(low);
      case 2 -> query.rangeAtMost(low);
      case 3 -> query.rangeGreaterThan(low);
      case 4 -> query.rangeAtLeast(low);
      case 5 -> query.rangeBetween(low, high);
      default -> query.rangeBeginsWith(low);
    };
  }

  private Operation scan(TableModel model, Function<List<Table>, Table> table) {
    Scan scan = Scan.all();
    if (!model.indexes().isEmpty() && values.chance(40)) {
      scan = scan.index(values.one(model.indexes()).name());
    }
    if (values.chance(60)) {
      scan = scan.filter(conditions.condition(model));
    }
    if (values.chance(30)) {
      scan = scan.project(projection(model));
    }
    if (values.chance(10)) {
      scan = scan.consistently();
    }
    Scan asked = scan;
    return new Operation(
        model.id() + ".scan(" + asked + ")", tables -> table.apply(tables).scan(asked).toList(), false);
  }

  private Operation batchGet(TableModel model, Function<List<Table>, Table> table) {
    List<Key> keys = values.some(1, 5, () -> values.key(model));
    Attribute[] projection = projection(model);
    return new Operation(
        model.id() + ".batchGetItem(" + keys + ", " + Arrays.toString(projection) + ")",
        tables -> table.apply(tables).batchGetItem(keys, projection), false);
  }

  private Operation batchWrite(TableModel model, Function<List<Table>, Table> table) {
    List<Item> puts = values.some(0, 3, () -> values.item(model));
    List<Key> deletes = values.some(puts.isEmpty() ? 1 : 0, 2, () -> values.key(model));
    return operation(model, "batchWriteItem(" + puts + ", " + deletes + ")", tables -> {
      table.apply(tables).batchWriteItem(puts, deletes);
      return "written";
    });
  }

  /** A row's place: which table, and its key. */
  private record Place(int at, Key key, List<Attribute> projection) {
    TransactGet on(List<Table> tables) {
      return TransactGet.get(tables.get(at), key, projection.toArray(Attribute[]::new));
    }
  }

  private Operation transactGet() {
    List<Place> places = values.some(1, 4, () -> {
      int at = values.random.nextInt(models.size());
      return new Place(at, values.key(models.get(at)), List.of(projection(models.get(at))));
    });
    return new Operation("transactGetItems(" + places + ")", tables -> {
      List<TransactGet> parts = places.stream().map(place -> place.on(tables)).toList();
      return Table.transactGetItems(parts.getFirst(), parts.subList(1, parts.size()).toArray(TransactGet[]::new));
    }, true);
  }

  /** A part of a transaction. */
  private record Part(String text, Function<List<Table>, TransactWrite> write) {
    @Override
    public String toString() {
      return text;
    }
  }

  private Operation transactWrite() {
    List<Part> parts = values.some(1, 4, this::part);
    return new Operation("transactWriteItems(" + parts + ")", tables -> {
      List<TransactWrite> writes = parts.stream().map(part -> part.write.apply(tables)).toList();
      Table.transactWriteItems(writes.getFirst(), writes.subList(1, writes.size()).toArray(TransactWrite[]::new));
      return "written";
    }, true);
  }

  private Part part() {
    int at = values.random.nextInt(models.size());
    TableModel model = models.get(at);
    Key key = values.key(model);
    Condition condition = conditions.condition(model);
    Part part = switch (values.random.nextInt(4)) {
      case 0 -> {
        Item item = values.item(model);
        yield new Part("put " + item, tables -> TransactWrite.put(tables.get(at), item));
      }
      case 1 -> new Part("delete " + key, tables -> TransactWrite.delete(tables.get(at), key));
      case 2 -> new Part("check " + key + " " + condition,
          tables -> TransactWrite.check(tables.get(at), key, condition));
      default -> {
        Update[] updates = conditions.updates(model);
        yield new Part("update " + key + Arrays.toString(updates),
            tables -> TransactWrite.update(tables.get(at), key, updates));
      }
    };
    return values.chance(70)
        ? part
        : new Part(part + " when " + condition, tables -> part.write.apply(tables).when(condition));
  }
}
