package dev.pinion.sim;

import dev.pinion.spi.Lineage;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.StoredMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A start of a task that is kept.
 *
 * @param number its number in the store
 * @param json the payload
 * @param lineage the calls that have led to it
 */
record TaskStart(long number, String json, Lineage lineage) {
  private static final String SINCE = "since";
  private static final String CALLS = "calls:";
  private static final String ERROR = "error";
  private static final String ATTEMPTS = "attempts";

  /** Returns the name of the queue of a task's starts. */
  static String queue(String task) {
    return "task/" + task;
  }

  /** Returns the name of the queue of a task's dead letters. */
  static String deadQueue(String task) {
    return "task/" + task + "/dead";
  }

  /** Returns the task of whose starts a queue is; empty for another queue. */
  static Optional<String> task(String queue) {
    return queue.startsWith("task/") && !queue.endsWith("/dead") ? Optional.of(queue.substring("task/".length()))
        : Optional.empty();
  }

  /** Returns a new start to keep. */
  static NewMessage of(String task, Instant due, Lineage lineage, String json) {
    Map<String, String> attributes = new HashMap<>(Map.of(SINCE, Long.toString(due.toEpochMilli())));
    lineage.calls().forEach((handler, calls) -> attributes.put(CALLS + handler, Integer.toString(calls)));
    return new NewMessage(queue(task), due, Optional.empty(), attributes, json);
  }

  static TaskStart of(StoredMessage message) {
    Map<String, Integer> calls = new HashMap<>();
    message.attributes().forEach((name, value) -> {
      if (name.startsWith(CALLS)) calls.put(name.substring(CALLS.length()), Integer.parseInt(value));
    });
    return new TaskStart(message.id(), message.body(), new Lineage(calls));
  }

  /** Returns when Lambda would have taken a start that is kept. */
  static Instant since(StoredMessage message) {
    return Instant.ofEpochMilli(Long.parseLong(message.attributes().getOrDefault(SINCE, "0")));
  }

  /** Returns it as a dead letter to keep. */
  NewMessage dead(String task, Instant now, int attempts, String error) {
    Map<String, String> attributes = Map.of(
        SINCE, Long.toString(now.toEpochMilli()), ATTEMPTS, Integer.toString(attempts), ERROR, error);
    return new NewMessage(deadQueue(task), DeadLetters.end(now), Optional.empty(), attributes, json);
  }

  static DeadLetter letter(StoredMessage message) {
    return new DeadLetter(
        message.body(), message.attributes().getOrDefault(ERROR, ""),
        Integer.parseInt(message.attributes().getOrDefault(ATTEMPTS, "0")), since(message));
  }
}
