package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.ValidationException;
import dev.pinion.spi.Page;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.ValueCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a query or scan: rows in order until the limit, 1 MB or the end.
 *
 * @param rows the table's rows
 * @param index the index to read; empty for the table itself
 * @param filter what a row must meet to be returned; rows that do not are counted all the same
 * @param projection what of a row is returned
 * @param limit how many rows to evaluate at most
 * @param descending whether to read backwards
 * @param segment the part of the rows to read
 */
record PageReader(
    TableRows rows,
    Optional<String> index,
    Optional<Condition> filter,
    Projection projection,
    OptionalInt limit,
    boolean descending,
    Segment segment) {
  /** The bytes of a page's rows at most. */
  static final int LIMIT = 1024 * 1024;

  PageReader {
    index.ifPresent(rows::index);
    if (limit.isPresent() && limit.getAsInt() < 1) {
      throw new ValidationException(
          "1 validation error detected: Value '"
              + limit.getAsInt()
              + "' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
    }
  }

  /** The keys that order what is read. */
  KeySchema key() {
    return index
        .map(name -> rows.index(name).key())
        .orElse(rows.layout().key());
  }

  /** The page from the beginning of a range, or from the row behind a start key. */
  EvaluatedPage read(KeyRange range, Optional<Item> start) {
    KeyRange rest =
        start.isEmpty() ? range : range.continued(startBytes(range, start.get()), descending);
    Reading reading = new Reading();
    sorted().visit(rest, descending, reading::visit);
    Page page = new Page(reading.items, Optional.ofNullable(reading.last).map(this::lastEvaluatedKey));
    return new EvaluatedPage(page, reading.count, reading.size);
  }

  private SortedRows sorted() {
    return index.map(name -> rows.index(name).rows()).orElse(rows.rows());
  }

  private final class Reading {
    final List<Item> items = new ArrayList<>();
    final @Nullable Condition condition = filter.orElse(null);
    final int most = limit.orElse(Integer.MAX_VALUE);
    int count;
    long size;
    @Nullable Item last;

    boolean visit(byte[] key, Row row) {
      if (!segment.contains(key)) {
        return true;
      }
      Item item = rows.item(row);
      if (condition == null || Conditions.hold(condition, item.attributes())) {
        items.add(projection.of(item));
      }
      count++;
      size += row.size();
      if (count >= most || size >= LIMIT) {
        last = item;
        return false;
      }
      return true;
    }
  }

  private Item lastEvaluatedKey(Item row) {
    SequencedMap<String, AttributeValue> key = new LinkedHashMap<>(key().of(row));
    key.putAll(rows.layout().key().of(row));
    return Item.of((Map<String, AttributeValue>) key);
  }

  private byte[] startBytes(KeyRange range, Item start) {
    Map<String, AttributeValue> values = start.attributes();
    ValueCheck.check(values);
    List<KeyAttribute> attributes = new ArrayList<>(rows.layout().key().attributes());
    key().attributes().stream().filter(each -> !attributes.contains(each)).forEach(attributes::add);
    if (values.size() != attributes.size()) {
      throw new ValidationException("The provided starting key is invalid");
    }
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = values.get(attribute.name());
      if (value == null || !KeyCheck.hasType(attribute, value)) {
        throw new ValidationException(
            "The provided starting key is invalid: The provided key element does not match the schema");
      }
      KeyCheck.notEmpty(attribute, value);
    }
    KeyBytes bytes = new KeyBytes().bytes(key().bytes(values::get));
    index.ifPresent(_ -> bytes.bytes(rows.layout().key().bytes(values::get)));
    byte[] entry = bytes.toArray();
    if (!range.contains(entry)) {
      throw new ValidationException(
          "The provided starting key is outside query boundaries based on provided conditions");
    }
    if (!segment.contains(entry)) {
      throw new ValidationException(
          "The provided Exclusive start key does not map to the provided Segment and TotalSegments values.");
    }
    return entry;
  }
}
