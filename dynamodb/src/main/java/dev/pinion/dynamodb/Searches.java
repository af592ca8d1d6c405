package dev.pinion.dynamodb;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Range;
import dev.pinion.Scan;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.tables.EvaluatedPage;
import dev.pinion.tables.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Queries and scans. Any thread. */
record Searches(LocalTables tables) {
  private static final int MOST_SEGMENTS = 1_000_000;
  private static final List<String> SELECTS =
      List.of("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");

  /** What queries and scans have in common. */
  private record Search(
      TableModel table, Optional<String> index, Optional<Condition> filter, List<Attribute> projection,
      OptionalInt limit, boolean consistent, Optional<Item> start, boolean count, Capacity capacity) {

    static Search of(Parameters request, TableModel table, RequestExpressions expressions) {
      Optional<String> index = request.text("IndexName");
      return new Search(
          table, index, expressions.condition(ExpressionParameter.FILTER), expressions.projection(),
          request.number("Limit", 1, Integer.MAX_VALUE), request.bool("ConsistentRead", false),
          request.item("ExclusiveStartKey"), count(request, index), Capacity.of(request));
    }

    private static boolean count(Parameters request, Optional<String> index) {
      boolean projects = request.has("ProjectionExpression");
      String select = request.oneOf("Select", projects ? "SPECIFIC_ATTRIBUTES" : "ALL_ATTRIBUTES", SELECTS);
      if (select.equals("SPECIFIC_ATTRIBUTES") && !projects) {
        throw DynamoDbError.validation(
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
      } else if (projects && !select.equals("SPECIFIC_ATTRIBUTES")) {
        throw DynamoDbError.validation(
            "Cannot specify the ProjectionExpression when choosing to get "
                + (select.equals("COUNT") ? "only the Count" : select));
      } else if (select.equals("ALL_PROJECTED_ATTRIBUTES") && index.isEmpty()) {
        throw DynamoDbError.validation(
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
      }
      return select.equals("COUNT");
    }

    Map<String, Object> answer(EvaluatedPage read) {
      capacity.read(table, index, read.bytes(), consistent);
      Map<String, Object> answer = new LinkedHashMap<>();
      if (!count) {
        answer.put("Items", read.page().items().stream().map(AttributeJson::of).toList());
      }
      answer.put("Count", read.page().items().size());
      answer.put("ScannedCount", read.evaluated());
      read.page().lastEvaluatedKey().ifPresent(key -> answer.put("LastEvaluatedKey", AttributeJson.of(key)));
      capacity.answerOne(answer);
      return answer;
    }
  }

  Map<String, Object> query(Parameters request) {
    TableModel table = tables.table(request);
    RequestExpressions expressions =
        new RequestExpressions(
            request, ExpressionParameter.FILTER, ExpressionParameter.PROJECTION, ExpressionParameter.KEY_CONDITION);
    Search search = Search.of(request, table, expressions);
    KeyCondition condition =
        expressions.keyCondition().orElseThrow(
            () -> DynamoDbError.validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."));
    expressions.end();
    Optional<IndexModel> index = search.index().map(name -> index(table, name));
    KeyAttribute hash = index.map(IndexModel::hashKey).orElse(table.hashKey());
    AttributeValue equal = condition.hash(hash);
    Optional<Range> range = condition.range(hash, index.map(IndexModel::rangeKey).orElse(table.rangeKey()));
    Query query =
        new Query(
            equal, range, search.index(), search.filter(), search.projection(),
            !request.bool("ScanIndexForward", true), search.limit(), search.consistent());
    return search.answer(tables.requests().query(table, query, search.start()));
  }

  private static IndexModel index(TableModel table, String name) {
    DynamoDbOperations.mustHaveIndex(table, name);
    return table.index(name).orElseThrow();
  }

  Map<String, Object> scan(Parameters request) {
    TableModel table = tables.table(request);
    RequestExpressions expressions =
        new RequestExpressions(request, ExpressionParameter.FILTER, ExpressionParameter.PROJECTION);
    Search search = Search.of(request, table, expressions);
    expressions.end();
    search.index().ifPresent(name -> DynamoDbOperations.mustHaveIndex(table, name));
    Scan scan =
        new Scan(search.index(), search.filter(), search.projection(), search.limit(), search.consistent());
    return search.answer(tables.requests().scan(table, scan, segment(request), search.start()));
  }

  private static Segment segment(Parameters request) {
    OptionalInt total = request.number("TotalSegments", 1, MOST_SEGMENTS);
    OptionalInt number = request.number("Segment", 0, MOST_SEGMENTS - 1);
    if (total.isPresent() != number.isPresent()) {
      throw DynamoDbError.validation(
          total.isPresent()
              ? "The Segment parameter is required but was not present in the request when parameter TotalSegments is"
                  + " present"
              : "The TotalSegments parameter is required but was not present in the request when Segment parameter is"
                  + " present");
    } else if (total.isEmpty()) {
      return Segment.ALL;
    } else if (number.getAsInt() >= total.getAsInt()) {
      throw DynamoDbError.validation(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: "
              + number.getAsInt() + " is not less than TotalSegments: " + total.getAsInt());
    }
    return new Segment(number.getAsInt(), total.getAsInt());
  }
}
