package dev.pinion.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads and writes its share of the sockets on one thread, and never blocks on any of them.
 *
 * <pre>
 *          .------------------------------------------------------------.
 *          v                                                            |
 *      SELECTING --ready keys--> READING --> HANDLERS --> TASKS --> LANES and TICKS
 *      asleep                    accept,     of what      flush     stuck handlers;
 *                                decode      was read     queues,   limits, every
 *                                                         close     250 ms
 * </pre>
 *
 * <p>Others hand it work by {@link #execute}: a task wakes it only when it is asleep, so that whatever is handed over
 * during one turn is done together. What handlers send to others is written after all of them have run, so that many
 * messages to one client are one write. While lanes have a backlog it turns at least once a millisecond.
 *
 * <p>"The loop's thread" is the one that leads it, another one once a handler has held up the first; see {@link Turn}.
 */
final class EventLoop implements Runnable {
  /** Size of the one buffer each for reading and for writing. */
  static final int BUFFER = 64 * 1024;

  private static final long TICK_NANOS = 250_000_000;
  private static final long WATCH_NANOS = 1_000_000;
  /** How long tasks may take in one turn. */
  private static final long WORK_NANOS = 5_000_000;

  private final String name;
  private final Selector selector;
  private final Turn handlers;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final List<Runnable> tickers = new CopyOnWriteArrayList<>();
  private final List<Lane> watched = new ArrayList<>();
  private final Deque<Wire> lingering = new ArrayDeque<>();
  private final List<Work> staged = new ArrayList<>();
  private final ByteBuffer receiving = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer sending = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] received = new byte[BUFFER];
  private long tickedAt = System.nanoTime();
  private long watchedAt = tickedAt;
  /** The watchdog's: nobody leads, as no thread could be started. */
  private boolean abandoned;
  private boolean stopping;
  private volatile boolean ended;

  EventLoop(String name, Watchdog watchdog) throws IOException {
    this.name = name;
    handlers = new Turn(watchdog);
    selector = Selector.open();
  }

  void start() {
    new HandlerThreads.LoopThread(this, name).start();
  }

  /**
   * Lets another thread go on with the loop when a handler holds it up; whether this has to be asked again soon. By the
   * watchdog.
   */
  boolean relieve() {
    abandoned |= handlers.relieve();
    if (abandoned) {
      guard(() -> {
        start();
        abandoned = false;
      });
    }
    return abandoned || handlers.isRunning();
  }

  /** Whether the loop has closed its selector. Any thread. */
  boolean hasEnded() {
    return ended;
  }

  /** Ends the thread once its last socket has lingered. The gateways must have been closed before. */
  void stop() {
    execute(() -> stopping = true);
  }

  Selector selector() {
    return selector;
  }

  /** The buffer to read into, for this turn of this thread. */
  ByteBuffer receiving() {
    return receiving.clear();
  }

  /** The bytes just read, for this turn of this thread. */
  byte[] received() {
    return received;
  }

  /** The buffer to write from, for this turn of this thread. */
  ByteBuffer sending() {
    return sending;
  }

  /** The handlers that are to run in this turn. */
  Turn handlers() {
    return handlers;
  }

  /** Whether the loop waits for sockets, or reads what came, so that handing it work costs a wakeup. Any thread. */
  boolean asleep() {
    return asleep.get();
  }

  /** Runs a task on the loop's thread, in this turn or the next. Any thread. */
  void execute(Runnable task) {
    tasks.add(task);
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  /** Gives back the file descriptors of sockets that were closed: the selector keeps them until it looks again. */
  void release() {
    try {
      selector.selectNow(EventLoop::ready);
    } catch (IOException e) {
      throw new UncheckedIOException("The selector failed", e);
    }
  }

  /** Calls a task about four times a second. Any thread. */
  void addTicker(Runnable ticker) {
    execute(() -> tickers.add(ticker));
  }

  /** Ends what {@link #addTicker} began. Any thread. */
  void removeTicker(Runnable ticker) {
    execute(() -> tickers.remove(ticker));
  }

  /** Looks after a lane until it has no backlog. On the loop's thread. */
  void watch(Lane lane) {
    if (watched.isEmpty()) {
      watchedAt = System.nanoTime();
    }
    watched.add(lane);
  }

  /** Closes a wire when its time to linger is over. On the loop's thread. */
  void linger(Wire wire) {
    lingering.add(wire);
  }

  /** Where a connection collects what it decodes in this turn of this thread. */
  List<Work> staged() {
    return staged;
  }

  /** Closes one gateway's sockets, but for those that only wait for their client to close. On the loop's thread. */
  void closeAll(Hub hub) {
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Wire wire && wire.hub() == hub && !wire.isDraining()) {
        wire.close();
      }
    }
  }

  @Override
  public void run() {
    boolean relieved = false;
    try {
      while (!relieved && !isDone()) {
        select();
        relieved = !handlers.run();
        if (!relieved) {
          work();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The selector failed", e);
    } finally {
      if (!relieved) {
        end();
      }
    }
  }

  private boolean isDone() {
    return stopping && lingering.isEmpty() && tasks.isEmpty() && handlers.isEmpty();
  }

  private void end() {
    ended = true;
    guard(() -> {
      try {
        selector.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void select() throws IOException {
    asleep.set(true);
    if (tasks.isEmpty() && handlers.isEmpty()) {
      selector.select(EventLoop::ready, timeout());
    } else {
      selector.selectNow(EventLoop::ready);
    }
    asleep.set(false);
  }

  private void work() {
    long now = System.nanoTime();
    long until = now + WORK_NANOS;
    for (Runnable task = tasks.poll(); task != null; task = now - until < 0 ? tasks.poll() : null) {
      guard(task);
      now = System.nanoTime();
    }
    if (!watched.isEmpty() && now - watchedAt >= WATCH_NANOS) {
      watchedAt = now;
      guard(() -> watched.removeIf(lane -> !lane.check()));
    }
    if (now - tickedAt >= TICK_NANOS) {
      tickedAt = now;
      tickers.forEach(EventLoop::guard);
    }
    while (!lingering.isEmpty() && lingering.peek().lingered(now)) {
      lingering.remove().close();
    }
  }

  private long timeout() {
    if (!watched.isEmpty()) {
      return 1;
    }
    return tickers.isEmpty() && lingering.isEmpty() ? 0 : TICK_NANOS / 1_000_000;
  }

  /** A task's mistake must not end the loop for all others. */
  static void guard(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      System.getLogger(EventLoop.class.getPackageName())
          .log(System.Logger.Level.ERROR, "A task of an event loop failed", e);
    }
  }

  private static void ready(SelectionKey key) {
    Pollable socket = (Pollable) key.attachment();
    try {
      socket.ready();
    } catch (Throwable e) {
      socket.failed(e);
    }
  }
}
