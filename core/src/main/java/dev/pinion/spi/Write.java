package dev.pinion.spi;

import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Update;
import java.util.List;
import java.util.Optional;

/** A write to one row, on its own or as part of a batch or transaction. */
public sealed interface Write {
  /** The row's table. */
  TableModel table();

  /** The condition on the stored row. */
  Optional<Condition> condition();

  /** Writes a whole row. */
  record Put(TableModel table, Item item, Optional<Condition> condition) implements Write {}

  /** Deletes a row. */
  record Delete(TableModel table, Key key, Optional<Condition> condition) implements Write {}

  /** Changes attributes of a row; creates the row if it does not exist. */
  record UpdateItem(TableModel table, Key key, List<Update> updates, Optional<Condition> condition)
      implements Write {
    public UpdateItem {
      updates = List.copyOf(updates);
    }
  }

  /** Writes nothing; the transaction fails if the condition does not hold. */
  record Check(TableModel table, Key key, Condition required) implements Write {
    @Override
    public Optional<Condition> condition() {
      return Optional.of(required);
    }
  }
}
