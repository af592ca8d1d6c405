package dev.pinion.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Messages in memory, on what is a full disk at times. */
public final class FullStore implements MessageLog {
  private final MessageMemory memory = new MessageMemory();
  /** How many writes there is room for. */
  private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

  /** Returns an empty store on this disk. */
  public MessageStore open() {
    return new MessageStore(new MessageIndex(), this);
  }

  /** Sets whether there is no room for any write. */
  public void full(boolean now) {
    room.set(now ? 0 : Long.MAX_VALUE);
  }

  /** Sets after how many more writes there is no room. */
  public void fullAfter(int writes) {
    room.set(writes);
  }

  @Override
  public long append(ByteBuffer content, int messages) throws IOException {
    if (room.getAndUpdate(left -> Math.max(0, left - 1)) == 0) throw new IOException("No space left on device");
    return memory.append(content, messages);
  }

  @Override
  public byte[] read(IndexedMessage message) {
    return memory.read(message);
  }

  @Override
  public void removed(IndexedMessage message) {
    memory.removed(message);
  }

  @Override
  public void compact(MessageIndex index) {}

  @Override
  public void close() {
    memory.close();
  }
}
