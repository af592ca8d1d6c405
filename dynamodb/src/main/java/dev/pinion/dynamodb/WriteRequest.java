package dev.pinion.dynamodb;

import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Update;
import dev.pinion.spi.ItemSize;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.UpdateSize;
import dev.pinion.spi.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A write as a request describes it, on its own or as a part of a transaction.
 *
 * @param write the write
 * @param bytes what the request has for it, as DynamoDB counts a transaction's: the row or the key, and the expressions
 * @param returnsItem whether the row is returned if the condition is not met
 */
record WriteRequest(Write write, long bytes, boolean returnsItem) {

  static WriteRequest put(Parameters request, TableModel table) {
    Item item = item(request, "Item");
    RequestExpressions expressions = new RequestExpressions(request, ExpressionParameter.CONDITION);
    return of(request, new Write.Put(table, item, condition(expressions)), item, expressions);
  }

  static WriteRequest delete(Parameters request, TableModel table) {
    Item key = item(request, "Key");
    RequestExpressions expressions = new RequestExpressions(request, ExpressionParameter.CONDITION);
    return of(request, new Write.Delete(table, new Key(key), condition(expressions)), key, expressions);
  }

  static WriteRequest check(Parameters request, TableModel table) {
    Item key = item(request, "Key");
    RequestExpressions expressions = new RequestExpressions(request, ExpressionParameter.CONDITION);
    Condition condition =
        condition(expressions).orElseThrow(() -> Parameters.missing(ExpressionParameter.CONDITION.parameter()));
    return of(request, new Write.Check(table, new Key(key), condition), key, expressions);
  }

  static WriteRequest update(Parameters request, TableModel table) {
    Item key = item(request, "Key");
    RequestExpressions expressions =
        new RequestExpressions(request, ExpressionParameter.UPDATE, ExpressionParameter.CONDITION);
    List<Update> updates = expressions.update();
    Optional<Condition> condition = condition(expressions);
    UpdateSize.check(updates);
    return of(request, new Write.UpdateItem(table, new Key(key), updates, condition), key, expressions);
  }

  private static WriteRequest of(Parameters request, Write write, Item row, RequestExpressions expressions) {
    expressions.end();
    boolean returnsItem =
        request.oneOf("ReturnValuesOnConditionCheckFailure", "NONE", List.of("ALL_OLD", "NONE")).equals("ALL_OLD");
    return new WriteRequest(write, ItemSize.of(row) + expressions.size(), returnsItem);
  }

  private static Optional<Condition> condition(RequestExpressions expressions) {
    return expressions.condition(ExpressionParameter.CONDITION);
  }

  /** Reads a row or a key that every such request has. */
  static Item item(Parameters request, String name) {
    return request.item(name).orElseThrow(() -> Parameters.missing(name));
  }

  /** Returns what an error about a condition says of the row, if the request asks for it. */
  Map<String, Object> failed(Optional<Item> row) {
    return returnsItem && row.isPresent() ? Map.of("Item", AttributeJson.of(row.get())) : Map.of();
  }
}
