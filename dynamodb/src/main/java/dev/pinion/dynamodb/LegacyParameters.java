package dev.pinion.dynamodb;

import java.util.Map;

/**
 * The parameters of DynamoDB's requests from before expressions, which the tables do not take.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html">DynamoDB:
 *     legacy conditional parameters</a>
 */
final class LegacyParameters {
  private static final Map<String, String> INSTEAD =
      Map.of(
          "AttributesToGet", "ProjectionExpression",
          "AttributeUpdates", "UpdateExpression",
          "ConditionalOperator", "AND or OR in the expression",
          "Expected", "ConditionExpression",
          "KeyConditions", "KeyConditionExpression",
          "QueryFilter", "FilterExpression",
          "ScanFilter", "FilterExpression");

  private LegacyParameters() {}

  /** Refuses a request that has one. */
  static void refuse(Parameters request) {
    request.members().keySet().stream().filter(name -> INSTEAD.containsKey(name) && request.has(name)).sorted()
        .findFirst().ifPresent(name -> {
          throw DynamoDbError.validation(
              "Pinion's local tables do not take the legacy parameter " + name + ": use " + INSTEAD.get(name)
                  + " instead");
        });
  }
}
