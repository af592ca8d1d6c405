package dev.pinion.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads and writes its share of the sockets on one thread, and never blocks on any of them.
 *
 * <pre>
 *          .--------------------------------------------------------------.
 *          v                                                              |
 *      SELECTING --ready keys--> READING ----> HOOK ----> TASKS ----> CHECKS and TICKS
 *      asleep                    accept,     LoopHook     write,      late writes, each
 *                                ^ decode                 close |     1 ms; limits, each 250 ms
 *                                '------ some sockets are left -'
 * </pre>
 *
 * <p>It reads some sockets, and does all that follows from it, before it reads others: what the kernel and this process
 * keep of a socket is then still in the processor's cache when it is written.
 *
 * <p>Other threads hand it work with {@link #execute}: a task wakes the loop only when it is asleep, so that whatever
 * is handed over during one turn is done together. What is sent during a turn is written after the hook has run, so
 * that many messages to one client are one write. While there are checks the loop turns at least once a millisecond.
 *
 * <p>"The loop's thread" is the one that runs it; a {@link LoopHook} can replace it.
 */
public final class EventLoop {
  /** Size of the buffers for reading and for writing. */
  static final int BUFFER = 64 * 1024;

  /** So many frames are written by their senders while the loop sleeps: to wake it costs more than to write one. */
  private static final int WRITES_ASLEEP = 16;
  /** How many sockets are read one after the other. */
  private static final int SOCKETS_PER_TURN = 32;
  private static final long TICK_NANOS = 250_000_000;
  private static final long CHECK_NANOS = 1_000_000;
  /** How long tasks may take in one turn; the clock is read after each few of them. */
  private static final long TASKS_NANOS = 5_000_000;
  private static final int TASKS_PER_LOOK = 8;
  /** So many failed selectors in a row, without a turn in between, end the loop. */
  private static final int MOST_FAILURES = 3;

  private final String name;
  private final Selectors selectors;
  private final PeerProbe probe;
  private final LoopHook hook;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Queue<Pollable> lateWrites = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final List<Runnable> tickers = new CopyOnWriteArrayList<>();
  private final List<BooleanSupplier> checks = new ArrayList<>();
  private final Deque<Pollable> lingering = new ArrayDeque<>();
  private final ByteBuffer receiving = ByteBuffer.allocateDirect(BUFFER);
  private final SendBuffer buffer = new SendBuffer(BUFFER);
  private final byte[] received = new byte[BUFFER];
  private long tickedAt = System.nanoTime();
  private long checkedAt = tickedAt;
  private volatile Selector selector;
  private int failures;
  private boolean stopping;
  /** How many frames their senders were to write since the loop fell asleep, as far as threads see of each other. */
  private int writesAsleep;
  /** Whether the loop sleeps for a millisecond at most. */
  private volatile boolean dozing;
  private volatile boolean ended;

  /** The system's selectors. */
  interface Selectors {
    Selectors SYSTEM = new Selectors() {};

    default Selector open() throws IOException {
      return Selector.open();
    }

    /** Waits for sockets, for so many milliseconds at most; 0 stands for no limit, and -1 for no wait. */
    default void select(Selector selector, Consumer<SelectionKey> ready, long millis) throws IOException {
      if (millis < 0) {
        selector.selectNow(ready);
      } else {
        selector.select(ready, millis);
      }
    }
  }

  EventLoop(String name, Selectors selectors, PeerProbe probe, Function<EventLoop, LoopHook> hook) throws IOException {
    this.name = name;
    this.selectors = selectors;
    this.probe = probe;
    selector = selectors.open();
    this.hook = hook.apply(this);
  }

  /** Starts the loop's first thread, or one that goes on in place of another; see {@link LoopHook}. */
  public void start() {
    hook.thread(this::run, name).start();
  }

  /** Returns whether the loop has closed its selector. Any thread. */
  public boolean hasEnded() {
    return ended;
  }

  /** Ends the loop once its last socket has lingered. The servers must have been closed before. */
  void stop() {
    execute(() -> stopping = true);
  }

  SelectionKey register(SelectableChannel channel, int operations, Pollable socket) throws IOException {
    return channel.register(selector, operations, socket);
  }

  /** Returns what reports whether the clients of paused sockets are gone. */
  PeerProbe probe() {
    return probe;
  }

  /** The buffer to read into, for this turn of this thread. */
  ByteBuffer receiving() {
    return receiving.clear();
  }

  /** The bytes just read, for this turn of this thread. */
  byte[] received() {
    return received;
  }

  /** The buffer to write from. */
  SendBuffer buffer() {
    return buffer;
  }

  /**
   * Returns whether who sends a frame is to write it: the loop sleeps, and would have to be woken. Who sends many lets
   * it write, as frames that wait for the same client are then one write. Any thread.
   */
  boolean leavesWriting() {
    return asleep.get() && writesAsleep++ < WRITES_ASLEEP;
  }

  /** Runs a task on the loop's thread, in this turn or the next; never when the loop has ended. Any thread. */
  public void execute(Runnable task) {
    tasks.add(task);
    wake();
  }

  /** Adds a task as {@link #execute} does, but leaves the wake-up to the caller, who must call {@link #wake}. */
  void add(Runnable task) {
    tasks.add(task);
  }

  /** Wakes the loop if it is asleep. Any thread. */
  void wake() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  /** Asks a socket to write in each turn from now on, until it says that it need not be asked again. Any thread. */
  void writeLater(Pollable socket) {
    lateWrites.add(socket);
    if (asleep.get() && !dozing) {
      wake();
    }
  }

  /** Gives back the file descriptors of sockets that were closed: the selector keeps them until it looks again. */
  void release() {
    try {
      selector.selectNow(EventLoop::handle);
    } catch (IOException e) {
      throw new UncheckedIOException("The selector failed", e);
    }
  }

  /** Calls a task about four times a second. Any thread. */
  public void addTicker(Runnable ticker) {
    execute(() -> tickers.add(ticker));
  }

  /** Ends what {@link #addTicker} began. Any thread. */
  public void removeTicker(Runnable ticker) {
    execute(() -> tickers.remove(ticker));
  }

  /** Calls a check about once a millisecond until it returns false. On the loop's thread. */
  public void check(BooleanSupplier check) {
    if (checks.isEmpty()) {
      checkedAt = System.nanoTime();
    }
    checks.add(check);
  }

  /** Lets a socket wait for its client to close. On the loop's thread. */
  void linger(Pollable socket) {
    lingering.add(socket);
  }

  /** Calls an action with every socket. On the loop's thread. */
  void forEach(Consumer<Pollable> action) {
    for (SelectionKey key : selector.keys()) {
      action.accept((Pollable) key.attachment());
    }
  }

  private void run() {
    boolean replaced = false;
    List<SelectionKey> ready = new ArrayList<>();
    while (!replaced && !isDone()) {
      try {
        select(ready);
      } catch (IOException | RuntimeException e) {
        asleep.set(false);
        ready.clear();
        if (!replaceSelector(e)) {
          giveUp(e);
          return;
        }
      }
      hook.selected();
      replaced = !turns(ready);
      ready.clear();
    }
    if (!replaced) {
      end();
    }
  }

  /** Handles what is ready; returns false when another thread runs the loop by now, which selects the rest again. */
  private boolean turns(List<SelectionKey> ready) {
    int at = 0;
    do {
      for (int end = Math.min(at + SOCKETS_PER_TURN, ready.size()); at < end; at++) {
        handle(ready.get(at));
      }
      if (!hook.run()) {
        return false;
      }
      work();
    } while (at < ready.size());
    return true;
  }

  /** Moves all sockets to another selector; returns false when that fails too. */
  private boolean replaceSelector(Exception failure) {
    log("The selector of " + name + " failed, and is replaced", failure);
    failures++;
    if (failures > MOST_FAILURES) {
      return false;
    }
    try {
      Selector next = selectors.open();
      for (SelectionKey key : selector.keys()) {
        if (key.isValid()) {
          Pollable socket = (Pollable) key.attachment();
          int operations = key.interestOps();
          key.cancel();
          socket.moved(key.channel().register(next, operations, socket));
        }
      }
      Selector old = selector;
      selector = next;
      old.close();
      return true;
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /** The loop cannot go on: its sockets are closed, and their servers say why they end. */
  private void giveUp(Exception failure) {
    log("The event loop " + name + " ends: its selector failed, and cannot be replaced", failure);
    ended = true;
    List<Pollable> sockets = new ArrayList<>();
    guard(() -> forEach(sockets::add));
    sockets.forEach(socket -> guard(() -> socket.loopEnded(failure)));
    end();
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guard(task);
    }
  }

  private boolean isDone() {
    return stopping && lingering.isEmpty() && tasks.isEmpty() && hook.isIdle();
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

  private void select(List<SelectionKey> ready) throws IOException {
    boolean brief = !checks.isEmpty() || !lateWrites.isEmpty();
    dozing = brief;
    writesAsleep = 0;
    asleep.set(true);
    long millis;
    if (!tasks.isEmpty() || !hook.isIdle()) {
      millis = -1;
    } else if (brief || !lateWrites.isEmpty()) {
      millis = 1;
    } else {
      millis = tickers.isEmpty() && lingering.isEmpty() ? 0 : TICK_NANOS / 1_000_000;
    }
    selectors.select(selector, ready::add, millis);
    asleep.set(false);
    failures = 0;
  }

  private void work() {
    long now = runTasks();
    for (Pollable late = lateWrites.peek(); late != null && late.writeIfDue(now); late = lateWrites.peek()) {
      lateWrites.remove();
    }
    if (!checks.isEmpty() && now - checkedAt >= CHECK_NANOS) {
      checkedAt = now;
      guard(() -> checks.removeIf(check -> !check.getAsBoolean()));
    }
    if (now - tickedAt >= TICK_NANOS) {
      tickedAt = now;
      tickers.forEach(EventLoop::guard);
      guard(() -> forEach(Pollable::probe));
    }
    while (!lingering.isEmpty() && lingering.peek().closeIfDue(now)) {
      lingering.remove();
    }
  }

  /** Runs tasks for a while, in their order; returns the time. */
  private long runTasks() {
    long now = System.nanoTime();
    long until = now + TASKS_NANOS;
    int run = 0;
    for (Runnable task = tasks.poll(); task != null; task = now - until < 0 ? tasks.poll() : null) {
      guard(task);
      if (++run % TASKS_PER_LOOK == 0) {
        now = System.nanoTime();
      }
    }
    return run % TASKS_PER_LOOK == 0 ? now : System.nanoTime();
  }

  /** Runs a task; what it throws is logged, and ends the loop for nobody. */
  public static void guard(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      log("A task of an event loop failed", e);
    }
  }

  /** A log that cannot work, such as for want of a file descriptor, must not end the loop. */
  private static void log(String message, Throwable failure) {
    try {
      System.getLogger(EventLoop.class.getPackageName()).log(System.Logger.Level.ERROR, message, failure);
    } catch (Throwable unlogged) {
      System.err.println(message + ": " + failure + " (and the log failed: " + unlogged + ")");
    }
  }

  private static void handle(SelectionKey key) {
    if (!key.isValid()) {
      return; // closed since it was ready
    }
    Pollable socket = (Pollable) key.attachment();
    try {
      socket.ready();
    } catch (Throwable e) {
      guard(() -> socket.failed(e));
    }
  }
}
