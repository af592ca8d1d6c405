package dev.pinion.sim;

import dev.pinion.Tick;
import java.util.Optional;

/** Learns of the ticks of an app's schedules. Called by the threads that run the handlers, and must not block. */
@FunctionalInterface
public interface TickListener {
  /**
   * A handler has been called.
   *
   * @param schedule the schedule's id
   * @param failure what it threw; empty if it succeeded
   */
  void handled(String schedule, Tick tick, Optional<Throwable> failure);
}
