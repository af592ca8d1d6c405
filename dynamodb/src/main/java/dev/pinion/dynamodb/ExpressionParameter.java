package dev.pinion.dynamodb;

/** A request's parameters that are expressions; DynamoDB's messages about an expression begin with its parameter. */
enum ExpressionParameter {
  CONDITION("ConditionExpression"), FILTER("FilterExpression"), KEY_CONDITION("KeyConditionExpression"),
  PROJECTION("ProjectionExpression"), UPDATE("UpdateExpression");

  private final String parameter;

  ExpressionParameter(String parameter) {
    this.parameter = parameter;
  }

  /** The parameter's name. */
  String parameter() {
    return parameter;
  }

  /** The refusal of an expression. */
  DynamoDbError invalid(String problem) {
    return DynamoDbError.validation("Invalid " + parameter + ": " + problem);
  }
}
