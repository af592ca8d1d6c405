package dev.pinion.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Some event loops, among which sockets are distributed in turn. Several servers may share them. Thread-safe. */
public final class EventLoops {
  private final List<EventLoop> loops;
  private final AtomicInteger turn = new AtomicInteger();

  private EventLoops(List<EventLoop> loops) {
    this.loops = loops;
  }

  /**
   * Makes a number of loops, each with its own hook, and starts them.
   *
   * @param probe reports whether the clients of paused sockets are gone
   * @throws IOException when the system gives no selector
   */
  public static EventLoops start(int count, PeerProbe probe, Function<EventLoop, LoopHook> hook) throws IOException {
    return start(count, EventLoop.Selectors.SYSTEM, probe, hook);
  }

  static EventLoops start(
      int count, EventLoop.Selectors selectors, PeerProbe probe, Function<EventLoop, LoopHook> hook)
      throws IOException {
    List<EventLoop> loops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      loops.add(new EventLoop("pinion-loop-" + i, selectors, probe, hook));
    }
    loops.forEach(EventLoop::start);
    return new EventLoops(List.copyOf(loops));
  }

  /** Ends all loops once their last sockets are closed. The servers must have been closed before. */
  public void stop() {
    loops.forEach(EventLoop::stop);
  }

  /**
   * Returns the loop for the next socket.
   *
   * @throws IOException when all have ended
   */
  EventLoop next() throws IOException {
    for (int i = 0; i < loops.size(); i++) {
      EventLoop loop = loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
      if (!loop.hasEnded()) {
        return loop;
      }
    }
    throw new IOException("All event loops have ended");
  }

  /** Returns all loops. */
  public List<EventLoop> all() {
    return loops;
  }
}
