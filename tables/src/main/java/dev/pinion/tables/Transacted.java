package dev.pinion.tables;

import dev.pinion.TransactionCanceledException.Reason;
import java.util.List;

/**
 * What a transaction of writes has done: all of them, or nothing.
 *
 * @param parts what each write has found and left, in the order of the writes; of one that could not be done, what it
 *     has found
 * @param reasons why the transaction was canceled, one for each write; empty if it is done
 */
public record Transacted(List<Written> parts, List<Reason> reasons) {
  public Transacted {
    parts = List.copyOf(parts);
    reasons = List.copyOf(reasons);
  }

  /** Returns whether the writes are done. */
  public boolean isDone() {
    return reasons.isEmpty();
  }
}
