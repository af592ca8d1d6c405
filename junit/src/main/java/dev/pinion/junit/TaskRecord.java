package dev.pinion.junit;

import dev.pinion.sim.TaskListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What has become of the starts of tasks in one test. Any thread. */
final class TaskRecord implements TaskListener {
  private final Transcript transcript;
  private final Map<String, List<String>> started = new ConcurrentHashMap<>();
  private final Map<String, List<Attempt>> attempts = new ConcurrentHashMap<>();

  /** A call of a handler, and what that threw. */
  record Attempt(String payload, int number, Optional<Throwable> failure) {}

  TaskRecord(Transcript transcript) {
    this.transcript = transcript;
  }

  @Override
  public void started(String task, String payload) {
    transcript.add("task " + task, "was started with " + Transcript.shown(payload));
    started.computeIfAbsent(task, _ -> new CopyOnWriteArrayList<>()).add(payload);
  }

  @Override
  public void handled(String task, String payload, int attempt, Optional<Throwable> failure) {
    transcript.add(
        "task " + task, "attempt " + attempt + failure.map(each -> " failed: " + each).orElse(" succeeded"));
    attempts.computeIfAbsent(task, _ -> new CopyOnWriteArrayList<>()).add(new Attempt(payload, attempt, failure));
  }

  /** Returns the payloads of all starts, in their order. */
  List<String> started(String task) {
    return List.copyOf(started.getOrDefault(task, List.of()));
  }

  /** Returns the calls of a task's handler that have ended, in the order of their ends. */
  List<Attempt> attempts(String task) {
    return List.copyOf(attempts.getOrDefault(task, List.of()));
  }
}
