package dev.pinion.spi;

import dev.pinion.Item;
import java.util.List;
import java.util.Optional;

/**
 * A page of a query or scan: the result of one request, which evaluates up to 1 MB.
 *
 * @param items the rows
 * @param lastEvaluatedKey where the next page starts; empty after the last page
 */
public record Page(List<Item> items, Optional<Item> lastEvaluatedKey) {
  public Page {
    items = List.copyOf(items);
  }
}
