package dev.pinion.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sockets whose client has to do something before a deadline, in the order in which they came. There is room for a
 * number of sockets and of bytes that they keep; those that have waited longest make room. Thread-safe.
 */
final class Deadlines {
  private final InstantSource clock;
  private final long timeoutMillis;
  private final int mostSockets;
  private final long mostBytes;
  private final Map<Pollable, Wait> waiting = new LinkedHashMap<>();
  private long bytes;

  /** Until when a socket waits, in milliseconds since the epoch, and how many bytes it keeps meanwhile. */
  private record Wait(long deadline, int bytes) {}

  Deadlines(InstantSource clock, Duration timeout, int mostSockets, long mostBytes) {
    this.clock = clock;
    timeoutMillis = timeout.toMillis();
    this.mostSockets = mostSockets;
    this.mostBytes = mostBytes;
  }

  /** A socket waits for its client from now on, for a multiple of the timeout. */
  void enter(Pollable socket, int times) {
    long deadline = clock.millis() + times * timeoutMillis;
    List<Pollable> dropped;
    synchronized (this) {
      leave(socket);
      waiting.put(socket, new Wait(deadline, 0));
      dropped = trim();
    }
    close(dropped);
  }

  /** Notes how many bytes a waiting socket keeps by now. */
  void keeps(Pollable socket, int number) {
    List<Pollable> dropped;
    synchronized (this) {
      Wait wait = waiting.get(socket);
      if (wait == null || wait.bytes == number) {
        return;
      }
      waiting.put(socket, new Wait(wait.deadline, number));
      bytes += number - wait.bytes;
      dropped = trim();
    }
    close(dropped);
  }

  /** A socket's client has done what was awaited, or is gone. */
  synchronized void leave(Pollable socket) {
    Wait wait = waiting.remove(socket);
    if (wait != null) {
      bytes -= wait.bytes;
    }
  }

  /** Closes up to a number of those that have waited longest; returns how many. */
  int drop(int number) {
    List<Pollable> longest = new ArrayList<>();
    synchronized (this) {
      for (int i = 0; i < number && !waiting.isEmpty(); i++) {
        longest.add(removeLongest());
      }
    }
    close(longest);
    return longest.size();
  }

  /** Closes those whose deadline is over. */
  void sweep() {
    long now = clock.millis();
    List<Pollable> late = new ArrayList<>();
    synchronized (this) {
      waiting.forEach(
          (socket, wait) -> {
            if (now >= wait.deadline) {
              late.add(socket);
            }
          });
      late.forEach(this::leave);
    }
    close(late);
  }

  private List<Pollable> trim() {
    List<Pollable> dropped = List.of();
    while (waiting.size() > mostSockets || bytes > mostBytes) {
      dropped = dropped.isEmpty() ? new ArrayList<>() : dropped;
      dropped.add(removeLongest());
    }
    return dropped;
  }

  private Pollable removeLongest() {
    Iterator<Map.Entry<Pollable, Wait>> all = waiting.entrySet().iterator();
    Map.Entry<Pollable, Wait> longest = all.next();
    all.remove();
    bytes -= longest.getValue().bytes;
    return longest.getKey();
  }

  private static void close(List<Pollable> sockets) {
    sockets.forEach(Pollable::drop);
  }
}
