package dev.pinion.gateway;

import dev.pinion.engine.InputBudget;
import dev.pinion.engine.InputKeeper;

/**
 * How much more work a connection's queue takes: by its own limits, and by what all clients together may keep.
 *
 * <pre>
 *            too many messages or bytes
 *   TAKING ------------------------------> STALLED: the connection decodes nothing
 *      ^                                      |
 *      `-------- half of it is done ----------'
 * </pre>
 *
 * <p>Guarded by the queue.
 */
final class QueueRoom {
  private static final int WEIGHT = 1024 * 1024;

  private final int messages;
  private final InputBudget budget;
  private final InputKeeper queue;
  private int reported;
  private int weight;
  private boolean stalled;

  QueueRoom(int messages, InputBudget budget, InputKeeper queue) {
    this.messages = messages;
    this.budget = budget;
    this.queue = queue;
  }

  void add(int bytes) {
    weight += bytes;
    report();
  }

  void remove(int bytes) {
    weight -= bytes;
    report();
  }

  private void report() {
    if (InputBudget.isDue(reported, weight)) {
      reported = weight;
      budget.keeps(queue, weight);
    }
  }

  /** Whether it counts nothing. */
  boolean isIdle() {
    return weight == 0 && reported == 0 && !stalled;
  }

  /** Returns how many more messages there is room for when so many wait or are handled. */
  int left(int load) {
    if (weight >= WEIGHT) {
      return 0;
    }
    int left = Math.max(0, messages - load);
    return budget.isTight() ? Math.min(left, load == 0 ? 1 : 0) : left;
  }

  /** Returns whether there is no room when so many wait or are handled; then {@link #resumes} says when there is. */
  boolean stalls(int load) {
    stalled = left(load) == 0;
    return stalled;
  }

  /** Returns true once when there is room again. */
  boolean resumes(int load) {
    boolean resume = stalled && load <= messages / 2 && weight <= WEIGHT / 2;
    stalled &= !resume;
    return resume;
  }
}
