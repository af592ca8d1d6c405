package dev.pinion.spi;

/** What a handler can do with the rows of a table: one constant for each IAM action. A transaction uses several. */
public enum RowOperation {
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

  /** IAM's name of the action, such as {@code dynamodb:GetItem}. */
  public String action() {
    return action;
  }
}
