package dev.pinion.spi;

import dev.pinion.Item;
import java.util.List;
import java.util.Optional;

/**
 * A page of a query or scan: what one request returns, at most 1 MB evaluated.
 *
 * @param items the rows
 * @param lastEvaluatedKey where the next page goes on; empty at the end
 */
public record Page(List<Item> items, Optional<Item> lastEvaluatedKey) {
  public Page {
    items = List.copyOf(items);
  }
}
