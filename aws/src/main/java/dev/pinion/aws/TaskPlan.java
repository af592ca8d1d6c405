package dev.pinion.aws;

import java.util.List;
import java.util.Optional;

/**
 * How the function of a task is invoked asynchronously. What fails goes to an SQS queue of its own.
 *
 * @param path the task's id, and its handler's path
 * @param maximumRetryAttempts how often Lambda invokes the function again
 * @param maximumEventAge the age in seconds at which Lambda gives an event up
 * @param delays what starts with a delay need; empty if no handler makes such a start
 */
public record TaskPlan(String path, int maximumRetryAttempts, int maximumEventAge, Optional<Delays> delays) {

  /** How long SQS keeps dead letters, in seconds: its longest, 14 days. */
  public static final int RETENTION = 1_209_600;

  /**
   * A schedule group for the one-time schedules, and a role by which EventBridge Scheduler invokes the function's
   * alias.
   *
   * @param statements the statements of the role
   */
  public record Delays(List<Statement.Allow> statements) {
    public Delays {
      statements = List.copyOf(statements);
    }
  }
}
