package dev.pinion.tables;

import dev.pinion.ValidationException;

/** Where in a request an expression stands; DynamoDB's messages begin with it. */
enum ExpressionKind {
  CONDITION("ConditionExpression"),
  FILTER("FilterExpression"),
  KEY_CONDITION("KeyConditionExpression"),
  PROJECTION("ProjectionExpression"),
  UPDATE("UpdateExpression");

  private final String parameter;

  ExpressionKind(String parameter) {
    this.parameter = parameter;
  }

  /** The refusal of an expression. */
  ValidationException invalid(String problem) {
    return new ValidationException("Invalid " + parameter + ": " + problem);
  }
}
