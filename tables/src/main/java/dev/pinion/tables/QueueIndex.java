package dev.pinion.tables;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order in which the messages of one queue are taken: those that wait for no other by the time from when on they
 * are due, and of each group the first one only. One thread.
 */
final class QueueIndex {
  private static final Comparator<IndexedMessage> ORDER =
      Comparator.<IndexedMessage>comparingLong(each -> each.due).thenComparingLong(each -> each.id);

  final String name;
  /** By their numbers. */
  final TreeMap<Long, IndexedMessage> all = new TreeMap<>();
  private final TreeSet<IndexedMessage> next = new TreeSet<>(ORDER);
  private final Map<String, Deque<IndexedMessage>> groups = new HashMap<>();

  QueueIndex(String name) {
    this.name = name;
  }

  void add(IndexedMessage message) {
    all.put(message.id, message);
    if (message.group.isEmpty()) {
      next.add(message);
      return;
    }
    Deque<IndexedMessage> group = groups.computeIfAbsent(message.group.get(), _ -> new ArrayDeque<>());
    if (group.isEmpty()) next.add(message);
    group.add(message);
  }

  void remove(IndexedMessage message) {
    all.remove(message.id);
    next.remove(message);
    Deque<IndexedMessage> group = message.group.map(groups::get).orElse(null);
    if (group == null) return;
    boolean wasFirst = message.equals(group.peek());
    group.remove(message);
    if (group.isEmpty()) groups.remove(message.group.orElseThrow());
    else if (wasFirst) next.add(group.getFirst());
  }

  void due(IndexedMessage message, long due) {
    boolean sorted = next.remove(message);
    message.due = due;
    if (sorted) next.add(message);
  }

  /**
   * Returns messages to be taken, in their order, without taking them: several of a group if they are all due.
   *
   * @param most how many messages at most
   * @param bytes how many bytes at most, but at least one message
   */
  List<IndexedMessage> due(long now, int most, long bytes) {
    List<IndexedMessage> due = new ArrayList<>();
    long left = bytes;
    for (IndexedMessage first : next) {
      Iterator<IndexedMessage> group =
          first.group.map(groups::get).orElseGet(() -> new ArrayDeque<>(List.of(first))).iterator();
      IndexedMessage message = group.next();
      while (message != null && message.due <= now) {
        left -= message.length;
        if (due.size() == most || (left < 0 && !due.isEmpty())) return due;
        due.add(message);
        message = group.hasNext() ? group.next() : null;
      }
      if (first.due > now) return due;
    }
    return due;
  }

  /** Returns from when on the next message is due, in milliseconds since the epoch. */
  Optional<Long> nextDue() {
    return next.isEmpty() ? Optional.empty() : Optional.of(next.getFirst().due);
  }
}
