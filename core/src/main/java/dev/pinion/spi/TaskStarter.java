package dev.pinion.spi;

import java.time.Duration;

/**
 * What starts the tasks of an app, as implemented by a platform. The methods block until the start is accepted, and
 * throw a {@link dev.pinion.ServiceException} if it is refused. Any thread.
 */
public interface TaskStarter {
  /**
   * Starts a task.
   *
   * @param json the payload, at most {@link TaskPayloads#LARGEST} bytes
   */
  void start(TaskModel task, String json);

  /**
   * Starts a task after a delay.
   *
   * @param json the payload, as {@link TaskPayloads#scheduled} returns it, at most {@link
   *     TaskPayloads#LARGEST_SCHEDULED} bytes
   */
  void startIn(TaskModel task, Duration delay, String json);
}
