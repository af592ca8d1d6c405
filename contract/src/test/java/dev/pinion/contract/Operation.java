package dev.pinion.contract;

import dev.pinion.Table;
import java.util.List;

/** A call of a table's that can be made on any store, and whose answers can be compared. */
record Operation(String text, Call call, boolean ordered) {

  /** The call. */
  @FunctionalInterface
  interface Call {
    /** Makes it on an app's tables. */
    Object on(List<Table> tables);
  }

  @Override
  public String toString() {
    return text;
  }
}
