package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages of any number of queues, in a folder on this machine, or in memory only. Any thread.
 *
 * <p>Each call is durable when it returns: it survives the end of the process, however it comes. Calls happen one after
 * another, each whole or not at all. Of a message that is on disk only about 200 bytes are in memory.
 *
 * <p>Whoever calls it says what time it is, by a clock that is never set back while the store is open. If it is earlier
 * when the store is opened than it was at the last write before, all that is due stays due, and what waits waits for as
 * long as it would have.
 *
 * <p>A call throws {@link IllegalStateException} when the store is closed, or the disk is full or fails. Then nothing
 * of it was done, and later calls may succeed.
 */
public final class MessageStore implements AutoCloseable {
  private final MessageIndex index;
  private final MessageLog log;
  private final MessageThread thread;
  /** Whether the clock was set back since the last write before the start, which no write has noted yet. */
  private volatile boolean setBack;

  private MessageStore(MessageIndex index, MessageLog log, InstantSource clock) {
    this.index = index;
    this.log = log;
    setBack = clock.millis() < index.time();
    thread = new MessageThread(index, log, clock);
  }

  /** An empty store that nobody opens again, and which needs no clock. */
  MessageStore(MessageIndex index, MessageLog log) {
    this(index, log, () -> Instant.EPOCH);
  }

  /**
   * Opens the messages in a folder, which is created if it does not exist. Messages that were taken are due at once:
   * whoever took them is gone.
   *
   * @param clock by which all calls say what time it is; it is never set back
   * @param lines receives a line about messages that were given up
   * @throws FileSystemException when the folder cannot be used: it is in use, damaged or not writable; the message says
   *     what to do
   */
  public static MessageStore open(Path folder, InstantSource clock, Consumer<String> lines)
      throws FileSystemException {
    MessageIndex index = new MessageIndex();
    try {
      MessageFile file = MessageFile.open(folder, index, lines);
      index.all().stream().filter(each -> each.taken).toList().forEach(each -> index.due(each.id, 0));
      MessageStore store = new MessageStore(index, file, clock);
      if (store.setBack) store.noteTime();
      return store;
    } catch (TablesException e) {
      throw e;
    } catch (IOException e) {
      throw new FolderUnusableException(folder, Kept.MESSAGES, e);
    } catch (OutOfMemoryError e) {
      long bytes = new LogFolder(folder, Kept.MESSAGES).file().toFile().length();
      throw new FolderUnusableException(folder, Kept.MESSAGES, bytes, e);
    }
  }

  /** Creates an empty store that is nowhere but in memory, for tests. */
  public static MessageStore inMemory() {
    return new MessageStore(new MessageIndex(), new MessageMemory());
  }

  /**
   * Deletes the messages in a folder.
   *
   * @throws FileSystemException when another run has the folder open, or it cannot be written; the message says what to
   *     do
   */
  public static void delete(Path folder) throws FileSystemException {
    try {
      new LogFolder(folder, Kept.MESSAGES).delete(List.of());
    } catch (TablesException e) {
      throw e;
    } catch (IOException e) {
      throw new FolderUnusableException(folder, Kept.MESSAGES, e);
    }
  }

  /** Appends a message, and returns its number. */
  public long append(NewMessage message) {
    return replace(List.of(), List.of(message)).getFirst();
  }

  /**
   * Deletes messages and appends others, in one step. Messages that are not there are passed over.
   *
   * @return the numbers of the new messages
   */
  public List<Long> replace(Collection<Long> deleted, List<NewMessage> added) {
    return thread.call(commit -> {
      commit.delete(deleted);
      List<Long> ids = new ArrayList<>();
      added.forEach(each -> ids.add(commit.add(each)));
      return ids;
    });
  }

  /** Deletes messages. Those that are not there are passed over. */
  public void delete(Collection<Long> ids) {
    replace(ids, List.of());
  }

  /**
   * Takes messages that are due, in the order of the times from when on they were: nobody else takes them until some
   * time. Of a group whose first message was taken and is still there, none is taken.
   *
   * @param until when they are due again, unless they are deleted before
   */
  public List<StoredMessage> take(String queue, BatchRule rule, Instant now, Instant until) {
    if (setBack) noteTime();
    return thread.alone(commit -> {
      List<IndexedMessage> due = index.queue(queue).due(now.toEpochMilli(), rule);
      List<StoredMessage> taken = new ArrayList<>();
      for (IndexedMessage each : due) {
        StoredMessage before = MessageCodec.message(log.read(each), each);
        taken.add(new StoredMessage(
            each.id, queue, until, before.group(), before.attributes(), before.body(), each.receives + 1, true));
      }
      commit.take(due, until);
      return taken;
    });
  }

  /** Changes from when on messages are due. Those that are not there are passed over. */
  public void due(Collection<Long> ids, Instant when) {
    thread.call(commit -> {
      commit.due(ids, when);
      return null;
    });
  }

  /** Gives back messages that were taken and not handled: as if they had not been, except for the time. */
  public void giveBack(Collection<Long> ids, Instant due) {
    thread.call(commit -> {
      commit.giveBack(ids, due);
      return null;
    });
  }

  /** Returns from when on messages of a queue can be taken. */
  public Optional<Instant> nextDue(String queue, BatchRule rule) {
    return thread.alone(_ -> index.queue(queue).nextDue(rule).map(Instant::ofEpochMilli));
  }

  /** Returns the names of the queues that have messages, sorted. */
  public List<String> queues() {
    return thread.alone(_ -> index.queues().toList());
  }

  /** Returns how many messages a queue has, also those that are taken or not yet due. */
  public int size(String queue) {
    return thread.alone(_ -> index.queue(queue).all.size());
  }

  /**
   * Returns messages of a queue in the order of their numbers, whether they are taken or not.
   *
   * @param after the number behind which to begin
   * @param most how many at most
   */
  public List<StoredMessage> list(String queue, long after, int most) {
    return thread.alone(_ -> {
      List<StoredMessage> listed = new ArrayList<>();
      for (Map.Entry<Long, IndexedMessage> each : index.queue(queue).all.tailMap(after, false).entrySet()) {
        if (listed.size() == most) break;
        listed.add(MessageCodec.message(log.read(each.getValue()), each.getValue()));
      }
      return listed;
    });
  }

  /**
   * Returns messages that are due, in the order of the times from when on they are, and does not take them. They must
   * be in no group.
   */
  public List<StoredMessage> listDue(String queue, Instant now, int most) {
    return thread.alone(_ -> {
      List<StoredMessage> listed = new ArrayList<>();
      for (IndexedMessage each : index.queue(queue).due(now.toEpochMilli(), new BatchRule(most, Long.MAX_VALUE))) {
        listed.add(MessageCodec.message(log.read(each), each));
      }
      return listed;
    });
  }

  /** Returns the messages of a queue with the highest numbers, the highest first, whether they are taken or not. */
  public List<StoredMessage> newest(String queue, int most) {
    return thread.alone(_ -> {
      List<StoredMessage> newest = new ArrayList<>();
      for (IndexedMessage each : index.queue(queue).all.descendingMap().values()) {
        if (newest.size() == most) break;
        newest.add(MessageCodec.message(log.read(each), each));
      }
      return newest;
    });
  }

  /** Notes what time it is: what was written before goes by it from now on. A full disk lets it be noted later. */
  private void noteTime() {
    try {
      thread.call(commit -> {
        commit.noteTime();
        return null;
      });
      setBack = false;
    } catch (IllegalStateException _) {
      // the next write notes it, and if none comes, what is due is found due when it is taken
    }
  }

  /** Waits until the disk has everything, and releases the folder. */
  @Override
  public void close() {
    noteTime();
    thread.close();
  }

  /** What a call does: it reads the index, and adds its changes to the commit. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T in(MessageCommit commit) throws IOException;
  }
}
