package dev.pinion.dynamodb;

import dev.pinion.Item;
import dev.pinion.spi.ItemSize;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.tables.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The capacity that a request consumes, as DynamoDB computes it from the sizes of rows. Used by one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">
 *     DynamoDB: capacity unit consumption</a>
 */
final class Capacity {
  private static final int READ_UNIT = 4096;
  private static final int WRITE_UNIT = 1024;

  private final String mode;
  private final Optional<String> unit;
  private final Map<String, Used> tables = new LinkedHashMap<>();

  /** What one table has used. */
  private static final class Used {
    private double table;
    private final Map<String, Double> indexes = new LinkedHashMap<>();

    double total() {
      return table + indexes.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  private Capacity(Parameters request, Optional<String> unit) {
    mode = request.oneOf("ReturnConsumedCapacity", "NONE", List.of("INDEXES", "TOTAL", "NONE"));
    this.unit = unit;
  }

  /** The capacity of a request as far as it asks for it. */
  static Capacity of(Parameters request) {
    return new Capacity(request, Optional.empty());
  }

  /** The capacity of a transaction, of which DynamoDB says whether it was for reading or writing. */
  static Capacity ofTransaction(Parameters request, boolean writes) {
    return new Capacity(request, Optional.of(writes ? "WriteCapacityUnits" : "ReadCapacityUnits"));
  }

  private Used used(TableModel table) {
    return tables.computeIfAbsent(table.id(), _ -> new Used());
  }

  /** Counts a read of some bytes, of the table or one of its indexes. */
  void read(TableModel table, Optional<String> index, long bytes, boolean consistent) {
    double units = Math.max(1, Math.ceilDiv(bytes, READ_UNIT)) * (consistent ? 1 : 0.5);
    Used used = used(table);
    index.ifPresentOrElse(name -> used.indexes.merge(name, units, Double::sum), () -> used.table += units);
  }

  /** Counts a read of a transaction. */
  void transactRead(TableModel table, long bytes) {
    used(table).table += 2.0 * Math.max(1, Math.ceilDiv(bytes, READ_UNIT));
  }

  /** Counts a write: the larger one of the row before and the row after it, and the entries of indexes that change. */
  void write(TableModel table, Written written) {
    int factor = unit.isPresent() ? 2 : 1;
    Used used = used(table);
    used.table += factor * units(Math.max(size(written.before()), size(written.after())));
    for (IndexModel index : table.indexes()) {
      double units = written.met() ? factor * index(index, written.before(), written.after()) : 0;
      if (units > 0) {
        used.indexes.merge(index.name(), units, Double::sum);
      }
    }
  }

  private static int size(Optional<Item> row) {
    return row.map(ItemSize::of).orElse(0);
  }

  private static double units(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, (long) WRITE_UNIT));
  }

  /** An entry is written where its key stays, and deleted and put where it changes. */
  private static double index(IndexModel index, Optional<Item> before, Optional<Item> after) {
    Optional<Item> old = before.filter(row -> isIn(index, row));
    Optional<Item> entry = after.filter(row -> isIn(index, row));
    if (old.equals(entry)) {
      return 0;
    } else if (old.isPresent() && entry.isPresent() && !sameKey(index, old.get(), entry.get())) {
      return units(size(old)) + units(size(entry));
    }
    return units(Math.max(size(old), size(entry)));
  }

  private static List<KeyAttribute> key(IndexModel index) {
    List<KeyAttribute> key = new ArrayList<>(List.of(index.hashKey()));
    index.rangeKey().ifPresent(key::add);
    return key;
  }

  private static boolean isIn(IndexModel index, Item row) {
    return key(index).stream().allMatch(
        key -> row.attribute(key.name()).filter(value -> value.type().equals(key.type().code())).isPresent());
  }

  private static boolean sameKey(IndexModel index, Item one, Item other) {
    return key(index).stream().allMatch(key -> one.attribute(key.name()).equals(other.attribute(key.name())));
  }

  /** Adds what the request's one table has used to an answer. */
  void answerOne(Map<String, Object> answer) {
    if (!mode.equals("NONE")) {
      tables.forEach((name, used) -> answer.put("ConsumedCapacity", json(name, used)));
    }
  }

  /** Adds what each of the request's tables has used to an answer. */
  void answerAll(Map<String, Object> answer) {
    if (!mode.equals("NONE")) {
      List<Object> all = new ArrayList<>();
      tables.forEach((name, used) -> all.add(json(name, used)));
      answer.put("ConsumedCapacity", all);
    }
  }

  private Map<String, Object> json(String table, Used used) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("TableName", table);
    json.putAll(units(used.total()));
    if (mode.equals("INDEXES")) {
      json.put("Table", units(used.table));
      if (!used.indexes.isEmpty()) {
        Map<String, Object> indexes = new LinkedHashMap<>();
        used.indexes.forEach((name, units) -> indexes.put(name, units(units)));
        json.put("GlobalSecondaryIndexes", indexes);
      }
    }
    return json;
  }

  private Map<String, Object> units(double units) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("CapacityUnits", units);
    unit.ifPresent(name -> json.put(name, units));
    return json;
  }
}
