package dev.pinion.lambda;

/**
 * Limits how many calls run at once. The limit grows by one after each round of successful calls, and is halved after
 * each round in which a call was throttled. Any thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5681#section-3.1">Additive increase, multiplicative decrease, as in
 *     RFC 5681, section 3.1</a>
 */
final class CallWindow {
  private final int most;
  private double size;
  private int under;
  private int round;

  /** Creates a window that starts at its maximum size. */
  CallWindow(int most) {
    this.most = most;
    size = most;
  }

  /** Waits until one more call may start, and returns its round. */
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

  /** Notes that a call of a round was throttled, and returns the round in which it may be repeated. */
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
