package dev.pinion.gateway;

import dev.pinion.engine.InputBudget;
import dev.pinion.engine.InputKeeper;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a connection's queue has only while it is not idle. Guarded by the queue.
 *
 * @param waiting the work that no handler has begun with, in its order
 */
record ActiveWork(Deque<Work> waiting, QueueRoom room, HandlerPace pace) {

  /** That of a queue that was idle, for a number of messages. */
  static ActiveWork begin(int messages, InputBudget budget, InputKeeper queue) {
    return new ActiveWork(new ArrayDeque<>(3), new QueueRoom(messages, budget, queue), new HandlerPace());
  }

  /** Takes work that counts. */
  void add(Work work) {
    waiting.add(work);
    room.add(work.weight());
  }

  /** Drops what waits. */
  void drop() {
    waiting.forEach(work -> room.remove(work.weight()));
    waiting.clear();
  }

  /** Whether the queue would go on with a new one as with this one, if none of its handlers runs. */
  boolean isIdle() {
    return waiting.isEmpty() && room.isIdle() && !pace.isSlow();
  }
}
