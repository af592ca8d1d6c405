package dev.pinion.tables;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are appended to: numbers of one to five bytes, and bytes and texts behind their length. One thread. */
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

  BytesOut bytes(byte[] more) {
    number(more.length);
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  BytesOut text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
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
