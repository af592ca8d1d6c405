package dev.pinion.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The payloads of tasks.
 *
 * <p>Source: Lambda developer guide, "Lambda quotas"; EventBridge Scheduler API reference, "Target".
 */
public final class TaskPayloads {
  /**
   * The most bytes of a start. Lambda takes 1 MB, and SQS messages of 1 MiB: what is left is for the error in the
   * record that goes to the dead letters.
   */
  public static final int LARGEST = 1_000_000;

  /** The most bytes of EventBridge Scheduler's input. */
  public static final int LARGEST_SCHEDULED = 262_144;

  private TaskPayloads() {}

  /**
   * Returns JSON of the same value that EventBridge Scheduler does not change: it replaces texts such as {@code
   * <aws.scheduler.schedule-arn>} in its input. In JSON, {@code <} is found in strings only.
   */
  public static String scheduled(String json) {
    return json.replace("<", "\\u003c");
  }

  /** Returns how many bytes a text has in UTF-8. */
  public static int bytes(String json) {
    return json.getBytes(UTF_8).length;
  }
}
