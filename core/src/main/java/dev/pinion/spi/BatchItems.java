package dev.pinion.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which items of a batch are to come again, the same on every platform. */
public final class BatchItems {
  private BatchItems() {}

  /**
   * Handles items one after another.
   *
   * @param ordered whether the first failure ends the batch: then those behind it have failed too, unhandled
   * @param succeeds handles an item
   * @return those that have failed, in their order
   */
  public static <I> List<I> failed(List<I> items, boolean ordered, Predicate<I> succeeds) {
    List<I> failed = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      var _ = Thread.interrupted(); // what the handler of the one before has left behind must not disturb this one
      if (succeeds.test(items.get(i))) continue;
      if (ordered) return List.copyOf(items.subList(i, items.size()));
      failed.add(items.get(i));
    }
    return failed;
  }
}
