package dev.pinion.gateway;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sockets whose client has to do something before a deadline, in the order in which they came. There is room for so
 * many sockets and so many bytes that they keep; those that have waited longest make room. Thread-safe.
 */
final class Lobby {
  private final int mostSockets;
  private final long mostBytes;
  private final Map<Wire, Wait> waiting = new LinkedHashMap<>();
  private long bytes;

  /** Until when a socket waits, in milliseconds, and how many bytes it keeps meanwhile. */
  private record Wait(long deadline, int bytes) {}

  Lobby(int mostSockets, long mostBytes) {
    this.mostSockets = mostSockets;
    this.mostBytes = mostBytes;
  }

  /** A socket waits for its client until a time in milliseconds. */
  void enter(Wire wire, long deadline) {
    List<Wire> dropped;
    synchronized (this) {
      waiting.put(wire, new Wait(deadline, 0));
      dropped = trim();
    }
    close(dropped);
  }

  /** A socket that waits keeps so many bytes by now. */
  void keeps(Wire wire, int number) {
    List<Wire> dropped;
    synchronized (this) {
      Wait wait = waiting.get(wire);
      if (wait == null) {
        return;
      }
      waiting.put(wire, new Wait(wait.deadline, number));
      bytes += number - wait.bytes;
      dropped = trim();
    }
    close(dropped);
  }

  /** A socket's client has done it, or is gone. */
  synchronized void leave(Wire wire) {
    Wait wait = waiting.remove(wire);
    if (wait != null) {
      bytes -= wait.bytes;
    }
  }

  /** Closes a number of those that have waited longest; how many there were. */
  int drop(int number) {
    List<Wire> longest = new ArrayList<>();
    synchronized (this) {
      for (int i = 0; i < number && !waiting.isEmpty(); i++) {
        longest.add(removeLongest());
      }
    }
    close(longest);
    return longest.size();
  }

  /** Closes those whose deadline is over, at a time in milliseconds. */
  void sweep(long now) {
    List<Wire> late = new ArrayList<>();
    synchronized (this) {
      waiting.forEach(
          (wire, wait) -> {
            if (now >= wait.deadline) {
              late.add(wire);
            }
          });
      late.forEach(this::leave);
    }
    close(late);
  }

  private List<Wire> trim() {
    List<Wire> dropped = List.of();
    while (waiting.size() > mostSockets || bytes > mostBytes) {
      dropped = dropped.isEmpty() ? new ArrayList<>() : dropped;
      dropped.add(removeLongest());
    }
    return dropped;
  }

  private Wire removeLongest() {
    Iterator<Map.Entry<Wire, Wait>> all = waiting.entrySet().iterator();
    Map.Entry<Wire, Wait> longest = all.next();
    all.remove();
    bytes -= longest.getValue().bytes;
    return longest.getKey();
  }

  private static void close(List<Wire> wires) {
    wires.forEach(wire -> wire.loop().execute(wire::close));
  }
}
