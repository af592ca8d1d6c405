package dev.pinion.spi;

/**
 * The members of the JSON that a schedule passes to its function. The plan sets it as the target's input, in which
 * EventBridge Scheduler puts its values, and the function's code reads them.
 *
 * <p>Source: EventBridge Scheduler user guide, "Adding context attributes".
 */
public final class TickInput {
  /** The time for which the invocation was scheduled. */
  public static final String SCHEDULED_TIME = "scheduledTime";

  /** The service's id of the invocation. */
  public static final String EXECUTION_ID = "executionId";

  /** The input, as the target has it. */
  public static final String TEXT = "{\"" + SCHEDULED_TIME + "\":\"<aws.scheduler.scheduled-time>\",\"" + EXECUTION_ID
      + "\":\"<aws.scheduler.execution-id>\",\"schedule\":\"<aws.scheduler.schedule-arn>\",\"attempt\":"
      + "\"<aws.scheduler.attempt-number>\"}";

  private TickInput() {}
}
