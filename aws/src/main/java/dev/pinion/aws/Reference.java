package dev.pinion.aws;

/**
 * A planned resource, named by what it belongs to.
 *
 * @param kind what it is
 * @param path the path of the table, the WebSocket or the handler that it is for
 */
public record Reference(Kind kind, String path) {

  /** What a resource is. Those of a handler and those of a WebSocket or table share its path. */
  public enum Kind {
    /** A WebSocket's API Gateway API. */
    API,
    /** A handler's integration. */
    INTEGRATION,
    /** A handler's route. */
    ROUTE,
    /** The response of a handler's two-way route. */
    ROUTE_RESPONSE,
    /** A handler's Lambda function. */
    FUNCTION,
    /** The alias of a handler's function that is invoked. */
    ALIAS,
    /** The role of a handler's function. */
    ROLE,
    /** The log group of a handler's function. */
    LOG_GROUP,
    /** A DynamoDB table. */
    TABLE
  }

  /** What AWS answers of a resource. */
  public enum Property {
    /** AWS's id of it. */
    ID,
    /** Its name in the account. */
    NAME,
    /** Its ARN. */
    ARN,
    /** The ARN that API Gateway invokes a function or an alias by. */
    INVOKE_ARN,
    /** The ARN that an API's calls are permitted by. */
    EXECUTION_ARN
  }

  /** A property of the resource, known once it exists. */
  public Expression get(Property property) {
    return new Expression.Attribute(this, property);
  }
}
