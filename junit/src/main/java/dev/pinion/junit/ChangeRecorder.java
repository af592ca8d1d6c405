package dev.pinion.junit;

import dev.pinion.TableChange;
import dev.pinion.sim.ChangeListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What has become of the changes of tables in one test. Any thread. */
final class ChangeRecorder implements ChangeListener {
  private final Transcript transcript;
  private final Map<String, List<TableChange>> handled = new ConcurrentHashMap<>();

  ChangeRecorder(Transcript transcript) {
    this.transcript = transcript;
  }

  @Override
  public void handled(String table, TableChange change, int attempt, Optional<Throwable> failure) {
    transcript.add(
        "table " + table, change.type() + " of " + change.key()
            + failure.map(each -> ": the handler failed with " + each).orElse(" was handled"));
    if (failure.isEmpty()) handled.computeIfAbsent(table, _ -> new CopyOnWriteArrayList<>()).add(change);
  }

  @Override
  public void dead(String table, TableChange change) {
    transcript.add("table " + table, change.type() + " of " + change.key() + " is a dead letter");
  }

  /** Returns the changes of a table for which the handler has succeeded, in the order in which it has. */
  List<TableChange> handled(String table) {
    return List.copyOf(handled.getOrDefault(table, List.of()));
  }
}
