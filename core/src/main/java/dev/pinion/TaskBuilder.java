package dev.pinion;

import dev.pinion.spi.MessageType;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.UnsupportedTypeException;
import java.time.Duration;

/** Declares the options of a task. {@link #create} ends the declaration. */
public final class TaskBuilder<T> {
  private static final int MOST_RETRIES = 2;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(6);

  private final Cloud cloud;
  private final String id;
  private final Class<T> type;
  private final SourceLocation location;
  private int maximumRetryAttempts = MOST_RETRIES;
  private Duration maximumEventAge = LONGEST;

  TaskBuilder(Cloud cloud, String id, Class<T> type, SourceLocation location) {
    this.cloud = cloud;
    this.id = id;
    this.type = type;
    this.location = location;
    if (!cloud.binding().isCompiled()) checkType();
  }

  private void checkType() {
    try {
      var _ = MessageType.of(type);
    } catch (UnsupportedTypeException e) {
      e.problems().forEach(
          problem -> cloud.binding().problem(
              location, "task '" + id + "' has the payload type " + type.getSimpleName() + ": " + problem));
    }
  }

  /** Sets how often the handler is called again if it fails: 0 to 2 times (default: 2). */
  public TaskBuilder<T> maximumRetryAttempts(int attempts) {
    if (attempts < 0 || attempts > MOST_RETRIES)
      problem("has " + attempts + " retry attempts: Lambda allows 0 to " + MOST_RETRIES);
    maximumRetryAttempts = attempts;
    return this;
  }

  /**
   * Sets the age at which a start that waits for an attempt is given up, and is in the dead letters: whole seconds, one
   * minute to six hours (default: six hours).
   */
  public TaskBuilder<T> maximumEventAge(Duration age) {
    if (age.compareTo(SHORTEST) < 0 || age.compareTo(LONGEST) > 0 || !age.equals(Duration.ofSeconds(age.toSeconds())))
      problem("has a maximum event age of " + age + ": use whole seconds, one minute to six hours");
    maximumEventAge = age;
    return this;
  }

  /** Ends the declaration. The handler is declared on the returned object. */
  public Task<T> create() {
    cloud.binding().declare("task(\"" + id + "\").create()");
    Task<T> task = new Task<>(this, cloud.binding());
    cloud.create("task '" + id + "'", location, task::freeze);
    return task;
  }

  String id() {
    return id;
  }

  Class<T> type() {
    return type;
  }

  SourceLocation location() {
    return location;
  }

  TaskModel model(StartModel onStart) {
    return new TaskModel(id, maximumRetryAttempts, maximumEventAge, onStart, location);
  }

  private void problem(String message) {
    cloud.binding().problem(Callers.location(), "task '" + id + "' " + message);
  }
}
