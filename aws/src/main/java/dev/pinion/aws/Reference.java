package dev.pinion.aws;

/**
 * A planned resource, identified by its kind and the path of what it belongs to.
 *
 * @param kind the kind of resource
 * @param path the path of the table, WebSocket, HTTP API, schedule, task, queue or handler that it belongs to
 */
public record Reference(Kind kind, String path) {

  /** A kind of resource. All resources of one handler, API, schedule, task, queue or table share its path. */
  public enum Kind {
    /** A WebSocket's API Gateway API. */
    API,
    /** An HTTP API's API Gateway API. */
    HTTP_API,
    /** The integration by which an API's routes invoke an alias. */
    INTEGRATION,
    /** A handler's route. */
    ROUTE,
    /** The response of a handler's two-way route. */
    ROUTE_RESPONSE,
    /** An API Gateway authorizer, whose function is a handler's. */
    AUTHORIZER,
    /** A handler's Lambda function. */
    FUNCTION,
    /** The alias through which a handler's function is invoked. */
    ALIAS,
    /** The role of a handler's function. */
    ROLE,
    /** The log group of a handler's function. */
    LOG_GROUP,
    /** A WebSocket's or an HTTP API's stage. */
    STAGE,
    /** A DynamoDB table. */
    TABLE,
    /** An EventBridge Scheduler schedule. */
    SCHEDULE,
    /** The role by which EventBridge Scheduler invokes the function of a schedule or of a task. */
    SCHEDULE_ROLE,
    /** The schedule group of the starts of a task that have a delay. */
    SCHEDULE_GROUP,
    /** An SQS queue. */
    QUEUE,
    /** The SQS queue of what a task or the handler of a queue or of changes has failed to handle. */
    DEAD_LETTERS,
    /** The mapping by which Lambda polls a queue or a stream. */
    EVENT_SOURCE;

    /** The most characters of its name after the prefix and its separator. */
    private int longest() {
      return switch (this) {
        case INTEGRATION, ROUTE, ROUTE_RESPONSE, AUTHORIZER, FUNCTION, ALIAS, ROLE, LOG_GROUP, SCHEDULE, SCHEDULE_ROLE,
            SCHEDULE_GROUP, EVENT_SOURCE ->
            LONGEST_SLUG;
        case QUEUE, DEAD_LETTERS -> LONGEST_QUEUE;
        case API, HTTP_API, STAGE, TABLE -> LONGEST_ID;
      };
    }
  }

  /** An attribute of a resource. */
  public enum Property {
    /** The id that AWS assigns. */
    ID,
    /** Its name in the account. */
    NAME,
    /** Its ARN. */
    ARN,
    /** The ARN by which API Gateway invokes a function or an alias. */
    INVOKE_ARN,
    /** The ARN that permissions for an API's calls refer to. */
    EXECUTION_ARN,
    /** The host name of an API. */
    HOST,
    /** Where clients reach an API: its custom domain with the mapping's path, or its host with the stage's. */
    ADDRESS,
    /** The ARN of an alias, composed of names: it refers to no resource that does. */
    GIVEN_ARN,
    /** The ARN of all schedules of a group. */
    SCHEDULES_ARN,
    /** The ARN of the stream of a table's changes. */
    STREAM_ARN,
    /** The URL of a queue. */
    URL
  }

  /** The most characters of a function's or a schedule's name after the prefix and its separator. */
  static final int LONGEST_SLUG = 64 - Plan.LONGEST_PREFIX - 2;
  private static final int LONGEST_QUEUE = 80 - Plan.LONGEST_PREFIX - 2 - "--dead-letters.fifo".length();
  private static final int LONGEST_ID = 128;

  /**
   * Returns the part of the resource's name that follows the prefix: of {@code a-z A-Z 0-9 _ -}, unique among the
   * resources of its kind, and dependent on the path alone.
   */
  public String slug() {
    return Slugs.of(path, kind.longest());
  }

  /** Returns the path as it is in names, without the digits that make a name unique. */
  public String readable() {
    String readable = Slugs.clean(path, LONGEST_ID);
    return readable.isEmpty() ? "resource" : readable;
  }

  /** Returns an attribute of the resource, known once the resource exists. */
  public Expression get(Property property) {
    return new Expression.Attribute(this, property);
  }
}
