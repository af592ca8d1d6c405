package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link MessageFile} anew, on a thread of its own, once most of it is messages that are gone. Writes go on
 * meanwhile: they go to the old file, and their commits are copied at the end.
 */
final class MessageCopy {
  private static final int COMMIT_BYTES = 1 << 18;

  private final Path copy;
  private final LogFile from;
  private final long length;
  private final long nextId;
  private final Thread thread;
  /** Where messages are in the copy. */
  private final Map<Long, Long> positions = new HashMap<>();
  private volatile boolean abandoned;
  private volatile @Nullable LogFile written;
  private volatile @Nullable Throwable failure;

  /** A message as it was when the copying started. */
  private record Copied(long id, long position, int length, long due, int receives, boolean taken) {}

  private MessageCopy(Path copy, LogFile from, long nextId, List<Copied> messages) {
    this.copy = copy;
    this.from = from;
    this.nextId = nextId;
    length = from.length();
    thread = Thread.ofPlatform().inheritInheritableThreadLocals(false).daemon().name("pinion-messages-copy")
        .unstarted(() -> run(messages));
  }

  /** Starts to write all messages to a copy. */
  static MessageCopy start(Path copy, LogFile from, MessageIndex index) {
    List<Copied> messages = new ArrayList<>();
    for (IndexedMessage each : index.all()) {
      messages.add(new Copied(each.id, each.position, each.length, each.due, each.receives, each.taken));
    }
    messages.sort((one, other) -> Long.compare(one.id, other.id));
    MessageCopy started = new MessageCopy(copy, from, index.nextId(), messages);
    started.thread.start();
    return started;
  }

  @SuppressWarnings("IllegalCatch") // whoever waits for the copy sees it
  private void run(List<Copied> messages) {
    try {
      LogFile file = LogFile.create(copy);
      boolean whole = false;
      try {
        BytesOut out = new BytesOut(COMMIT_BYTES);
        MessageCodec.next(out, nextId);
        for (Copied each : messages) {
          positions.put(each.id, file.length() + Commit.HEAD + out.size());
          byte[] record = MessageFile.record(from, each.position, each.length);
          MessageCodec.restate(record, each.due, each.receives, each.taken);
          out.raw(record);
          if (out.size() >= COMMIT_BYTES) {
            file.append(out.view());
            out = new BytesOut(COMMIT_BYTES);
          }
          if (abandoned) throw new IOException("the messages are closed");
        }
        file.append(out.view());
        file.force();
        whole = true;
        written = file;
      } finally {
        if (!whole) file.close();
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Whether the copy is written, or could not be. */
  boolean isDone() {
    return written != null || failure != null;
  }

  /**
   * Puts the copy in the file's place, with what was written since, and says so to the index.
   *
   * @return the file in use from now on
   * @throws IOException when there is no room for the copy; the file stays as it is
   */
  LogFile finish(Path file, MessageIndex index) throws IOException {
    LogFile next = written;
    if (next == null) {
      Files.deleteIfExists(copy);
      throw new IOException("the messages' file cannot be written anew", failure);
    }
    long moved = next.length() - length;
    boolean replaced = false;
    try {
      next.appendFrom(from, length);
      next.force();
      LogFile.replace(copy, file);
      replaced = true;
    } finally {
      if (!replaced) {
        next.close();
        Files.deleteIfExists(copy);
      }
    }
    for (IndexedMessage each : index.all()) {
      each.position = each.position >= length ? each.position + moved : positions.getOrDefault(each.id, -1L);
    }
    return next;
  }

  /** Stops the copying and deletes the copy. */
  void abandon() throws IOException {
    abandoned = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    LogFile next = written;
    if (next != null) next.close();
    Files.deleteIfExists(copy);
  }
}
