package dev.pinion;

/** Handles the starts of a {@link Task}. */
@FunctionalInterface
public non-sealed interface TaskHandler<T> extends Handler {
  /**
   * Called once for each start, and again if it fails: after one minute, and then after two more. Lambda may also call
   * it twice for one start, so what must happen once needs an id in the payload.
   *
   * @param payload what was passed to {@link Task#start}
   * @throws Exception if the handler fails
   */
  void handle(T payload) throws Exception;
}
