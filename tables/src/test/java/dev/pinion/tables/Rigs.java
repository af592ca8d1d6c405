package dev.pinion.tables;

import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Scan;
import dev.pinion.contract.StoreBackend;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.Read;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table with a hash key {@code id} and a time to live {@code expires}, and what is done with it. */
final class Rigs {
  static final TableModel TABLE = table(AttributeType.STRING);

  private Rigs() {}

  static TableModel table(AttributeType key) {
    return new TableModel(
        "rows", new KeyAttribute("id", key), Optional.empty(), List.of(), Optional.of("expires"), false, false,
        new SourceLocation("Rigs.java", 1));
  }

  /** Opens tables in a folder; a line in the log fails the test. */
  static EmbeddedTables open(Path folder, TableModel... tables) throws IOException {
    return EmbeddedTables.open(folder, List.of(tables), InstantSource.system(), line -> {
      throw new AssertionError(line);
    });
  }

  /** Opens tables in a folder as a back end. */
  static StoreBackend backend(Path folder, List<TableModel> models) throws IOException {
    EmbeddedTables tables = open(folder, models.toArray(TableModel[]::new));
    return new StoreBackend(new CheckedStore(tables), tables::close);
  }

  /** All rows of a table. */
  static List<Item> all(EmbeddedTables tables, TableModel table) {
    List<Item> all = new ArrayList<>();
    Optional<Item> start = Optional.empty();
    do {
      var page = tables.scan(table, Scan.all(), start);
      all.addAll(page.items());
      start = page.lastEvaluatedKey();
    } while (start.isPresent());
    return all;
  }

  static Write.Put put(Item item) {
    return new Write.Put(TABLE, item, Optional.empty());
  }

  static Read read(String id) {
    return new Read(TABLE, key(id), List.of(), true);
  }

  static Key key(String id) {
    return Key.of("id", id);
  }
}
