package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link MessageFile} anew once most of it is messages that are gone. */
final class MessageCopy {
  private static final int COMMIT_BYTES = 1 << 18;

  private final LogFile from;
  private final long length;
  /** Where messages are in the copy; written by the thread that copies, and read once it has ended. */
  private final Map<Long, Long> positions = new HashMap<>();
  private final FileCopy copying;

  /** A message as it was when the copying started. */
  private record Copied(long id, long position, int length, long due, int receives, boolean taken) {}

  private MessageCopy(Path copy, LogFile from, long nextId, long time, List<Copied> messages) {
    this.from = from;
    length = from.length();
    BytesOut head = head(nextId, time);
    copying = FileCopy.start(copy, length, "messages", (file, started) -> write(file, started, head, messages));
  }

  /** Starts to write all messages to a copy. */
  static MessageCopy start(Path copy, LogFile from, MessageIndex index) {
    List<Copied> messages = new ArrayList<>();
    for (IndexedMessage each : index.all()) {
      messages.add(new Copied(each.id, each.position, each.length, each.due, each.receives, each.taken));
    }
    messages.sort((one, other) -> Long.compare(one.id, other.id));
    return new MessageCopy(copy, from, index.nextId(), index.time(), messages);
  }

  private static BytesOut head(long nextId, long time) {
    BytesOut out = new BytesOut(COMMIT_BYTES);
    MessageCodec.next(out, nextId);
    MessageCodec.time(out, time);
    return out;
  }

  private void write(LogFile file, FileCopy started, BytesOut head, List<Copied> messages) throws IOException {
    BytesOut out = head;
    for (Copied each : messages) {
      positions.put(each.id, file.length() + Commit.HEAD + out.size());
      byte[] record = MessageFile.record(from, each.position, each.length);
      MessageCodec.restate(record, each.due, each.receives, each.taken);
      out.raw(record);
      if (out.size() >= COMMIT_BYTES) {
        file.append(out.view());
        out = new BytesOut(COMMIT_BYTES);
      }
      started.check();
    }
    file.append(out.view());
  }

  /** Whether the copy is written, or could not be. */
  boolean isDone() {
    return copying.isDone();
  }

  /**
   * Puts the copy in the file's place, with what was written since, and says so to the index.
   *
   * @return the file in use from now on
   * @throws IOException when there is no room for the copy; the file stays as it is
   */
  LogFile finish(Path file, MessageIndex index) throws IOException {
    LogFile next = copying.finish(file, from);
    long moved = next.length() - from.length(); // what was written since is the same in both
    for (IndexedMessage each : index.all()) {
      each.position = each.position >= length ? each.position + moved : positions.getOrDefault(each.id, -1L);
    }
    return next;
  }

  /** Stops the copying and deletes the copy. */
  void abandon() throws IOException {
    copying.abandon();
  }
}
