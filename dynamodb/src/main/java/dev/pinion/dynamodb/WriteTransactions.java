package dev.pinion.dynamodb;

import dev.pinion.spi.Write;
import dev.pinion.tables.Transacted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operation that writes several rows or none. Any thread. */
record WriteTransactions(LocalTables tables, TransactionTokens tokens) {
  private static final int BYTES_LIMIT = 4 * 1024 * 1024;
  private static final int TOKEN_LIMIT = 36;
  private static final List<String> PARTS = List.of("Put", "Update", "Delete", "ConditionCheck");

  Map<String, Object> write(Parameters request) {
    Optional<String> token = request.text("ClientRequestToken").filter(text -> !text.isEmpty());
    if (token.isPresent() && token.get().length() > TOKEN_LIMIT) {
      throw DynamoDbError.validation(
          "1 validation error detected: Value '" + token.get() + "' at 'clientRequestToken' failed to satisfy "
              + "constraint: Member must have length less than or equal to " + TOKEN_LIMIT);
    }
    return token.isPresent()
        ? tokens.once(token.get(), request.members().get("TransactItems"), () -> execute(request))
        : execute(request);
  }

  private Map<String, Object> execute(Parameters request) {
    Capacity capacity = Capacity.ofTransaction(request, true);
    List<WriteRequest> writes = request.objects("TransactItems").stream().map(this::part).toList();
    long bytes = writes.stream().mapToLong(WriteRequest::bytes).sum();
    if (bytes > BYTES_LIMIT) {
      throw DynamoDbError.validation("Transaction payload size cannot exceed 4MB. Payload Size: " + bytes);
    }
    List<Write> all = writes.stream().map(WriteRequest::write).toList();
    Transacted transacted = tables.requests().transactWrite(all);
    if (!transacted.isDone()) {
      throw DynamoDbError.canceled(transacted.reasons(), i -> {
        boolean unmet = transacted.reasons().get(i).code().equals("ConditionalCheckFailed");
        return unmet ? writes.get(i).failed(transacted.parts().get(i).before()) : Map.of();
      });
    }
    for (int i = 0; i < all.size(); i++) {
      capacity.write(all.get(i).table(), transacted.parts().get(i));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    capacity.answerAll(answer);
    return answer;
  }

  private WriteRequest part(Parameters item) {
    List<String> named = PARTS.stream().filter(item::has).toList();
    if (named.size() != 1) {
      throw DynamoDbError.validation("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    Parameters part = item.object(named.getFirst()).orElseThrow();
    LegacyParameters.refuse(part);
    var table = tables.table(part);
    return switch (named.getFirst()) {
      case "Put" -> WriteRequest.put(part, table);
      case "Update" -> WriteRequest.update(part, table);
      case "Delete" -> WriteRequest.delete(part, table);
      default -> WriteRequest.check(part, table);
    };
  }
}
