package dev.pinion.engine;

import java.nio.ByteBuffer;

/**
 * Bytes of one socket that are written together. They are put together in an array, where to add a short frame costs
 * little, and then copied once to where the kernel takes them from. Not thread-safe.
 */
final class SendBatch {
  private final byte[] bytes;
  private final ByteBuffer buffer;

  private SendBatch(byte[] bytes, ByteBuffer buffer) {
    this.bytes = bytes;
    this.buffer = buffer;
  }

  /** A batch of a number of bytes, outside the heap. */
  static SendBatch lasting(int size) {
    return new SendBatch(new byte[size], ByteBuffer.allocateDirect(size));
  }

  /** A batch of a number of bytes, for one write. */
  static SendBatch brief(int size) {
    byte[] bytes = new byte[size];
    return new SendBatch(bytes, ByteBuffer.wrap(bytes));
  }

  /** Returns where bytes are put together. */
  byte[] bytes() {
    return bytes;
  }

  /** So many bytes are to be written. */
  void holds(int count) {
    buffer.clear();
    if (buffer.isDirect()) {
      buffer.put(bytes, 0, count).flip();
    } else {
      buffer.limit(count);
    }
  }

  /** Returns what is to be written. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** Whether it is used again. */
  boolean isLasting() {
    return buffer.isDirect();
  }
}
