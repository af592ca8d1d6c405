package dev.pinion.tables;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Changes of messages that become durable together, and that readers see only then. One thread. */
final class MessageCommit {
  private final MessageIndex index;
  private final MessageLog log;
  private final BytesOut out = new BytesOut(256);
  private final List<LongConsumer> changes = new ArrayList<>();
  private final long time;
  private int messages;
  private boolean noted;

  /** @param time what time it is, in milliseconds since the epoch */
  MessageCommit(MessageIndex index, MessageLog log, long time) {
    this.index = index;
    this.log = log;
    this.time = time;
    if (time != index.time()) MessageCodec.time(out, time);
  }

  /** Returns the number that the message will have. */
  long add(NewMessage message) {
    long id = index.newId();
    int begin = out.size();
    MessageCodec.message(out, id, message);
    int length = out.size() - begin;
    messages++;
    changes.add(at -> {
      var added = new IndexedMessage(id, index.queue(message.queue()), message.group(), at + begin, length);
      added.due = message.due().toEpochMilli();
      index.add(added);
    });
    return id;
  }

  /** Says what time it is, also if nothing else is written. */
  void noteTime() {
    noted = true;
  }

  void take(List<IndexedMessage> taken, Instant until) {
    long due = until.toEpochMilli();
    List<Long> ids = taken.stream().map(each -> each.id).toList();
    if (ids.isEmpty()) return;
    MessageCodec.taken(out, ids, due);
    changes.add(_ -> ids.forEach(id -> index.taken(id, due)));
  }

  void due(Collection<Long> which, Instant when) {
    List<Long> ids = which.stream().filter(index::contains).toList();
    if (ids.isEmpty()) return;
    long due = when.toEpochMilli();
    MessageCodec.due(out, ids, due);
    changes.add(_ -> ids.forEach(id -> index.due(id, due)));
  }

  void giveBack(Collection<Long> which, Instant when) {
    List<Long> ids = which.stream().filter(index::contains).toList();
    if (ids.isEmpty()) return;
    long due = when.toEpochMilli();
    MessageCodec.givenBack(out, ids, due);
    changes.add(_ -> ids.forEach(id -> index.givenBack(id, due)));
  }

  void delete(Collection<Long> which) {
    List<Long> ids = which.stream().filter(index::contains).toList();
    if (ids.isEmpty()) return;
    MessageCodec.deleted(out, ids);
    changes.add(_ -> ids.forEach(id -> {
      IndexedMessage removed = index.remove(id);
      if (removed != null) log.removed(removed);
    }));
  }

  /** Does work whose changes count only if it ends without a failure. */
  <T extends @Nullable Object> T add(MessageStore.Work<T> work) throws IOException {
    int bytes = out.size();
    int before = changes.size();
    int count = messages;
    boolean done = false;
    try {
      T result = work.in(this);
      done = true;
      return result;
    } finally {
      if (!done) {
        out.cut(bytes);
        changes.subList(before, changes.size()).clear();
        messages = count;
      }
    }
  }

  int size() {
    return out.size();
  }

  /** Brings the changes to the disk, and then shows them. */
  void write() throws IOException {
    if (changes.isEmpty() && !(noted && time != index.time())) return;
    long at = log.append(out.view(), messages);
    index.time(time);
    changes.forEach(each -> each.accept(at));
    log.compact(index);
  }
}
