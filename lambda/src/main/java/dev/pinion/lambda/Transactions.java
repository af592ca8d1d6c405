package dev.pinion.lambda;

import dev.pinion.spi.Expressions;
import dev.pinion.spi.Read;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The parts of transactions in the AWS SDK's form. */
final class Transactions {
  private Transactions() {}

  static TransactGetItem get(Read read, Function<TableModel, String> tableName) {
    Expressions expressions = new Expressions();
    return TransactGetItem.builder()
        .get(
            part -> part.tableName(tableName.apply(read.table()))
                .key(Items.aws(read.key().values()))
                .projectionExpression(expressions.projection(read.projection()))
                .expressionAttributeNames(expressions.names()))
        .build();
  }

  static TransactWriteItem write(Write write, Function<TableModel, String> tableName) {
    Expressions expressions = new Expressions();
    String table = tableName.apply(write.table());
    TransactWriteItem.Builder item = TransactWriteItem.builder();
    return switch (write) {
      case Write.Put put ->
          item.put(
              part -> part.tableName(table)
                  .item(Items.aws(put.item().attributes()))
                  .conditionExpression(expressions.condition(put.condition()))
                  .expressionAttributeNames(expressions.names())
                  .expressionAttributeValues(Items.operands(expressions)))
              .build();
      case Write.Delete delete ->
          item.delete(
              part -> part.tableName(table)
                  .key(Items.aws(delete.key().values()))
                  .conditionExpression(expressions.condition(delete.condition()))
                  .expressionAttributeNames(expressions.names())
                  .expressionAttributeValues(Items.operands(expressions)))
              .build();
      case Write.UpdateItem update ->
          item.update(
              part -> part.tableName(table)
                  .key(Items.aws(update.key().values()))
                  .updateExpression(expressions.update(update.updates()))
                  .conditionExpression(expressions.condition(update.condition()))
                  .expressionAttributeNames(expressions.names())
                  .expressionAttributeValues(Items.operands(expressions)))
              .build();
      case Write.Check check ->
          item.conditionCheck(
              part -> part.tableName(table)
                  .key(Items.aws(check.key().values()))
                  .conditionExpression(expressions.condition(check.condition()))
                  .expressionAttributeNames(expressions.names())
                  .expressionAttributeValues(Items.operands(expressions)))
              .build();
    };
  }
}
