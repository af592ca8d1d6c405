package dev.pinion.sim;

import dev.pinion.TableChange;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has become of messages, such as {@code g1 17 bad}: a group, a number that grows, and a kind. Any thread.
 *
 * <p>The model: each message that was accepted is handled once or a dead letter once, and no message of an ordered
 * resource begins before those of its group that were accepted earlier.
 */
final class Outcomes {
  private static final Set<String> ORDERED = Set.of("q0", "q1", "single", "batched");
  /** What a message is whose handler runs on when its time is over. */
  static final String OUTLIVES = "stays";
  private static final int LAST_ATTEMPT_OF_A_CHANGE = 5;

  private final Map<String, Sent> all = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  /** How often messages had begun when one behind them in their group began: no more often in the end. */
  private final Map<Sent, Integer> overtaken = new HashMap<>();

  private static final class Sent {
    final String resource;
    final String text;
    boolean accepted;
    boolean refused;
    int begun;
    int handled;
    int dead;
    boolean over;
    int running;
    /** Whether its handler has returned, so that the next one of its batch comes. */
    boolean returned;

    Sent(String resource, String text) {
      this.resource = resource;
      this.text = text;
    }

    boolean isOpen() {
      return !refused && !over && !returned;
    }

    @Override
    public String toString() {
      return resource + ": " + text + ", begun " + begun + ", handled " + handled + ", dead " + dead;
    }
  }

  static String group(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  static String kind(String text) {
    return text.substring(text.lastIndexOf(' ') + 1);
  }

  private Sent of(String resource, String text) {
    return all.computeIfAbsent(resource + "/" + text, _ -> new Sent(resource, text));
  }

  synchronized void sends(String resource, String text) {
    var _ = of(resource, text);
  }

  synchronized void accepted(String resource, String text) {
    of(resource, text).accepted = true;
  }

  synchronized void refused(String resource, String text) {
    of(resource, text).refused = true;
  }

  /** A handler begins with a message; returns for which time. */
  synchronized int begins(String resource, String text) {
    Sent sent = of(resource, text);
    if (sent.refused) problems.add("was refused, and is handled: " + sent);
    if (ORDERED.contains(resource)) {
      for (Sent each : all.values()) {
        if (each == sent) break;
        if (each.resource.equals(resource) && each.isOpen() && group(each.text).equals(group(text))) {
          if (each.running > 0 && !kind(each.text).equals(OUTLIVES)) problems.add(sent + " has begun beside " + each);
          overtaken.putIfAbsent(each, each.begun);
        }
      }
    }
    sent.running++;
    sent.returned = false;
    return ++sent.begun;
  }

  /** A handler has ended. */
  synchronized void ends(String resource, String text, boolean returned) {
    Sent sent = of(resource, text);
    sent.running--;
    sent.returned = returned;
  }

  private synchronized void handled(String resource, String text, boolean succeeded, boolean over) {
    Sent sent = of(resource, text);
    if (succeeded) sent.handled++;
    sent.over |= succeeded || over;
  }

  private synchronized void dead(String resource, String text) {
    Sent sent = of(resource, text);
    sent.dead++;
    sent.over = true;
  }

  TaskListener tasks() {
    return new TaskListener() {
      @Override
      public void handled(String task, String payload, int attempt, Optional<Throwable> failure) {
        Outcomes.this.handled(task, payload.substring(1, payload.length() - 1), failure.isEmpty(), false);
      }
    };
  }

  QueueListener queues() {
    return new QueueListener() {
      @Override
      public void handled(String queue, String body, int receives, Optional<Throwable> failure) {
        Outcomes.this.handled(queue, body, failure.isEmpty(), false);
      }

      @Override
      public void dead(String queue, String body) {
        Outcomes.this.dead(queue, body);
      }
    };
  }

  ChangeListener changes() {
    return new ChangeListener() {
      @Override
      public void handled(String table, TableChange change, int attempt, Optional<Throwable> failure) {
        Outcomes.this.handled(table, text(change), failure.isEmpty(), attempt == LAST_ATTEMPT_OF_A_CHANGE);
      }

      @Override
      public void dead(String table, TableChange change) {
        Outcomes.this.dead(table, text(change));
      }
    };
  }

  private static String text(TableChange change) {
    return change.newItem().orElseThrow().string("text");
  }

  /** Whether something has become of each message; starts of tasks that are dead are not known here. */
  synchronized boolean isSettled(Simulator simulator) {
    return simulator.nextAttempts().isEmpty()
        && all.values().stream().filter(each -> each.accepted && !isOfTask(each)).allMatch(each -> each.over);
  }

  private static boolean isOfTask(Sent each) {
    return each.resource.equals("task") || each.resource.equals("other");
  }

  /** Returns what is wrong after all. */
  synchronized List<String> problems(Simulator simulator) {
    List<String> found = new ArrayList<>(problems);
    overtaken.forEach((each, begun) -> {
      if (each.begun > begun) found.add("was overtaken after " + begun + " times: " + each);
    });
    for (QueueModel queue : simulator.model().queues()) {
      compare(queue.id(), simulator.deadLetters(queue), found);
      simulator.messages(queue).forEach(each -> found.add("is left in " + queue.id() + ": " + each));
    }
    for (TableModel table : simulator.model().tables()) {
      long dead = all.values().stream().filter(each -> each.resource.equals(table.id()) && each.dead > 0).count();
      int letters = simulator.deadLetters(table).size();
      if (letters != dead) found.add(table.id() + " has " + letters + " dead letters, not " + dead);
    }
    for (TaskModel task : simulator.model().tasks()) {
      for (DeadLetter each : simulator.deadLetters(task)) {
        dead(task.id(), each.body().substring(1, each.body().length() - 1));
      }
    }
    simulator.nextAttempts().forEach((task, when) -> found.add("is left in " + task + ": " + when));
    all.values().stream().filter(each -> each.accepted && each.handled + each.dead != 1)
        .forEach(each -> found.add("not once: " + each));
    return found;
  }

  /** The dead letters of a queue are those that were told of. */
  private void compare(String queue, List<DeadLetter> letters, List<String> found) {
    List<String> kept = letters.stream().map(DeadLetter::body).sorted().toList();
    List<String> dead = all.values().stream().filter(each -> each.resource.equals(queue) && each.dead > 0)
        .map(each -> each.text).sorted().toList();
    if (!kept.equals(dead)) found.add(queue + " has the dead letters " + kept + ", not " + dead);
  }
}
