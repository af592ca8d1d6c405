package dev.pinion.lambda;

/**
 * How many calls may be under way at once: one more for each round of calls that succeed, half as many after each round
 * in which one was throttled. Any thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5681#section-3.1">Additive increase, multiplicative decrease, as in
 *     RFC 5681, section 3.1</a>
 */
final class CallWindow {
  private final int most;
  private double size;
  private int under;
  private int round;

  /** A window that begins as wide as it may become. */
  CallWindow(int most) {
    this.most = most;
    size = most;
  }

  /** Waits until one more call may be made; gives its round. */
  synchronized int enter() throws InterruptedException {
    while (under >= (int) size) {
      wait();
    }
    under++;
    return round;
  }

  synchronized void leave() {
    under--;
    notifyAll();
  }

  synchronized void succeeded() {
    size = Math.min(most, size + 1 / size);
    notifyAll();
  }

  /** A call of a round was throttled; gives the round in which it may be repeated. */
  synchronized int throttled(int ofRound) {
    if (ofRound == round) {
      size = Math.max(1, size / 2);
      round++;
    }
    return round;
  }

  synchronized int size() {
    return (int) size;
  }
}
