package dev.pinion;

import dev.pinion.spi.Page;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Iterates over the rows of a query or scan, and reads a page when the one before is used up. Used by one thread. */
final class Pages implements Iterator<Item> {
  private final Function<Optional<Item>, Page> read;
  private Iterator<Item> rows = Collections.emptyIterator();
  private Optional<Item> start = Optional.empty();
  private boolean more = true;

  private Pages(Function<Optional<Item>, Page> read) {
    this.read = read;
  }

  static Stream<Item> rows(Function<Optional<Item>, Page> read) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Pages(read), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && more) {
      turn();
    }
    return rows.hasNext();
  }

  @Override
  public Item next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  @Override
  public void forEachRemaining(Consumer<? super Item> action) {
    rows.forEachRemaining(action);
    while (more) {
      turn();
      rows.forEachRemaining(action);
    }
  }

  private void turn() {
    Page page = read.apply(start);
    rows = page.items().iterator();
    start = page.lastEvaluatedKey();
    more = start.isPresent();
  }
}
