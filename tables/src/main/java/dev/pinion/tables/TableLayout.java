package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.ValidationException;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import java.util.List;

/**
 * A table's keys, as the tables' operations need them.
 *
 * @param id the table's id
 * @param key the table's own key
 * @param indexes its global secondary indexes
 */
record TableLayout(String id, KeySchema key, List<Index> indexes) {

  /** An index by its name. */
  record Index(String name, KeySchema key) {}

  static TableLayout of(TableModel table) {
    return new TableLayout(
        table.id(),
        KeySchema.of(table),
        table.indexes().stream().map(TableLayout::index).toList());
  }

  private static Index index(IndexModel index) {
    return new Index(index.name(), KeySchema.of(index));
  }

  /** Refuses a path that leads into an attribute of a key, which is never a map or a list. */
  void scalarKeys(Attribute path) {
    String name = Paths.first(path);
    if (path.steps().size() == 1) {
      return;
    }
    boolean own = key.has(name);
    if (own || indexes.stream().anyMatch(index -> index.key().has(name))) {
      throw new ValidationException(
          "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
              + (own ? "Key: " : "IndexKey: ")
              + name);
    }
  }
}
