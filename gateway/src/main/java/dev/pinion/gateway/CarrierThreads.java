package dev.pinion.gateway;

/**
 * The JVM's threads that carry virtual threads, for handlers that no gateway calls. While such handlers compute, or pin
 * their carriers, there are more carriers, so that others go on. Any thread.
 *
 * <p>The JVM must open {@code java.lang} to this package; otherwise there are as many carriers as processors.
 */
public final class CarrierThreads {
  private CarrierThreads() {}

  /** Notes that a handler runs, or waits for a carrier, until {@link #leave} is called for it. */
  public static void enter() {
    HandlerLoops.POOLS.entered();
  }

  /** Notes that a handler has ended. */
  public static void leave() {
    HandlerLoops.POOLS.left();
  }
}
