package dev.pinion.gateway;

import dev.pinion.engine.EventLoop;
import dev.pinion.engine.EventLoops;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of this process, on which handlers run, shared by all its gateways: started with the first and
 * stopped with the last.
 */
final class HandlerLoops {
  private static final Object LOCK = new Object();
  static final HandlerPools POOLS = new HandlerPools();
  private static @Nullable HandlerLoops shared;
  private static int users;

  private final EventLoops loops;
  private final Map<EventLoop, LoopHandlers> handlers;
  private final Watchdog watchdog;

  private HandlerLoops(EventLoops loops, Map<EventLoop, LoopHandlers> handlers, Watchdog watchdog) {
    this.loops = loops;
    this.handlers = handlers;
    this.watchdog = watchdog;
  }

  /** Returns the loops, to be given back by {@link #release}. */
  static HandlerLoops acquire() throws IOException {
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
        loops.stop();
        watchdog.stop();
        shared = null;
      }
    }
  }

  EventLoops loops() {
    return loops;
  }

  /** Returns the handlers of a loop. */
  LoopHandlers of(EventLoop loop) {
    return Objects.requireNonNull(handlers.get(loop));
  }

  private static HandlerLoops start(int count) throws IOException {
    Map<EventLoop, LoopHandlers> handlers = new HashMap<>();
    Watchdog watchdog = new Watchdog("pinion-watchdog", false);
    EventLoops loops = EventLoops.start(count, SocketPoll.ofSystem(), loop -> {
      LoopHandlers made = new LoopHandlers(loop, watchdog, POOLS);
      handlers.put(loop, made);
      return made;
    });
    watchdog.start(List.copyOf(handlers.values()));
    return new HandlerLoops(loops, handlers, watchdog);
  }
}
