package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The work of connections that have ended but whose handlers still run. Thread-safe. */
final class Departures {
  private final Set<Unfinished> all = ConcurrentHashMap.newKeySet();

  /** The work of one connection. */
  interface Unfinished {

    /** Interrupts handlers that have run for too long, at a time in milliseconds; until {@code held} none counts. */
    void sweep(long now, long held);

    /** Returns what is not handled to its end. */
    List<PendingEvent> pending();

    /** Returns what waits and runs. */
    HandlerLoad handlerLoad();

    /** Returns the handlers of some deployments that run. */
    List<DeployedHandler> running(Predicate<Deployment> whose);
  }

  /** A connection is about to end. */
  void add(Unfinished work) {
    all.add(work);
  }

  /** All handlers of an ended connection have finished. */
  void remove(Unfinished work) {
    all.remove(work);
    if (all.isEmpty()) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits until all have finished; returns the events of those that have not. Returns early when interrupted. */
  synchronized List<Event> await(long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      for (long left = nanos; !all.isEmpty() && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return pending().stream().map(PendingEvent::event).toList();
  }

  /** Returns what is not handled to its end. */
  List<PendingEvent> pending() {
    return all.stream().flatMap(work -> work.pending().stream()).toList();
  }

  /** Returns what waits and runs. */
  HandlerLoad handlerLoad() {
    return all.stream().map(Unfinished::handlerLoad).reduce(HandlerLoad.NONE, HandlerLoad::plus);
  }

  /** Returns the handlers of some deployments that run. */
  Stream<DeployedHandler> running(Predicate<Deployment> whose) {
    return all.stream().flatMap(each -> each.running(whose).stream());
  }

  /** Sweeps all, at a time in milliseconds; until another one time did not count. */
  void sweep(long now, long held) {
    all.forEach(work -> work.sweep(now, held));
  }
}
