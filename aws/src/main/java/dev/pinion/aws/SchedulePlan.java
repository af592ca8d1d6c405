package dev.pinion.aws;

import java.util.Optional;

/**
 * An EventBridge Scheduler schedule in the default group, with the role by which it invokes its function's alias.
 *
 * @param path the schedule's id, and its handler's path
 * @param expression when it ticks, such as {@code rate(1 minute)}
 * @param timeZone where the expression is evaluated; empty for a rate
 * @param input the JSON that the function gets, in which the service puts its values
 * @param invoke the statement of its role
 */
public record SchedulePlan(
    String path, String expression, Optional<String> timeZone, String input, Statement.Allow invoke) {

  /** How long the service tries to pass a tick to Lambda, in seconds: its own default. */
  public static final int MOST_AGE = 86_400;

  /** How often the service tries again to pass a tick to Lambda: its own default. */
  public static final int MOST_RETRIES = 185;

  /** The service that assumes its role. */
  public static final String PRINCIPAL = "scheduler.amazonaws.com";
}
