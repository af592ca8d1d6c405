package dev.pinion.contract;

import dev.pinion.App;
import dev.pinion.ChangeHandler;
import dev.pinion.Cloud;
import dev.pinion.Table;
import java.util.concurrent.atomic.AtomicReference;

import static dev.pinion.AttributeType.STRING;

/** An app with a table whose changes are handled as a test says. */
public final class ChangeApp implements App {
  /** The id of the table. */
  public static final String TABLE = "rows";
  /** The attribute with the time at which a row expires. */
  public static final String ENDS = "ends";
  /** The table, of the define that ran last. */
  public static final AtomicReference<Table> ROWS = new AtomicReference<>();
  /** What the handler does. */
  static final AtomicReference<ChangeHandler> HANDLER = new AtomicReference<>(_ -> {});

  @Override
  public void define(Cloud cloud) {
    Table rows = cloud.table(TABLE).hashKey("id", STRING).timeToLive(ENDS).create();
    rows.onChange(change -> HANDLER.get().handle(change));
    ROWS.set(rows);
  }
}
