package dev.pinion.tables;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the messages of a {@link MessageStore} are, and when they are due; about 200 bytes for each. One thread. */
final class MessageIndex {
  private final Map<Long, IndexedMessage> all = new HashMap<>();
  private final Map<String, QueueIndex> queues = new TreeMap<>();
  private long bytes;
  private long nextId = 1;
  private long time;

  /** Returns the number of a new message. */
  long newId() {
    return nextId++;
  }

  /** Uses no number below this one for a new message. */
  void newIdsFrom(long id) {
    nextId = Math.max(nextId, id);
  }

  long nextId() {
    return nextId;
  }

  QueueIndex queue(String name) {
    return queues.computeIfAbsent(name, QueueIndex::new);
  }

  void add(IndexedMessage message) {
    all.put(message.id, message);
    message.queue.add(message);
    bytes += message.length;
    newIdsFrom(message.id + 1);
  }

  /** Removes a message, if it is there; returns it. */
  @Nullable
  IndexedMessage remove(long id) {
    IndexedMessage removed = all.remove(id);
    if (removed == null) return null;
    removed.queue.remove(removed);
    if (removed.queue.all.isEmpty()) queues.remove(removed.queue.name, removed.queue);
    bytes -= removed.length;
    return removed;
  }

  void taken(long id, long until) {
    IndexedMessage message = all.get(id);
    if (message == null) return;
    message.receives++;
    message.taken = true;
    message.queue.due(message, until);
  }

  void due(long id, long due) {
    IndexedMessage message = all.get(id);
    if (message == null) return;
    message.taken = false;
    message.queue.due(message, due);
  }

  void givenBack(long id, long due) {
    IndexedMessage message = all.get(id);
    if (message == null) return;
    if (message.taken) message.receives--;
    due(id, due);
  }

  boolean contains(long id) {
    return all.containsKey(id);
  }

  Collection<IndexedMessage> all() {
    return all.values();
  }

  /** The names of queues with messages, sorted. */
  Stream<String> queues() {
    return queues.values().stream().filter(each -> !each.all.isEmpty()).map(each -> each.name);
  }

  /** Returns what time it was at the last commit, in milliseconds since the epoch; 0 if no commit says so. */
  long time() {
    return time;
  }

  /** Sets what time it is. If it was later before, what is due and what waits is due sooner by as much. */
  void time(long now) {
    long back = time - now;
    time = now;
    if (back <= 0) return;
    all.values().stream().filter(each -> !each.taken)
        .forEach(each -> each.queue.due(each, Math.max(0, each.due - back)));
  }

  /** Returns how many bytes the messages need in the file. */
  long bytes() {
    return bytes;
  }
}
