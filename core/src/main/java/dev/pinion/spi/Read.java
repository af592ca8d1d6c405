package dev.pinion.spi;

import dev.pinion.Attribute;
import dev.pinion.Key;
import java.util.List;

/**
 * A read of one row.
 *
 * @param table the row's table
 * @param key the row's key
 * @param projection the attributes to return; all if empty
 * @param consistent whether the read must see the last write
 */
public record Read(TableModel table, Key key, List<Attribute> projection, boolean consistent) {
  public Read {
    projection = List.copyOf(projection);
  }
}
