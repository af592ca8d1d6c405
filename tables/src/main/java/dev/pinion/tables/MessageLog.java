package dev.pinion.tables;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the records of messages are kept. Used by one thread at a time. */
interface MessageLog {
  /**
   * Keeps a commit, all or nothing of it.
   *
   * @param messages how many messages it adds
   * @return where its content begins
   * @throws IOException when it cannot be kept; the next one may succeed
   */
  long append(ByteBuffer content, int messages) throws IOException;

  /** Reads a message's record. */
  byte[] read(IndexedMessage message) throws IOException;

  /** A message is gone. */
  void removed(IndexedMessage message);

  /** Gets rid of what is old, if it is time for that. */
  void compact(MessageIndex index);

  /** Takes no more commits, and returns when all are kept. */
  void close() throws IOException;
}
