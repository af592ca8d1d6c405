package dev.pinion.spi;

/** An operation on the rows of a table, one for each IAM action. A transaction consists of several. */
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

  /** IAM's name for the action, such as {@code dynamodb:GetItem}. */
  public String action() {
    return action;
  }
}
