package dev.pinion.sim;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Range;
import dev.pinion.Scan;
import dev.pinion.ValidationException;
import dev.pinion.spi.Page;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * One page of a query or scan over the rows of one moment: at most 1 MB of rows evaluated, and at most the limit.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html">DynamoDB:
 *     pagination</a>
 */
final class PageReader {
  private static final int PAGE_BYTES = 1 << 20;

  private final TableRows table;
  private final Optional<TableLayout.Index> index;
  private final KeySchema key;
  private final SortedRows rows;

  PageReader(TableRows table, Optional<String> indexName, boolean consistent) {
    this.table = table;
    index = indexName.map(name -> table.layout().indexes().get(table.layout().index(name)));
    if (index.isPresent() && consistent) {
      throw new ValidationException("Consistent reads are not supported on global secondary indexes");
    }
    key = index.map(TableLayout.Index::key).orElse(table.layout().key());
    rows = indexName.map(name -> table.index(table.layout().index(name))).orElse(table.rows());
  }

  Page scan(Scan scan, Optional<Item> start) {
    return read(KeyRange.ALL, start, false, scan.limit(), scan.filter(), scan.projection());
  }

  Page query(Query query, Optional<Item> start) {
    typed(key.hash(), query.hash());
    byte[] hash = new KeyBytes().value(query.hash()).toArray();
    KeyRange range = query.range().map(each -> range(query, each)).orElse(KeyRange.startingWith(hash));
    return read(range, start, query.descending(), query.limit(), query.filter(), query.projection());
  }

  private KeyRange range(Query query, Range range) {
    KeyAttribute attribute =
        key.range().orElseThrow(() -> new ValidationException("Query key condition not supported"));
    byte[] all = new KeyBytes().value(query.hash()).toArray();
    return switch (range) {
      case Range.Compared(Condition.Comparison comparison, AttributeValue value) -> {
        typed(attribute, value);
        byte[] at = new KeyBytes().value(query.hash()).value(value).toArray();
        yield switch (comparison) {
          case EQ -> KeyRange.startingWith(at);
          case LT -> new KeyRange(all, at);
          case LE -> new KeyRange(all, KeyRange.behind(at));
          case GT -> new KeyRange(KeyRange.behind(at), KeyRange.behind(all));
          case GE -> new KeyRange(at, KeyRange.behind(all));
          case NE -> throw ExpressionKind.KEY_CONDITION.invalid("Unsupported operator: <>");
        };
      }
      case Range.Between(AttributeValue low, AttributeValue high) -> {
        typed(attribute, low);
        typed(attribute, high);
        if (Conditions.order(low, high) > 0) {
          throw ExpressionKind.KEY_CONDITION.invalid(
              "The BETWEEN operator requires upper bound to be greater than or equal to lower bound");
        }
        yield new KeyRange(
            new KeyBytes().value(query.hash()).value(low).toArray(),
            KeyRange.behind(new KeyBytes().value(query.hash()).value(high).toArray()));
      }
      case Range.BeginsWith(AttributeValue prefix) -> {
        if (prefix instanceof AttributeValue.N) {
          throw ExpressionKind.KEY_CONDITION.invalid(
              "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N");
        }
        typed(attribute, prefix);
        yield KeyRange.startingWith(new KeyBytes().value(query.hash()).prefix(prefix).toArray());
      }
    };
  }

  private static void typed(KeyAttribute attribute, AttributeValue value) {
    ValueCheck.check(value);
    if (!attribute.type().code().equals(value.type())) {
      throw new ValidationException(
          "One or more parameter values were invalid: Condition parameter type does not match schema type");
    }
  }

  private Page read(
      KeyRange range,
      Optional<Item> start,
      boolean descending,
      OptionalInt limit,
      Optional<Condition> filter,
      List<Attribute> attributes) {
    if (limit.isPresent() && limit.getAsInt() < 1) {
      throw new ValidationException("Limit must be greater than or equal to 1");
    }
    Projection projection = Projection.of(attributes);
    KeyRange left = start.map(from -> range.continued(position(from), descending)).orElse(range);
    Collector collector = new Collector(limit.orElse(Integer.MAX_VALUE), filter, projection);
    rows.visit(left, descending, collector);
    return new Page(collector.items, Optional.ofNullable(collector.last).map(this::startKey));
  }

  private byte[] position(Item start) {
    Map<String, AttributeValue> values = start.attributes();
    if (!table.layout().key().isIn(values) || !key.isIn(values)) {
      throw new ValidationException("The provided starting key is invalid");
    }
    byte[] own = table.layout().key().bytes(values);
    return index.isEmpty() ? own : new KeyBytes().bytes(key.bytes(values)).bytes(own).toArray();
  }

  private Item startKey(Row row) {
    SequencedMap<String, AttributeValue> start = new LinkedHashMap<>(table.layout().key().of(row.item()));
    start.putAll(key.of(row.item()));
    return Item.of(start);
  }

  /** Collects rows until the page is full. */
  private static final class Collector implements SortedRows.Visitor {
    private final int limit;
    private final Optional<Condition> filter;
    private final Projection projection;
    private final List<Item> items = new ArrayList<>();
    private int evaluated;
    private long bytes;
    private @org.jspecify.annotations.Nullable Row last;

    Collector(int limit, Optional<Condition> filter, Projection projection) {
      this.limit = limit;
      this.filter = filter;
      this.projection = projection;
    }

    @Override
    public boolean visit(byte[] rowKey, Row row) {
      evaluated++;
      bytes += row.size();
      if (filter.isEmpty() || Conditions.hold(filter.get(), row.item().attributes())) {
        items.add(projection.of(row.item()));
      }
      boolean full = evaluated == limit || bytes >= PAGE_BYTES;
      if (full) {
        last = row;
      }
      return !full;
    }
  }
}
