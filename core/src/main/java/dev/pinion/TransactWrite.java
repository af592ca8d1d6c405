package dev.pinion;

import dev.pinion.spi.Write;
import java.util.List;
import java.util.Optional;

/** One row to write, or to check, in {@link Table#transactWriteItems}. Immutable. */
public final class TransactWrite {
  private final Table table;
  private final Write write;

  private TransactWrite(Table table, Write write) {
    this.table = table;
    this.write = write;
  }

  /** Writes a whole row. */
  public static TransactWrite put(Table table, Item item) {
    return new TransactWrite(table, new Write.Put(table.model(), item, Optional.empty()));
  }

  /** Changes attributes of a row; creates the row if it does not exist. */
  public static TransactWrite update(Table table, Key key, Update... updates) {
    return new TransactWrite(
        table,
        new Write.UpdateItem(table.model(), key, List.of(updates), Optional.empty()));
  }

  /** Deletes a row. */
  public static TransactWrite delete(Table table, Key key) {
    return new TransactWrite(table, new Write.Delete(table.model(), key, Optional.empty()));
  }

  /** Checks that a row meets a condition, and writes nothing. */
  public static TransactWrite check(Table table, Key key, Condition condition) {
    return new TransactWrite(table, new Write.Check(table.model(), key, condition));
  }

  /** Adds a condition on the stored row; several conditions must all hold. */
  public TransactWrite when(Condition condition) {
    Optional<Condition> all =
        Optional.of(write.condition().map(first -> first.and(condition)).orElse(condition));
    return new TransactWrite(
        table,
        switch (write) {
          case Write.Put(var model, var item, _) -> new Write.Put(model, item, all);
          case Write.Delete(var model, var key, _) -> new Write.Delete(model, key, all);
          case Write.UpdateItem(var model, var key, var updates, _) ->
              new Write.UpdateItem(model, key, updates, all);
          case Write.Check(var model, var key, _) ->
              new Write.Check(model, key, all.orElseThrow());
        });
  }

  Table table() {
    return table;
  }

  Write write() {
    return write;
  }
}
