package dev.pinion.sim;

import dev.pinion.gateway.HandlerLoad;
import dev.pinion.sim.MessageRoom.Share;
import dev.pinion.tables.StoredMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes the messages of resources that are due and begins to handle them, as long as there is room: so many batches of
 * one resource at once, and of all as much as there is {@link MessageRoom}. Resources for which there is none take
 * turns. Any thread.
 */
final class Deliveries {
  private final Source source;
  private final MessageRoom room;
  private final int atOnce;
  private final Map<String, Slots> slots = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();

  /** Where messages come from, and what is done with them. */
  interface Source {
    /** Returns how many messages of a resource are handled together; empty if none is handled at present. */
    OptionalInt most(String resource);

    /** Takes messages that are due and are to be handled. */
    List<StoredMessage> take(String resource, Share share);

    /** Begins to handle what was taken; returns false if that is too late, and then it is given back. */
    boolean begin(String resource, List<StoredMessage> batch);

    /** Taking messages of a resource has failed: it is tried again when {@link #deliver} is called next. */
    void failed(Throwable failure);
  }

  /** @param atOnce how many batches of one resource are handled at once */
  Deliveries(Source source, MessageRoom room, int atOnce) {
    this.source = source;
    this.room = room;
    this.atOnce = atOnce;
  }

  /** Begins, on another thread, to handle what is due of those that wait for room, if there is any. */
  void deliverToOthers() {
    if (room.first().isPresent()) deliverLater(List.of());
  }

  /** Begins to handle what is due of some resources, and of those that wait for room. */
  void deliver(Collection<String> resources) {
    resources.forEach(this::begin);
    for (Optional<String> next = room.first(); next.isPresent(); next = room.first()) begin(next.get());
  }

  /** Begins to handle one resource's messages. Unless the room is full, it is not the first in line afterwards. */
  private void begin(String resource) {
    Slots own = slots(resource);
    try {
      while (own.take()) {
        boolean begun = false;
        boolean again = false;
        try {
          begun = beginBatch(resource);
        } finally {
          if (!begun) again = own.giveBack();
        }
        if (!begun && !again) return;
      }
      room.leave(resource);
    } catch (RuntimeException | Error failure) {
      room.leave(resource);
      source.failed(failure);
    }
  }

  private boolean beginBatch(String resource) {
    OptionalInt most = source.most(resource);
    if (most.isEmpty()) {
      room.leave(resource);
      return false;
    }
    List<StoredMessage> batch =
        room.take(resource, most.getAsInt(), share -> source.take(resource, share));
    if (batch.isEmpty()) return false;
    boolean begun = false;
    try {
      begun = source.begin(resource, batch);
      return begun;
    } finally {
      if (!begun) free(batch);
    }
  }

  private Slots slots(String resource) {
    return slots.computeIfAbsent(resource, _ -> new Slots(atOnce));
  }

  /** Whether messages of a resource could be taken. */
  boolean hasRoom(String resource) {
    return !slots(resource).areTaken() && !room.isFull();
  }

  private void free(List<StoredMessage> batch) {
    room.free(batch);
    room.free(batch.size());
  }

  /** A batch of a resource is handled: there is room for other messages. */
  void ended(String resource, List<StoredMessage> batch) {
    var _ = slots(resource).giveBack();
    free(batch);
    deliverLater(List.of(resource));
  }

  /** What is begun now ends one by one, and a resource is not bound by how much of it is handled. */
  void endOneByOne(String resource) {
    var _ = slots(resource).giveBack();
  }

  /**
   * Calls {@link #deliver} on a thread that holds no messages, and whose stack is empty. One whose handler has ended
   * still holds its own, and may wait long until it can take the next one; the stack of one that sends may be full.
   */
  void deliverLater(Collection<String> resources) {
    running.incrementAndGet();
    boolean started = false;
    try {
      Thread.ofVirtual().inheritInheritableThreadLocals(false).start(() -> {
        try {
          deliver(resources);
        } finally {
          running.decrementAndGet();
        }
      });
      started = true;
    } finally {
      if (!started) running.decrementAndGet();
    }
  }

  HandlerLoad load() {
    return new HandlerLoad(running.get() > 0 ? 1 : 0, 0, 0);
  }
}
