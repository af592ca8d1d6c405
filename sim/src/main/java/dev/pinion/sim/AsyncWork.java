package dev.pinion.sim;

import dev.pinion.spi.HandlerModel;
import java.util.Optional;

/** What is done with asynchronous invocations of one kind of handler. */
interface AsyncWork<H extends HandlerModel, P> {
  /** Calls the handler. On the run's thread. */
  void handle(AsyncRun<H, P> run) throws Exception;

  /**
   * Returns whether the end of a run whose time is over is noted only when its interrupted handler has ended, or was
   * waited for long enough; otherwise it is noted at once.
   */
  default boolean waitsForHandlers() {
    return false;
  }

  /**
   * Takes note that an attempt has ended. Until this returns, the run counts as running. Once for each run, on its
   * thread or, if its time is over, on another one.
   *
   * @param failure what the handler threw; empty if it succeeded
   */
  void ended(AsyncRun<H, P> run, Optional<Throwable> failure);

  /** The thread of a run has ended, also if its time was over before. Once for each run. */
  default void freed(AsyncRun<H, P> run) {}
}
