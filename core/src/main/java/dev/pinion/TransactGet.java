package dev.pinion;

import dev.pinion.spi.Read;
import java.util.List;

/** One row to read in {@link Table#transactGetItems}. Immutable. */
public final class TransactGet {
  private final Table table;
  private final Read read;

  private TransactGet(Table table, Read read) {
    this.table = table;
    this.read = read;
  }

  /** Reads a row of a table, or some of its attributes; all if none is given. */
  public static TransactGet get(Table table, Key key, Attribute... projection) {
    return new TransactGet(table, new Read(table.model(), key, List.of(projection), true));
  }

  Table table() {
    return table;
  }

  Read read() {
    return read;
  }
}
