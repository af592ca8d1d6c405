package dev.pinion.contract;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Task;
import dev.pinion.TaskHandler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** An app with tasks, whose handlers do what a test says. */
public final class TaskApp implements App {
  /** What the handlers do. */
  static final AtomicReference<TaskHandler<String>> HANDLER = new AtomicReference<>(_ -> {});
  /** The task with the default settings, of the define that ran last. */
  static final AtomicReference<Task<String>> JOB = new AtomicReference<>();
  /** A task that is called once only, and soon. */
  static final AtomicReference<Task<String>> ONCE = new AtomicReference<>();

  @Override
  public void define(Cloud cloud) {
    Task<String> job = cloud.task("job", String.class).create();
    job.onStart(text -> HANDLER.get().handle(text)).allow(job, "lambda:InvokeFunction", "scheduler:CreateSchedule");
    Task<String> once = cloud.task("once", String.class).maximumRetryAttempts(0)
        .maximumEventAge(Duration.ofMinutes(1)).create();
    once.onStart(text -> HANDLER.get().handle(text));
    JOB.set(job);
    ONCE.set(once);
  }
}
