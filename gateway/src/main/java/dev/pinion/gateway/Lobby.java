package dev.pinion.gateway;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sockets that have not yet sent a whole request, in the order in which they came, each with its deadline. There is
 * room for so many; the one that has waited longest makes room for another. Thread-safe.
 */
final class Lobby {
  private final int room;
  private final Map<Wire, Long> waiting = new LinkedHashMap<>();

  Lobby(int room) {
    this.room = room;
  }

  /** A socket waits for a request until a time in milliseconds. */
  void enter(Wire wire, long deadline) {
    Wire dropped = null;
    synchronized (this) {
      waiting.put(wire, deadline);
      if (waiting.size() > room) {
        Iterator<Wire> oldest = waiting.keySet().iterator();
        dropped = oldest.next();
        oldest.remove();
      }
    }
    if (dropped != null) {
      dropped.loop().execute(dropped::close);
    }
  }

  /** A socket has sent its request, or is gone. */
  synchronized void leave(Wire wire) {
    waiting.remove(wire);
  }

  /** Closes those whose deadline is over, at a time in milliseconds. */
  void sweep(long now) {
    List<Wire> late = new ArrayList<>();
    synchronized (this) {
      waiting
          .entrySet()
          .removeIf(
              entry -> {
                boolean over = now >= entry.getValue();
                if (over) {
                  late.add(entry.getKey());
                }
                return over;
              });
    }
    late.forEach(wire -> wire.loop().execute(wire::close));
  }

  synchronized int size() {
    return waiting.size();
  }
}
