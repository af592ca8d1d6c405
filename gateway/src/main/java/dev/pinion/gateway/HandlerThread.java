package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerStart;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What takes work from its {@link ConnectionQueue} and handles it, on a virtual thread of its own or on a {@link
 * TurnThread}, and what it handles at present.
 *
 * <pre>
 *            begin              claim: the result is used
 *   IDLE ------------> HANDLING ---------------------------> IDLE
 *                       |  |
 *                       |  '-- late: the client was told that the integration timeout has passed --> LATE
 *                       |                                                                            |
 *                       '-- abandon: the handler's own timeout has passed --> ABANDONED -------------'
 * </pre>
 *
 * <p>Its fields are guarded by the queue, save the state, the event, and the thread and the stint, which are
 * set before it runs.
 */
final class HandlerThread implements Runnable, HandlerStart {
  private static final VarHandle STATE;
  private static final VarHandle EVENT;
  private static final VarHandle BEGUN;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(HandlerThread.class, "state", int.class);
      EVENT = MethodHandles.lookup().findVarHandle(HandlerThread.class, "event", Event.class);
      BEGUN = MethodHandles.lookup().findVarHandle(HandlerThread.class, "begun", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int IDLE = 0;
  private static final int HANDLING = 1;
  private static final int LATE = 2;
  private static final int ABANDONED = 3;

  private final Queue queue;
  /** Set before it runs. */
  private @Nullable Thread thread;
  private volatile int state = IDLE;
  private boolean fresh = true;
  private @Nullable Work work;
  private int weight;
  private int taken;
  private long since;
  private long stint;
  /** Not volatile, as a store of one waits for memory; set with release. */
  private @Nullable Event event;
  /** Whether the app's own code has begun with the work; set with release, as the event is. */
  private boolean begun;
  /** Whose handler runs; published by the event. */
  private @Nullable Deployment deployment;

  /** What a thread takes its work from, and where its stretches run. */
  interface Queue extends Executor {

    /** Handles all that waits. On the thread. */
    void drain(HandlerThread thread);

    /** A stretch of a thread's computed for long. Any thread. */
    void computedLong();

    /** A stretch of a thread's was short, in a pool. Any thread. */
    void computedShort();

    /** A stretch of a thread's has ended: the thread has ended, or is blocked. Any thread. */
    default void stretchEnded() {}

    /** Returns whether its threads compute for long, so that they must not start on the event loop. Any thread. */
    boolean computes();

    /** Returns its share of the threads for handlers that compute. Any thread. */
    ComputingPool.Share share();
  }

  HandlerThread(Queue queue) {
    this.queue = queue;
  }

  /** Lets others run. The stretch that ends here is measured: it is known whether the handler computed or blocked. */
  @SuppressWarnings("ThreadPriorityCheck") // a virtual thread leaves its carrier, whatever the system's scheduler does
  static void endStretch() {
    Thread.yield();
  }

  @Override
  public void run() {
    queue.drain(this);
  }

  /** Returns some threads and one more. */
  static List<HandlerThread> with(List<HandlerThread> some, HandlerThread more) {
    return some.isEmpty() ? List.of(more) : Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  /** Returns some threads without one of them. */
  static List<HandlerThread> without(List<HandlerThread> some, HandlerThread one) {
    return some.size() == 1 && some.getFirst() == one ? List.of() : some.stream().filter(each -> each != one).toList();
  }

  /** Runs on a virtual thread of its own. */
  void start() {
    Thread own = HandlerThreads.unstarted(this, queue);
    thread = own;
    own.start();
  }

  /** Runs on the current thread, which runs others before and after it. */
  void runOn(Thread current) {
    thread = current;
    run();
  }

  /** Notes that it starts on the event loop's thread, with its number of {@link LoopHandOver}. On that thread. */
  void startsOnLoop(long number) {
    stint = number;
  }

  /** Returns its number of {@link LoopHandOver}, 0 when it never ran on the event loop's thread. */
  long stint() {
    return stint;
  }

  Queue queue() {
    return queue;
  }

  /** Returns the thread that it runs on. Once it runs. */
  Thread thread() {
    return Objects.requireNonNull(thread);
  }

  /** Returns true when it takes its first work, once. */
  boolean isFresh() {
    boolean first = fresh;
    fresh = false;
    return first;
  }

  /** Begins with work, or ends with none. */
  void begin(@Nullable Work next, long now) {
    work = next;
    taken += next == null ? 0 : 1;
    since = now;
    weight = next == null ? 0 : next.weight();
    event = null;
    begun = false;
    deployment = null;
    STATE.setRelease(this, next == null ? IDLE : HANDLING);
  }

  int weight() {
    return weight;
  }

  /** Returns how much work it has taken. On the thread, or where its stretch has ended. */
  int taken() {
    return taken;
  }

  /** When it began with its work, in milliseconds. */
  long since() {
    return since;
  }

  @Override
  public void begins() {
    BEGUN.setRelease(this, true);
  }

  /** Returns whether the app's own code has begun with its work. Any thread. */
  boolean hasBegun() {
    return (boolean) BEGUN.getAcquire(this);
  }

  boolean isBlocked() {
    return thread().getState() != Thread.State.RUNNABLE;
  }

  /** Returns whether the result is used, which then cannot be late any more. On the thread. */
  boolean claim() {
    return STATE.compareAndSet(this, HANDLING, IDLE) || state == IDLE;
  }

  /** Drops the result, unless that is used already, and lets the handler go on. Returns whether it did so. */
  boolean late() {
    return STATE.compareAndSet(this, HANDLING, LATE);
  }

  boolean isLate() {
    return state == LATE;
  }

  /** Interrupts the handler and drops its result, unless that is used already. Returns whether it did so. */
  boolean abandon() {
    boolean abandoned = STATE.compareAndSet(this, HANDLING, ABANDONED) || STATE.compareAndSet(this, LATE, ABANDONED);
    if (abandoned) {
      thread().interrupt();
    }
    return abandoned;
  }

  boolean isAbandoned() {
    return state == ABANDONED;
  }

  /** Returns the work whose result is not used yet. */
  Optional<Work> unclaimed() {
    return state == IDLE ? Optional.empty() : Optional.ofNullable(work);
  }

  /** Notes the event that it hands to the app, and whose handlers they are. On the thread. */
  void event(Event handed, Deployment of) {
    deployment = of;
    EVENT.setRelease(this, handed);
  }

  /** Returns the deployment that the event was handed to, empty before and after. */
  Optional<Deployment> deployment() {
    return Optional.ofNullable(deployment);
  }

  /** Lets the deployment go: an abandoned thread has ended. Guarded by the queue. */
  void ended() {
    deployment = null;
  }

  /** Returns what runs, if it is of some deployments. Any thread. */
  Optional<DeployedHandler> running(Predicate<Deployment> whose) {
    return event().filter(_ -> thread().isAlive()).flatMap(handed -> deployment().filter(whose)
        .map(own -> new DeployedHandler(own, handed, List.of(thread().getStackTrace()))));
  }

  /** Returns the event that was handed to the app, empty before. */
  Optional<Event> event() {
    return Optional.ofNullable((Event) EVENT.getAcquire(this));
  }
}
