package dev.pinion.dynamodb;

import dev.pinion.Attribute;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Update;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import dev.pinion.tables.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that write rows, each on its own or in a batch. Any thread. */
record Writes(LocalTables tables) {
  private static final List<String> RETURN_VALUES =
      List.of("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");

  Map<String, Object> putItem(Parameters request) {
    return allOld(request, WriteRequest.put(request, tables.table(request)));
  }

  Map<String, Object> deleteItem(Parameters request) {
    return allOld(request, WriteRequest.delete(request, tables.table(request)));
  }

  private Map<String, Object> allOld(Parameters request, WriteRequest write) {
    String values = request.oneOf("ReturnValues", "NONE", RETURN_VALUES);
    if (!values.equals("NONE") && !values.equals("ALL_OLD")) {
      throw DynamoDbError.validation("Return values set to invalid value");
    }
    return done(request, write, written -> values.equals("NONE") ? Optional.empty() : written.before());
  }

  Map<String, Object> updateItem(Parameters request) {
    TableModel table = tables.table(request);
    WriteRequest update = WriteRequest.update(request, table);
    String values = request.oneOf("ReturnValues", "NONE", RETURN_VALUES);
    List<Attribute> paths = ((Write.UpdateItem) update.write()).updates().stream().map(Update::attribute).toList();
    return done(request, update, written -> switch (values) {
      case "ALL_OLD" -> written.before();
      case "ALL_NEW" -> written.after();
      case "UPDATED_OLD" -> updated(table, paths, written.before());
      case "UPDATED_NEW" -> updated(table, paths, written.after());
      default -> Optional.empty();
    });
  }

  /** Returns what of a row an update has named. */
  private Optional<Item> updated(TableModel table, List<Attribute> paths, Optional<Item> row) {
    return paths.isEmpty() ? Optional.empty() : row.map(each -> tables.requests().project(table, paths, each));
  }

  /** What of a write is returned. */
  private interface Returned {
    Optional<Item> of(Written written);
  }

  private Map<String, Object> done(Parameters request, WriteRequest write, Returned returned) {
    Capacity capacity = Capacity.of(request);
    Written written = tables.requests().write(write.write());
    if (!written.met()) {
      throw DynamoDbError.of(
          "ConditionalCheckFailedException", "The conditional request failed",
          write.failed(written.before()));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    returned.of(written).filter(row -> !row.attributes().isEmpty())
        .ifPresent(row -> answer.put("Attributes", AttributeJson.of(row)));
    capacity.write(write.write().table(), written);
    capacity.answerOne(answer);
    return answer;
  }

  Map<String, Object> batchWriteItem(Parameters request) {
    Capacity capacity = Capacity.of(request);
    Parameters items = request.filled("RequestItems");
    List<Write> writes = new ArrayList<>();
    for (String name : items.members().keySet()) {
      TableModel table = tables.table(name);
      List<Parameters> requests = items.objects(name);
      if (requests.isEmpty()) {
        throw DynamoDbError.validation("The batch write request list for a table cannot be null or empty: " + name);
      }
      requests.forEach(each -> writes.add(batched(table, each)));
    }
    List<Written> written = tables.requests().batchWrite(writes);
    for (int i = 0; i < written.size(); i++) {
      capacity.write(writes.get(i).table(), written.get(i));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("UnprocessedItems", Map.of());
    capacity.answerAll(answer);
    return answer;
  }

  private static Write batched(TableModel table, Parameters each) {
    Optional<Parameters> put = each.object("PutRequest");
    Optional<Parameters> delete = each.object("DeleteRequest");
    if (put.isPresent() == delete.isPresent()) {
      throw DynamoDbError.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported"
              + " datatypes");
    }
    Optional<Condition> none = Optional.empty();
    return put.isPresent()
        ? new Write.Put(table, WriteRequest.item(put.get(), "Item"), none)
        : new Write.Delete(table, new Key(WriteRequest.item(delete.orElseThrow(), "Key")), none);
  }
}
