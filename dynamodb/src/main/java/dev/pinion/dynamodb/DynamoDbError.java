package dev.pinion.dynamodb;

import dev.pinion.TransactionCanceledException;
import dev.pinion.TransactionCanceledException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** An error that answers a request: what DynamoDB's clients make an exception of. */
final class DynamoDbError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String DYNAMO_DB = "com.amazonaws.dynamodb.v20120810#";
  private static final String SERVICE = "com.amazon.coral.service#";

  private final String type;
  private final transient Map<String, Object> members;

  private DynamoDbError(String type, String member, String message, Map<String, Object> more) {
    super(message, null, false, false);
    this.type = type;
    members = new LinkedHashMap<>();
    members.put("__type", type);
    members.putAll(more);
    if (!message.isEmpty()) {
      members.put(member, message);
    }
  }

  static DynamoDbError validation(String message) {
    return new DynamoDbError("com.amazon.coral.validate#ValidationException", "message", message, Map.of());
  }

  /** A parameter of another JSON type than DynamoDB's, or no JSON at all. */
  static DynamoDbError serialization(String message) {
    return new DynamoDbError(SERVICE + "SerializationException", "Message", message, Map.of());
  }

  static DynamoDbError unknownOperation(String message) {
    return new DynamoDbError(SERVICE + "UnknownOperationException", "message", message, Map.of());
  }

  static DynamoDbError missingAuthenticationToken() {
    return new DynamoDbError(
        SERVICE + "MissingAuthenticationTokenException", "message", "Request is missing Authentication Token",
        Map.of());
  }

  static DynamoDbError resourceNotFound(String message) {
    return of("ResourceNotFoundException", message, Map.of());
  }

  /** An error of DynamoDB's own, with more members than a message. */
  static DynamoDbError of(String name, String message, Map<String, Object> more) {
    return new DynamoDbError(DYNAMO_DB + name, name.startsWith("Transaction") ? "Message" : "message", message, more);
  }

  /**
   * A transaction that was not done.
   *
   * @param reasons why, for each part
   * @param more what the answer says of a part besides
   */
  static DynamoDbError canceled(List<Reason> reasons, IntFunction<Map<String, Object>> more) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < reasons.size(); i++) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("Code", reasons.get(i).code());
      if (!reasons.get(i).message().isEmpty()) {
        json.put("Message", reasons.get(i).message());
      }
      json.putAll(more.apply(i));
      all.add(json);
    }
    String message = String.valueOf(new TransactionCanceledException(reasons).getMessage());
    return of("TransactionCanceledException", message, Map.of("CancellationReasons", all));
  }

  /** The error's type, with its namespace. */
  String type() {
    return type;
  }

  /** The answer's members. */
  Map<String, Object> members() {
    return members;
  }
}
