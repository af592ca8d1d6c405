package dev.pinion.tables;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Keeps messages as long as the process lives, and no message that is gone for longer than those it came with. */
final class MessageMemory implements MessageLog {
  /** The commits by where they begin. */
  private final TreeMap<Long, Content> commits = new TreeMap<>();
  private long end;

  /** A commit's content. */
  private static final class Content {
    final byte[] bytes;
    int messages;

    Content(byte[] bytes, int messages) {
      this.bytes = bytes;
      this.messages = messages;
    }
  }

  @Override
  public long append(ByteBuffer content, int messages) {
    long at = end;
    end += content.remaining();
    if (messages == 0) return at;
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    commits.put(at, new Content(bytes, messages));
    return at;
  }

  @Override
  public byte[] read(IndexedMessage message) {
    Map.Entry<Long, Content> commit = commits.floorEntry(message.position);
    int from = (int) (message.position - commit.getKey());
    return Arrays.copyOfRange(commit.getValue().bytes, from, from + message.length);
  }

  @Override
  public void removed(IndexedMessage message) {
    Map.Entry<Long, Content> commit = commits.floorEntry(message.position);
    if (--commit.getValue().messages == 0) commits.remove(commit.getKey());
  }

  @Override
  public void compact(MessageIndex index) {}

  @Override
  public void close() {
    commits.clear();
  }
}
