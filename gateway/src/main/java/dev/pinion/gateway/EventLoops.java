package dev.pinion.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The event loops of this process, shared by all its gateways: started with the first and stopped with the last. */
final class EventLoops {
  private static final Object LOCK = new Object();
  private static @Nullable EventLoops shared;
  private static int users;

  private final List<EventLoop> loops;
  private final Watchdog watchdog;
  private final AtomicInteger turn = new AtomicInteger();

  private EventLoops(List<EventLoop> loops, Watchdog watchdog) {
    this.loops = loops;
    this.watchdog = watchdog;
  }

  /** The loops, to be given back by {@link #release}. */
  static EventLoops acquire() throws IOException {
    synchronized (LOCK) {
      if (shared == null) {
        shared =
            start(Integer.getInteger("pinion.loops", Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4)));
      }
      users++;
      return shared;
    }
  }

  /** Gives the loops back. */
  void release() {
    synchronized (LOCK) {
      users--;
      if (users == 0) {
        loops.forEach(EventLoop::stop);
        watchdog.stop();
        shared = null;
      }
    }
  }

  /** The loop for the next socket. */
  EventLoop next() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  List<EventLoop> all() {
    return loops;
  }

  private static EventLoops start(int count) throws IOException {
    List<EventLoop> loops = new ArrayList<>();
    Watchdog watchdog = new Watchdog(loops);
    for (int i = 0; i < count; i++) {
      loops.add(new EventLoop("pinion-loop-" + i, watchdog));
    }
    loops.forEach(EventLoop::start);
    watchdog.start();
    return new EventLoops(List.copyOf(loops), watchdog);
  }
}
