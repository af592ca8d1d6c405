package dev.pinion.tables;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are appended to: numbers of one to five bytes or of eight, and bytes and texts behind their length. One
 * thread.
 */
final class BytesOut {
  private byte[] bytes;
  private int size;

  BytesOut(int capacity) {
    bytes = new byte[capacity];
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  BytesOut put(int b) {
    reserve(1);
    bytes[size++] = (byte) b;
    return this;
  }

  /** Appends a number in groups of seven bits, the lowest first; small ones take the fewest bytes. */
  BytesOut number(int number) {
    reserve(5);
    int rest = number;
    while ((rest & ~0x7F) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Appends a number that always takes eight bytes. */
  BytesOut fixed(long number) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) put((int) (number >>> shift) & 0xFF);
    return this;
  }

  BytesOut bytes(byte[] more) {
    return number(more.length).raw(more);
  }

  /** Appends bytes without their length. */
  BytesOut raw(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  BytesOut text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes back what was appended behind a size. */
  void cut(int before) {
    size = before;
  }

  int size() {
    return size;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Returns a view of the bytes, which is valid until more are appended. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }
}
