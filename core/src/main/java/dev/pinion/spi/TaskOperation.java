package dev.pinion.spi;

/** An operation on a task. */
public enum TaskOperation {
  /** Starts it. */
  START("lambda:InvokeFunction"),
  /** Starts it after a delay. */
  START_IN("scheduler:CreateSchedule");

  private final String action;

  TaskOperation(String action) {
    this.action = action;
  }

  /** Returns IAM's action, such as {@code lambda:InvokeFunction}. */
  public String action() {
    return action;
  }
}
