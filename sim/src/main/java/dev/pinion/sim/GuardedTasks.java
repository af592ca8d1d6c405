package dev.pinion.sim;

import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskOperation;
import dev.pinion.spi.TaskStarter;
import java.time.Duration;

/** Tasks whose starts are checked against roles before they are executed. Any thread. */
final class GuardedTasks implements TaskStarter {
  private final TaskStarter tasks;
  private final PermissionGuard guard;

  GuardedTasks(TaskStarter tasks, PermissionGuard guard) {
    this.tasks = tasks;
    this.guard = guard;
  }

  @Override
  public void start(TaskModel task, String json) {
    guard.check(guard.operations().start(task, TaskOperation.START));
    tasks.start(task, json);
  }

  @Override
  public void startIn(TaskModel task, Duration delay, String json) {
    guard.check(guard.operations().start(task, TaskOperation.START_IN));
    tasks.startIn(task, delay, json);
  }
}
