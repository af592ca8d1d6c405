package dev.pinion.sim;

import dev.pinion.sim.RequestTrace.Call;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskStarter;
import java.time.Duration;
import java.util.List;

/** Tasks whose starts are noted in the trace of the request that caused them, while somebody looks. Any thread. */
final class RecordedTasks implements TaskStarter {
  private final TaskStarter tasks;
  private final Recording recording;

  RecordedTasks(TaskStarter tasks, Recording recording) {
    this.tasks = tasks;
    this.recording = recording;
  }

  @Override
  public void start(TaskModel task, String json) {
    step(task, "start", json, () -> tasks.start(task, json));
  }

  @Override
  public void startIn(TaskModel task, Duration delay, String json) {
    step(task, "startIn", "in " + delay + "\n" + json, () -> tasks.startIn(task, delay, json));
  }

  private void step(TaskModel task, String operation, String text, Runnable action) {
    RequestTrace trace = recording.trace();
    if (trace == null) {
      action.run();
      return;
    }
    boolean _ = trace.step(new Call(operation, task.id(), () -> text, List::of), () -> {
      action.run();
      return true;
    }, _ -> "accepted");
  }
}
