package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The lanes of connections that have ended but whose handlers still run. Thread-safe. */
final class Departures implements Iterable<Lane> {
  private final Set<Lane> lanes = ConcurrentHashMap.newKeySet();

  /** A connection has ended. Call before its lane is ended. */
  void add(Lane lane) {
    lanes.add(lane);
  }

  /** All handlers of an ended connection have finished. */
  void remove(Lane lane) {
    lanes.remove(lane);
    if (lanes.isEmpty()) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits until all have finished; the events of those that have not. Ends early when interrupted. */
  synchronized List<Event> await(long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      for (long left = nanos; !lanes.isEmpty() && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Event> unfinished = new ArrayList<>();
    lanes.forEach(lane -> unfinished.addAll(lane.unfinished()));
    return unfinished;
  }

  @Override
  public Iterator<Lane> iterator() {
    return lanes.iterator();
  }
}
