package dev.pinion.spi;

import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Update;
import java.util.List;
import java.util.Optional;

/** A write to one row: the whole of a single write, or a part of a batch or transaction. */
public sealed interface Write {
  /** The row's table. */
  TableModel table();

  /** What must be true of the stored row. */
  Optional<Condition> condition();

  /** Writes a whole row. */
  record Put(TableModel table, Item item, Optional<Condition> condition) implements Write {}

  /** Deletes a row. */
  record Delete(TableModel table, Key key, Optional<Condition> condition) implements Write {}

  /** Changes attributes of a row, and makes the row if there is none. */
  record UpdateItem(TableModel table, Key key, List<Update> updates, Optional<Condition> condition)
      implements Write {
    public UpdateItem {
      updates = List.copyOf(updates);
    }
  }

  /** Writes nothing, but must hold for the transaction that it is part of. */
  record Check(TableModel table, Key key, Condition required) implements Write {
    @Override
    public Optional<Condition> condition() {
      return Optional.of(required);
    }
  }
}
