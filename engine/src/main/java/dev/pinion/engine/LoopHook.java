package dev.pinion.engine;

/**
 * What else an {@link EventLoop} runs, and on which thread the loop runs.
 *
 * <p>A loop selects the sockets that are ready. Each turn of it first reads from some of them, then calls {@link #run},
 * and then writes. The hook can hand the loop to another thread in between: it calls {@link EventLoop#start} from
 * elsewhere, and returns false from {@link #run}.
 */
public interface LoopHook {

  /** Runs nothing else; each loop has one thread, which keeps the JVM alive. */
  LoopHook NONE = new LoopHook() {};

  /** Returns the thread that is to run a loop, not started. */
  default Thread thread(Runnable loop, String name) {
    return new Thread(loop, name);
  }

  /** The loop has selected sockets, and begins with its turns. On the loop's thread. */
  default void selected() {}

  /** Returns whether there is nothing to {@link #run}. */
  default boolean isIdle() {
    return true;
  }

  /**
   * Runs what has come up while the loop read, on the loop's thread. Returns false when another thread runs the loop
   * meanwhile; this one then ends.
   */
  default boolean run() {
    return true;
  }
}
