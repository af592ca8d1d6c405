package dev.pinion.inspect;

import java.util.Optional;

/** Something that a handler may do with a resource of the app. */
public sealed interface Use {

  /** The id of the resource. */
  String resource();

  /** An operation on rows of a table; of an index, where one is queried. */
  record Rows(String resource, RowOperation operation, Optional<String> index) implements Use {}

  /** An operation on connections of a WebSocket. */
  record Connections(String resource, ConnectionOperation operation) implements Use {}

  /** Reading a config or a secret. */
  record Value(String resource) implements Use {}

  /** What can be done with rows, by IAM's action. A transaction has the actions of its parts. */
  enum RowOperation {
    BATCH_GET_ITEM("BatchGetItem"),
    BATCH_WRITE_ITEM("BatchWriteItem"),
    CONDITION_CHECK_ITEM("ConditionCheckItem"),
    DELETE_ITEM("DeleteItem"),
    GET_ITEM("GetItem"),
    PUT_ITEM("PutItem"),
    QUERY("Query"),
    SCAN("Scan"),
    UPDATE_ITEM("UpdateItem");

    private final String action;

    RowOperation(String action) {
      this.action = "dynamodb:" + action;
    }

    public String action() {
      return action;
    }
  }

  /** What can be done with connections, by the method of the management API; asking for the URL needs no permission. */
  enum ConnectionOperation {
    POST,
    GET,
    DELETE,
    URL
  }
}
