package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection's way to its handlers: what waits to be handled, and the virtual threads that handle it.
 *
 * <p>One {@link Drainer} handles what waits, one after the other, as long as handlers return at once. When one blocks,
 * the rest goes on beside it, so that messages start in order and may overlap; such a lane then starts a thread for
 * each message until its handlers are quick again. An ordered lane has one drainer only.
 *
 * <pre>
 *          publish: start one               taken nothing for a while, and waits
 *   EMPTY ----------------------> DRAINING ---------------------------------------> SLOW
 *     ^                             |   ^      publish: start one for each          |
 *     `-----------------------------'   `-------------------------------------------'
 *          nothing left                        many handlers in a row were quick
 * </pre>
 *
 * <p>Thread-safe; the lock is never held while a handler runs.
 */
final class Lane {
  private static final int WEIGHT = 512 * 1024;
  private static final int SLOW_FOR = 64;
  private static final int HEAVY_FOR = 16;
  private static final int CHECKS_WHILE_RUNNABLE = 8;

  private final Hub hub;
  private final Connection connection;
  private final ArrayDeque<Work> queue = new ArrayDeque<>(3);
  private final List<Drainer> drainers = new ArrayList<>(1);
  private int starting;
  private int abandoned;
  private int weight;
  private int slow;
  private int taken;
  private int takenAtCheck;
  private int unchanged;
  private boolean watched;
  private boolean stalled;
  private boolean over;
  /** Of who leads the event loop, and so decides where a thread starts. */
  private int heavy;

  private volatile @Nullable Thread sole;
  private volatile boolean backlog;

  Lane(Hub hub, Connection connection) {
    this.hub = hub;
    this.connection = connection;
  }

  /** Takes work, in order. On the connection's event loop. */
  void publish(Collection<? extends Work> works) {
    Drainer starter;
    boolean watch;
    synchronized (this) {
      if (over || works.isEmpty()) {
        return;
      }
      for (Work work : works) {
        queue.add(work);
        weight += work.weight();
      }
      backlog = true;
      starter = starter();
      watch = watch();
    }
    if (starter != null) {
      connection.loop().handlers().add(starter);
    }
    if (watch) {
      connection.loop().watch(this);
    }
  }

  /** Takes the last work, or none, and no more afterwards. Any thread. */
  void end(Collection<? extends Work> last) {
    Drainer starter;
    boolean departed;
    boolean watch;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      queue.addAll(last);
      backlog = !queue.isEmpty();
      starter = starter();
      departed = departed();
      watch = watch();
    }
    start(starter);
    if (watch) {
      connection.loop().execute(() -> connection.loop().watch(this));
    }
    if (departed) {
      hub.departures().remove(this);
    }
  }

  /** How many more messages may be published; none when too many or too many bytes wait or are handled. */
  synchronized int room() {
    return weight >= WEIGHT ? 0 : Math.max(0, hub.profile().messagesInFlight - load());
  }

  /** Whether there is no room; then the connection is resumed when there is. */
  synchronized boolean stall() {
    stalled = room() == 0;
    return stalled;
  }

  /** The next work for a drainer, which has finished its last; null when it is to end. On the drainer's thread. */
  @Nullable
  Work next(Drainer drainer) {
    boolean departed;
    boolean resume;
    Drainer starter = null;
    Work work = null;
    boolean onLoop = connection.loop().handlers().isRunning(drainer);
    long now = onLoop ? drainer.since() : hub.now();
    synchronized (this) {
      note(drainer, now);
      if (drainer.isAbandoned()) {
        abandoned--;
      } else {
        work = queue.poll();
        drainer.begin(work, onLoop && work != null ? work.at() : now);
        taken++;
        if (work == null) {
          drainers.remove(drainer);
        }
      }
      starter = starter();
      tell(work != null && drainers.size() == 1 && starting == 0 ? drainer.thread() : null);
      departed = departed();
      resume = stalled && load() <= hub.profile().messagesInFlight / 2 && weight <= WEIGHT / 2;
      stalled &= !resume;
    }
    start(starter);
    if (resume) {
      connection.loop().execute(connection::resume);
    }
    if (departed) {
      hub.departures().remove(this);
    }
    return work;
  }

  /** Whether a drainer's result counts: it does not when the integration timeout has passed. */
  synchronized boolean claim(Drainer drainer) {
    drainer.claim();
    return !drainer.isAbandoned();
  }

  /** Its handlers computed for long: the next ones are to start in the JVM's pool. By who leads the loop. */
  void heavy() {
    heavy = HEAVY_FOR;
  }

  /** Whether the next thread is to start in the pool; asked for each that else would not. By who leads the loop. */
  boolean isHeavy() {
    boolean is = heavy > 0;
    if (is) {
      heavy--;
    }
    return is;
  }

  /** Who writes what a thread sends to this connection. */
  Wire.Writer writer(Thread sender) {
    if (sole != sender) {
      return Wire.Writer.EITHER;
    }
    return backlog ? Wire.Writer.LATER : Wire.Writer.SENDER;
  }

  /**
   * Looks for a handler that holds up others, about once a millisecond; false when nothing waits any more. On the
   * connection's event loop.
   */
  boolean check() {
    Drainer starter = null;
    boolean unflushed;
    boolean stuck;
    synchronized (this) {
      unflushed = connection.unflushed();
      if (queue.isEmpty() && !unflushed) {
        watched = false;
        return false;
      }
      unchanged = taken == takenAtCheck && starting == 0 ? unchanged + 1 : 0;
      takenAtCheck = taken;
      stuck = unchanged > CHECKS_WHILE_RUNNABLE || (unchanged > 0 && drainers.stream().allMatch(Drainer::isBlocked));
      if (stuck) {
        slow = SLOW_FOR;
        starter = starter();
      }
    }
    start(starter);
    if (stuck && unflushed) {
      connection.flush();
    }
    return true;
  }

  /** Interrupts handlers that have run too long, at a time in milliseconds. */
  void sweep(long now) {
    if (drainers.isEmpty()) {
      return;
    }
    List<Drainer> late = new ArrayList<>();
    Drainer starter;
    synchronized (this) {
      long timeout = hub.profile().integrationTimeout.toMillis();
      for (Drainer drainer : drainers) {
        if (drainer.isRunning() && now - drainer.since() >= timeout) {
          late.add(drainer);
        }
      }
      drainers.removeAll(late);
      abandoned += late.size();
      late.forEach(Drainer::abandon);
      sole = null;
      starter = starter();
    }
    start(starter);
    late.forEach(Drainer::timedOut);
  }

  /** The events whose handlers have not finished. */
  synchronized List<Event> unfinished() {
    List<Event> events = new ArrayList<>();
    drainers.forEach(drainer -> drainer.event().ifPresent(events::add));
    queue.forEach(work -> events.add(connection.event(work)));
    return events;
  }

  /** How many messages wait or are handled; a drainer that is only being started has taken none of them yet. */
  private int load() {
    return queue.size() + drainers.size() + abandoned;
  }

  private boolean departed() {
    return over && starting == 0 && load() == 0;
  }

  /** Sets what senders see; a write that changes nothing would cost as much as one that does. */
  private void tell(@Nullable Thread only) {
    if (sole != only) {
      sole = only;
    }
    if (backlog == queue.isEmpty()) {
      backlog = !backlog;
    }
  }

  /** A drainer has been started, or has finished its work. */
  private void note(Drainer drainer, long now) {
    if (drainer.fresh()) {
      starting--;
      drainers.add(drainer);
    } else {
      weight -= drainer.weight();
      noteSpeed(now - drainer.since());
    }
  }

  private void noteSpeed(long millis) {
    if (millis > 1) {
      slow = slow > 0 ? SLOW_FOR : 0;
    } else if (slow > 0) {
      slow--;
    }
  }

  /** The thread to start now, already counted, if there is to be one; it starts the next itself. */
  private @Nullable Drainer starter() {
    boolean alone = drainers.isEmpty();
    if (queue.isEmpty() || starting > 0 || (!alone && (slow == 0 || hub.settings().ordered()))) {
      return null;
    }
    starting++;
    return new Drainer(hub, connection, this);
  }

  private static void start(@Nullable Drainer starter) {
    if (starter != null) {
      starter.start();
    }
  }

  /** Whether the loop has to begin to look after this lane: something waits for a handler that might block. */
  private boolean watch() {
    boolean begins = !watched && !queue.isEmpty() && (queue.size() > 1 || starting == 0);
    watched |= begins;
    return begins;
  }
}
