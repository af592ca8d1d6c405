package dev.pinion.sim;

/**
 * How many batches of one resource are handled at once. Who finds all slots taken may rely on being heard: whoever
 * gives back a slot that it took in vain looks again in its place. Any thread.
 */
final class Slots {
  private final int most;
  private int taken;
  private boolean refused;

  Slots(int most) {
    this.most = most;
  }

  /** Takes a slot, if there is one. */
  synchronized boolean take() {
    if (taken >= most) {
      refused = true;
      return false;
    }
    taken++;
    return true;
  }

  /** Gives a slot back; returns whether somebody was refused meanwhile, so that there may be more to take. */
  synchronized boolean giveBack() {
    taken--;
    boolean again = refused;
    refused = false;
    return again;
  }

  synchronized boolean areTaken() {
    return taken >= most;
  }
}
