package dev.pinion.sim;

import dev.pinion.gateway.HandlerLoad;
import dev.pinion.spi.AppModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What calls handlers of a running app without a client: its schedules, tasks, queues and the changes of its tables, by
 * the clock. Any thread.
 */
final class AsyncTriggers {
  /** How long the clock may jump without being noticed. */
  private static final long LOOK_MILLIS = 1_000;

  private final InstantSource clock;
  private final boolean byHand;
  private final Schedules schedules;
  private final Tasks tasks;
  private final Queues queues;
  private final TableChanges changes;
  private AsyncLog log;
  private boolean started;
  private boolean running;
  private boolean closed;

  /** The triggers of the first program. They call no handler before {@link #start}. */
  AsyncTriggers(SimulatorBuilder options, Schedules schedules, Tasks tasks, Queues queues, TableChanges changes,
      AppModel app,
      AsyncLog log) {
    this.clock = options.clock;
    this.byHand = options.ticksByHand;
    this.schedules = schedules;
    this.tasks = tasks;
    this.queues = queues;
    this.changes = changes;
    this.log = log;
    tasks.replace(app, log);
    queues.replace(app, log);
    changes.replace(app, log);
  }

  Schedules schedules() {
    return schedules;
  }

  Tasks tasks() {
    return tasks;
  }

  TableChanges changes() {
    return changes;
  }

  Queues queues() {
    return queues;
  }

  /** Begins to call handlers by itself. */
  synchronized void start() {
    started = true;
    all(schedules::start, tasks::start, queues::start, changes::start);
    runIfNeeded();
  }

  /** Does something with each of them: whatever is wrong with one does not stop the others. */
  @SuppressWarnings("CatchingUnchecked")
  private void all(Runnable... each) {
    for (Runnable one : each) {
      try {
        one.run();
      } catch (RuntimeException | Error bug) {
        broke(bug);
      }
    }
  }

  private synchronized void runIfNeeded() {
    if (byHand || !started || running
        || (schedules.isEmpty() && tasks.isEmpty() && queues.isEmpty() && changes.isEmpty()))
      return;
    running = true;
    Thread.ofPlatform().daemon().name("pinion-triggers").start(this::run);
  }

  /** Goes on with those of another program. */
  synchronized void replace(AppModel app, AsyncLog next) {
    if (closed) return;
    log = next;
    all(
        () -> schedules.replace(app, next), () -> tasks.replace(app, next), () -> queues.replace(app, next),
        () -> changes.replace(app, next));
    runIfNeeded();
    notifyAll();
  }

  private void run() {
    try {
      for (;;) {
        due();
        synchronized (this) {
          if (closed) return;
          wait(Math.clamp(left(), 1, LOOK_MILLIS));
          if (closed) return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns in how many milliseconds something is due, as far as that is known. */
  private long left() {
    AtomicLong left = new AtomicLong(LOOK_MILLIS);
    all(() -> nextDue().ifPresent(next -> left.set(clock.instant().until(next, ChronoUnit.MILLIS))));
    return left.get();
  }

  private synchronized void broke(Throwable bug) {
    if (!closed) log.broke(bug);
  }

  /** Calls the handlers of all that is due, and interrupts those whose time is over. Does not wait for them. */
  void due() {
    Instant now = clock.instant();
    all(() -> schedules.due(now), tasks::due, queues::due, changes::due);
  }

  /** Returns when {@link #due} has something to do next. */
  Optional<Instant> nextDue() {
    return Stream.of(schedules.nextDue(), tasks.nextDue(), queues.nextDue(), changes.nextDue())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** Returns the next tick of each schedule, and the next attempt of each task, by their ids. */
  Map<String, Instant> next() {
    Map<String, Instant> all = new TreeMap<>(schedules.next());
    all.putAll(tasks.next());
    return all;
  }

  /** Returns a line for each handler of an earlier program that still runs. */
  List<String> retired() {
    return Stream.of(schedules.retired(), tasks.retired(), queues.retired(), changes.retired()).flatMap(List::stream)
        .toList();
  }

  /** Returns the handlers that run. */
  List<RunningHandler> running(AppStack stack) {
    return Stream.of(schedules.running(stack), tasks.running(stack), queues.running(stack), changes.running(stack))
        .flatMap(List::stream).toList();
  }

  HandlerLoad load() {
    return schedules.load().plus(tasks.load()).plus(queues.load()).plus(changes.load());
  }

  /**
   * Ends, and waits for handlers.
   *
   * @return what had not finished
   */
  List<String> close(Duration grace) {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    List<String> unfinished = new CopyOnWriteArrayList<>();
    // handlers may hold up the threads that carry virtual ones
    try (ExecutorService closing = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      closing.execute(() -> unfinished.addAll(schedules.close(grace)));
      closing.execute(() -> unfinished.addAll(tasks.close(grace)));
      closing.execute(() -> unfinished.addAll(queues.close(grace)));
      closing.execute(() -> unfinished.addAll(changes.close(grace)));
    }
    return unfinished.stream().sorted().toList();
  }
}
