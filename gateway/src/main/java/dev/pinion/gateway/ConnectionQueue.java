package dev.pinion.gateway;

import dev.pinion.engine.InputBudget;
import dev.pinion.engine.InputKeeper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be handled of one connection, and the virtual threads that handle it.
 *
 * <p>One {@link HandlerThread} handles what waits, one message after the other, as long as handlers return at once.
 * When one blocks, the rest goes on beside it, so that messages start in order and may overlap; such a queue then
 * goes on as soon as one blocks, until its handlers are quick again. An ordered queue has one thread only.
 *
 * <pre>
 *            publish: start one               HandlerPace is slow
 *     EMPTY --------------------> ONE THREAD ---------------------> MANY THREADS: one more
 *     ^ |                          |      ^                           |     |   when the newest blocks
 *     | |                          |      '--- HandlerPace is quick --'     |
 *     | |                          |                                        |
 *     '-+------ nothing left ------'----------------------------------------'
 *       |
 *       '-- end --> OVER: takes no more; leaves the Departures when its last handler has finished
 * </pre>
 *
 * <p>Two states beside it have classes of their own: {@link QueueRoom}, whether the connection may decode more, and
 * {@link HandlerPace}. Thread-safe; the lock is never held while a handler runs.
 */
final class ConnectionQueue extends SenderView implements HandlerThread.Queue, Departures.Unfinished, InputKeeper {
  /** After a handler that took longer its thread lets others run. */
  private static final long LONG_MILLIS = 2;
  /** So many threads of a connection may compute at once. */
  private static final int MOST_BUSY = 2;

  private final QueueSettings settings;
  private final QueueClient client;
  private final LoopHandlers loop;
  private final InputBudget budget;
  /** Given back by a queue that is idle. */
  private @Nullable ActiveWork active;
  /** Replaced rather than changed: mostly there is none, or one. */
  private List<HandlerThread> threads = List.of();
  private int starting;
  /** Those that were interrupted and run on. */
  private List<HandlerThread> abandoned = List.of();
  private boolean checked;
  private boolean over;

  private volatile HandlerStretches stretches = HandlerStretches.NONE;

  ConnectionQueue(QueueSettings settings, QueueClient client, LoopHandlers loop, InputBudget budget) {
    this.settings = settings;
    this.client = client;
    this.loop = loop;
    this.budget = budget;
    active = ActiveWork.begin(settings.messagesInFlight(), budget, this);
  }

  /** Takes the handshake's question. On the connection's event loop. */
  void ask(Work question) {
    var _ = take(List.of(question), false);
  }

  /**
   * Takes work, in order; returns whether there is room for more. If not, the connection is resumed when there is. On
   * the connection's event loop.
   */
  boolean publish(List<? extends Work> works) {
    return take(works, true);
  }

  private boolean take(List<? extends Work> works, boolean stalls) {
    HandlerThread starter;
    boolean check;
    boolean hasRoom;
    synchronized (this) {
      if (!over && !works.isEmpty()) {
        works.forEach(active()::add);
        showBacklog(true);
      }
      starter = over ? null : starter();
      check = !over && checks();
      hasRoom = !stalls || !active().room().stalls(load());
    }
    if (starter != null) {
      loop.add(starter);
    }
    if (check) {
      loop.loop().check(this::check);
    }
    return hasRoom;
  }

  /** Notes that {@link #end} is about to be called, so that somebody who waits for the end waits for this queue. */
  void depart() {
    settings.departures().add(this);
  }

  /** Drops what waits: the client is lost. Any thread. */
  synchronized void drop() {
    active().drop();
  }

  @Override
  public void overBudget() {
    client.overBudget();
  }

  /** Takes the last work, or none, and no more afterwards. Any thread. */
  void end(Collection<? extends Work> last) {
    HandlerThread starter;
    boolean finished;
    boolean check;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      active().waiting().addAll(last);
      showBacklog(waits() > 0);
      starter = starter();
      finished = isFinished();
      check = checks();
    }
    start(starter, check);
    if (finished) {
      leave();
    }
  }

  private void leave() {
    client.finished();
    settings.departures().remove(this);
  }

  /** Returns how many more messages may be published: none when too many or too many bytes wait or are handled. */
  synchronized int room() {
    return active().room().left(load());
  }

  @Override
  public void drain(HandlerThread thread) {
    for (Work work = next(thread); work != null; work = next(thread)) {
      settings.invoker().handle(client, thread, work);
    }
    client.flush();
  }

  /** Ends a thread's work, if it had any, and returns its next, null when it is to end. On the thread. */
  private @Nullable Work next(HandlerThread thread) {
    HandlerThread starter;
    boolean resume;
    boolean departs;
    boolean check;
    Work work = null;
    boolean onLoop = runsOnLoop(thread);
    long now = onLoop ? thread.since() : settings.clock().millis();
    boolean tookLong;
    synchronized (this) {
      boolean finished = finish(thread, now);
      tookLong = finished && now - thread.since() > LONG_MILLIS;
      if (thread.isAbandoned()) {
        abandoned = HandlerThread.without(abandoned, thread);
        thread.ended();
      } else {
        boolean beside = threads.size() > 1 && settings.invoker().isOrdered();
        boolean leaves = finished && (computes() || starting > 0 || !active().pace().mayTake(thread));
        work = take(thread, beside || leaves, onLoop, now);
      }
      starter = starter();
      showSole(work != null && threads.size() == 1 && starting == 0 ? thread : null);
      check = checks();
      showBacklog(waits() > 0);
      departs = isFinished();
      resume = active().room().resumes(load());
    }
    start(starter, check);
    if (resume) client.resume();
    if (departs) leave();
    if (tookLong && work != null) {
      HandlerThread.endStretch();
    }
    return work;
  }

  /** A thread has started, or has finished its work; returns whether it has. */
  private boolean finish(HandlerThread thread, long now) {
    if (thread.isFresh()) {
      starting--;
      threads = HandlerThread.with(threads, thread);
      return false;
    }
    active().room().remove(thread.weight());
    active().pace().finished(now - thread.since());
    return true;
  }

  /**
   * Takes a thread's next work; without any it leaves the queue. A thread that has computed leaves too: the next one
   * waits behind those of other connections. So does one that runs beside others in a queue that has become ordered, or
   * that would overtake the newest one, or the one that starts.
   */
  private @Nullable Work take(HandlerThread thread, boolean leaves, boolean onLoop, long now) {
    Work work = leaves ? null : active().waiting().poll();
    thread.begin(work, onLoop && work != null ? work.at() : now);
    active().pace().took(thread, work != null);
    if (work == null) {
      threads = HandlerThread.without(threads, thread);
    }
    return work;
  }

  /** Returns whether a thread handles what this queue has held. Any thread. */
  synchronized boolean isHandledBy(Thread thread) {
    return threads.stream().anyMatch(handler -> handler.thread().equals(thread));
  }

  @Override
  boolean runsOnLoop(HandlerThread thread) {
    return loop.isRunning(thread);
  }

  @Override
  public void execute(Runnable stretch) {
    loop.execute(this, stretch);
  }

  @Override
  public void computedLong() {
    stretches = stretches.afterLong();
  }

  @Override
  public void computedShort() {
    stretches.computedShort();
  }

  @Override
  public void stretchEnded() {
    if (hasBacklog()) {
      HandlerThread starter;
      synchronized (this) {
        starter = starter();
      }
      start(starter);
    }
  }

  @Override
  public boolean computes() {
    return stretches.computes();
  }

  @Override
  public ComputingPool.Share share() {
    return stretches.share();
  }

  /**
   * Looks for handlers that hold up others, about once a millisecond; returns false when nothing waits any more. On the
   * connection's event loop.
   */
  private boolean check() {
    HandlerThread starter = null;
    synchronized (this) {
      if (waits() == 0) {
        checked = false;
        return false;
      }
      HandlerPace pace = active().pace();
      long busy = threads.stream().filter(thread -> !thread.isBlocked()).count();
      pace.check(starting > 0, busy == 0);
      starter = starter(pace.overlaps() || (busy < MOST_BUSY && pace.isHeldUpLong()));
    }
    start(starter);
    return true;
  }

  @Override
  public void sweep(long now, long held) {
    if (threads.isEmpty()) {
      trim();
      return;
    }
    List<Runnable> answers = new ArrayList<>();
    HandlerThread starter;
    synchronized (this) {
      for (HandlerThread thread : threads) {
        long ran = now - Math.max(thread.since(), held);
        if (settings.invoker().abandons(client, thread, ran, answers)) {
          threads = HandlerThread.without(threads, thread);
          abandoned = HandlerThread.with(abandoned, thread);
        }
      }
      showSole(null);
      starter = starter();
    }
    start(starter);
    answers.forEach(Runnable::run);
  }

  /** Gives back the memory of an idle queue. */
  private void trim() {
    if (active != null) {
      synchronized (this) {
        if (starting == 0 && load() == 0 && active().isIdle()) {
          active = null;
        }
      }
    }
  }

  @Override
  public synchronized List<PendingEvent> pending() {
    List<PendingEvent> pending = new ArrayList<>();
    threads.forEach(thread -> settings.handled(client, thread).ifPresent(pending::add));
    if (waits() > 0) {
      active().waiting().forEach(work -> pending.add(settings.waiting(client, work)));
    }
    return pending;
  }

  @Override
  public List<DeployedHandler> running(Predicate<Deployment> whose) {
    List<HandlerThread> all;
    synchronized (this) {
      all = Stream.concat(threads.stream(), abandoned.stream()).toList();
    }
    return all.stream().flatMap(thread -> thread.running(whose).stream()).toList();
  }

  @Override
  public synchronized HandlerLoad handlerLoad() {
    if (waits() == 0 && threads.isEmpty() && starting == 0) {
      return HandlerLoad.NONE;
    }
    int blocked = (int) threads.stream().filter(HandlerThread::isBlocked).count();
    return new HandlerLoad(waits() + starting, threads.size(), blocked);
  }

  private ActiveWork active() {
    ActiveWork present = active;
    if (present == null) {
      present = ActiveWork.begin(settings.messagesInFlight(), budget, this);
      active = present;
    }
    return present;
  }

  /** How much work waits. */
  private int waits() {
    ActiveWork present = active;
    return present == null ? 0 : present.waiting().size();
  }

  /** How many messages wait or are handled; a thread that is only being started has taken none of them yet. */
  private int load() {
    return waits() + threads.size() + abandoned.size();
  }

  private boolean isFinished() {
    return over && starting == 0 && load() == 0;
  }

  /** Returns the thread to start now, already counted, if there is to be one; it starts the next itself. */
  private @Nullable HandlerThread starter() {
    return waits() == 0 ? null : starter(active().pace().overlaps());
  }

  private @Nullable HandlerThread starter(boolean beside) {
    if (waits() == 0 || starting > 0 || (!threads.isEmpty() && (!beside || settings.invoker().isOrdered()))) {
      return null;
    }
    starting++;
    return new HandlerThread(this);
  }

  private static void start(@Nullable HandlerThread starter) {
    if (starter != null) {
      starter.start();
    }
  }

  private void start(@Nullable HandlerThread starter, boolean check) {
    start(starter);
    if (check) loop.loop().execute(() -> loop.loop().check(this::check));
  }

  /** Returns whether the loop has to begin to check this queue: something waits for a handler that might block. */
  private boolean checks() {
    boolean begins = !checked && waits() > 0 && (waits() > 1 || starting == 0);
    checked |= begins;
    return begins;
  }
}
