package dev.pinion.gateway;

/**
 * What a gateway has to do at one moment.
 *
 * @param waiting the messages and other events that no handler has begun with
 * @param running the handlers that run
 * @param blocked how many of those that run wait for something
 */
public record HandlerLoad(int waiting, int running, int blocked) {

  /** Nothing. */
  public static final HandlerLoad NONE = new HandlerLoad(0, 0, 0);

  /** Returns whether nothing waits and nothing runs. */
  public boolean isIdle() {
    return waiting == 0 && running == 0;
  }

  /** Returns whether nothing goes on by itself: all handlers that run wait for something. */
  public boolean isBlocked() {
    return running > 0 && running == blocked;
  }

  /** Returns the sum of two loads. */
  public HandlerLoad plus(HandlerLoad other) {
    return new HandlerLoad(waiting + other.waiting, running + other.running, blocked + other.blocked);
  }
}
