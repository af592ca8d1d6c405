package dev.pinion.tables;

import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.spi.Read;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.util.List;
import java.util.Optional;

/** A table with a hash key {@code id} and a time to live {@code expires}, and what is done with it. */
final class Rigs {
  static final TableModel TABLE = table(AttributeType.STRING);

  private Rigs() {}

  static TableModel table(AttributeType key) {
    return new TableModel(
        "t", new KeyAttribute("id", key), Optional.empty(), List.of(), Optional.of("expires"), false, false,
        new SourceLocation("Rigs.java", 1));
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
