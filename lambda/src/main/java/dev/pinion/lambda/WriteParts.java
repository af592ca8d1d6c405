package dev.pinion.lambda;

import dev.pinion.spi.Expressions;
import dev.pinion.spi.Read;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.util.function.Function;

/** Writes the members of a write, as a request or as a part of a transaction. */
record WriteParts(Function<TableModel, String> tableName) {
  RequestWriter put(RequestWriter request, Write.Put put) throws IOException {
    Expressions expressions = new Expressions();
    return request.text("TableName", tableName.apply(put.table()))
        .item("Item", put.item().attributes())
        .condition(expressions, put.condition())
        .placeholders(expressions);
  }

  RequestWriter update(RequestWriter request, Write.UpdateItem update) throws IOException {
    Expressions expressions = new Expressions();
    return request.text("TableName", tableName.apply(update.table()))
        .item("Key", update.key().values())
        .text("UpdateExpression", expressions.update(update.updates()))
        .condition(expressions, update.condition())
        .placeholders(expressions);
  }

  RequestWriter delete(RequestWriter request, Write.Delete delete) throws IOException {
    Expressions expressions = new Expressions();
    return request.text("TableName", tableName.apply(delete.table()))
        .item("Key", delete.key().values())
        .condition(expressions, delete.condition())
        .placeholders(expressions);
  }

  private RequestWriter check(RequestWriter request, Write.Check check) throws IOException {
    Expressions expressions = new Expressions();
    return request.text("TableName", tableName.apply(check.table()))
        .item("Key", check.key().values())
        .text("ConditionExpression", expressions.condition(check.condition()))
        .placeholders(expressions);
  }

  /** Writes one part of {@code TransactWriteItems}. */
  void transactWrite(RequestWriter part, Write write) throws IOException {
    var _ = switch (write) {
      case Write.Put put -> part.object("Put", request -> put(request, put));
      case Write.Delete delete -> part.object("Delete", request -> delete(request, delete));
      case Write.UpdateItem update -> part.object("Update", request -> update(request, update));
      case Write.Check check -> part.object("ConditionCheck", request -> check(request, check));
    };
  }

  /** Writes one part of {@code TransactGetItems}. */
  void transactGet(RequestWriter part, Read read) throws IOException {
    part.object("Get", request -> {
      Expressions expressions = new Expressions();
      request.text("TableName", tableName.apply(read.table()))
          .item("Key", read.key().values())
          .text("ProjectionExpression", expressions.projection(read.projection()))
          .placeholders(expressions);
    });
  }
}
