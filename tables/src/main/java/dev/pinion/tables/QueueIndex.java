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

  /** Returns messages to be taken, in their order, without taking them: several of a group if they are all due. */
  List<IndexedMessage> due(long now, BatchRule rule) {
    if (nextDue(rule).filter(when -> when <= now).isEmpty()) return List.of();
    List<IndexedMessage> due = new ArrayList<>();
    long left = rule.bytes();
    for (IndexedMessage first : next) {
      Iterator<IndexedMessage> group = group(first);
      IndexedMessage message = group.next();
      while (message != null && message.due <= now) {
        left -= message.length;
        if (due.size() == rule.most() || (left < 0 && !due.isEmpty())) return due;
        due.add(message);
        message = group.hasNext() ? group.next() : null;
      }
      if (first.due > now) return due;
    }
    return due;
  }

  private Iterator<IndexedMessage> group(IndexedMessage first) {
    return first.group.map(groups::get).orElseGet(() -> new ArrayDeque<>(List.of(first))).iterator();
  }

  /**
   * Returns from when on a batch can be taken, in milliseconds since the epoch: once its first message has been due for
   * as long as the window, or it is full before that.
   */
  Optional<Long> nextDue(BatchRule rule) {
    if (next.isEmpty()) return Optional.empty();
    long end = next.getFirst().due + rule.window().toMillis();
    return Optional.of(rule.window().isZero() ? end : Math.min(end, full(rule, end)));
  }

  /** Returns when a batch is full; some later time if that is not before the end of its window. */
  private long full(BatchRule rule, long end) {
    int count = 0;
    long left = rule.bytes();
    long latest = Long.MIN_VALUE;
    for (IndexedMessage first : next) {
      if (first.due >= end) return end;
      Iterator<IndexedMessage> group = group(first);
      while (group.hasNext()) {
        IndexedMessage message = group.next();
        if (message.due >= end) break;
        latest = Math.max(latest, message.due);
        left -= message.length;
        if (++count == rule.most() || left <= 0) return latest;
      }
    }
    return end;
  }
}
