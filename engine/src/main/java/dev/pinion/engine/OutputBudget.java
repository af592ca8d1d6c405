package dev.pinion.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How much memory all sockets of a server take for what their clients have not read yet. When it is exceeded, those
 * whose output has not been empty for longest lose. Thread-safe.
 *
 * <p>Sockets report in steps of some kilobytes, so that a client that reads what it is sent costs nothing here.
 */
final class OutputBudget {
  private final long most;
  private final Consumer<Pollable> drop;
  private final Map<Pollable, Integer> kept = new LinkedHashMap<>();
  private long total;
  private volatile boolean exceeded;

  /**
   * A budget.
   *
   * @param most the most bytes
   * @param drop closes a socket soon, on any thread; called under locks
   */
  OutputBudget(long most, Consumer<Pollable> drop) {
    this.most = most;
    this.drop = drop;
  }

  /** Returns whether sockets keep too much, so that those that already keep something must take no more. */
  boolean isExceeded() {
    return exceeded;
  }

  /** A socket keeps so many bytes by now. */
  synchronized void keeps(Pollable socket, int bytes) {
    Integer before = bytes == 0 ? kept.remove(socket) : kept.put(socket, bytes);
    total += bytes - (before == null ? 0 : before);
    if (total > most) {
      long excess = total - most;
      for (Map.Entry<Pollable, Integer> slowest : kept.entrySet()) {
        if (excess > 0) {
          drop.accept(slowest.getKey());
          excess -= slowest.getValue();
        }
      }
    }
    exceeded = total > most;
  }
}
