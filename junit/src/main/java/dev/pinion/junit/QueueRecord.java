package dev.pinion.junit;

import dev.pinion.sim.QueueListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What has become of the messages of queues in one test. Any thread. */
final class QueueRecord implements QueueListener {
  private final Transcript transcript;
  private final Map<String, List<Receive>> receives = new ConcurrentHashMap<>();

  /** A call of a queue's handler that has ended. */
  record Receive(String body, int number, Optional<Throwable> failure) {}

  QueueRecord(Transcript transcript) {
    this.transcript = transcript;
  }

  @Override
  public void handled(String queue, String body, int number, Optional<Throwable> failure) {
    transcript.add(
        "queue " + queue, (failure.isPresent() ? "failed with " : "handled ") + Transcript.shown(body)
            + (number == 1 ? "" : ", received " + number + " times"));
    receives.computeIfAbsent(queue, _ -> new CopyOnWriteArrayList<>()).add(new Receive(body, number, failure));
  }

  @Override
  public void dead(String queue, String body) {
    transcript.add("queue " + queue, "dead letter " + Transcript.shown(body));
  }

  /** Returns the calls of a queue's handler that have ended, in the order of their ends. */
  List<Receive> receives(String queue) {
    return List.copyOf(receives.getOrDefault(queue, List.of()));
  }
}
