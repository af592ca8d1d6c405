package dev.pinion.sim;

import dev.pinion.sim.ShownTexts.Shown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Keeps the last events of a run, up to a number and a size, and the last frames of some connections. What does not fit
 * is counted. Any thread.
 */
final class Recorder {
  static final int MOST_EVENTS = 2_000;
  private static final int MOST_CHARACTERS = 8_000_000;
  static final int MOST_CONNECTIONS = 1_000;
  static final int FRAMES_EACH = 10;
  static final int FRAME_CHARACTERS = 2_000;

  private final Deque<Kept> events = new ArrayDeque<>();
  private final Map<String, Deque<Frame>> frames = new LinkedHashMap<>(16, 0.75f, true);
  private long next;
  private long characters;
  private int waiting;
  private boolean closed;

  /**
   * An event that is kept.
   *
   * @param shown what is shown of it
   * @param characters how many characters it takes
   * @param request what the handler can be called again with; empty for a note
   */
  record Kept(long number, Object shown, int characters, Optional<Request> request) {}

  /**
   * What a handler can be called again with. It keeps nothing of the app's code.
   *
   * @param resourceId the id of the resource whose handler it is
   * @param event what the handler was called with: of a route the {@link dev.pinion.spi.Event}
   */
  record Request(CallKind kind, String resourceId, Object event) {}

  /**
   * A frame of a connection.
   *
   * @param at when, in milliseconds since the epoch
   * @param way {@code received} from the client, or {@code sent} to it
   * @param kind {@code message}, or the kind of a frame of the gateway itself
   */
  record Frame(long at, String way, String kind, Shown text) {
    static Frame message(String way, Shown text) {
      return new Frame(System.currentTimeMillis(), way, "message", text);
    }
  }

  /** A part of the events. */
  record Events(long next, long dropped, boolean more, List<Object> events) {}

  Recorder(long first) {
    next = first;
  }

  synchronized long next() {
    return next;
  }

  /** Takes an event, which is given its number. */
  synchronized void add(LongFunction<Object> shown, int size, Optional<Request> request) {
    events.add(new Kept(next, shown.apply(next), size, request));
    next++;
    characters += size;
    while (events.size() > MOST_EVENTS || (characters > MOST_CHARACTERS && events.size() > 1)) {
      characters -= events.removeFirst().characters();
    }
    if (waiting > 0) notifyAll();
  }

  /** Returns events from a number on; waits for one if there are none yet. */
  synchronized Events from(long number, int most, long millis) throws InterruptedException {
    long from = Math.min(number, next);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (next <= from && left > 0 && !closed) {
      waiting++;
      try {
        wait(left);
      } finally {
        waiting--;
      }
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    List<Object> found = new ArrayList<>();
    long first = events.isEmpty() ? next : events.getFirst().number();
    long reached = Math.max(from, first);
    for (Kept each : events) {
      if (each.number() < from) continue;
      if (found.size() == most) break;
      found.add(each.shown());
      reached = each.number() + 1;
    }
    return new Events(reached, Math.max(0, first - from), reached < next, found);
  }

  /** Nobody waits any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Returns the event with a number, if it is still kept. */
  synchronized Optional<Kept> kept(long number) {
    return events.stream().filter(each -> each.number() == number).findFirst();
  }

  /** Takes a frame of a connection. */
  void frame(String connectionId, Frame frame) {
    synchronized (frames) {
      Deque<Frame> own = frames.computeIfAbsent(connectionId, _ -> new ArrayDeque<>(FRAMES_EACH));
      if (own.size() == FRAMES_EACH) own.removeFirst();
      own.add(frame);
      if (frames.size() > MOST_CONNECTIONS) frames.remove(frames.keySet().iterator().next());
    }
  }

  /** Returns the last frames of a connection, the oldest first. */
  List<Frame> frames(String connectionId) {
    synchronized (frames) {
      Deque<Frame> own = frames.get(connectionId);
      return own == null ? List.of() : List.copyOf(own);
    }
  }
}
