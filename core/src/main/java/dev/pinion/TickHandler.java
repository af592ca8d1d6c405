package dev.pinion;

/** Handles the ticks of a schedule. */
@FunctionalInterface
public non-sealed interface TickHandler extends Handler {
  /**
   * Called once for each tick, and again if it fails. A tick does not wait for the one before it.
   *
   * @throws Exception if the handler fails; Lambda calls it again after one minute, and then after two more
   */
  void handle(Tick tick) throws Exception;
}
