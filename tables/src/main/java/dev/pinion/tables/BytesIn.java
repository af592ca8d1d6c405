package dev.pinion.tables;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link BytesOut} wrote. Bytes that end too early throw an {@link IndexOutOfBoundsException}. One thread. */
final class BytesIn {
  private final byte[] bytes;
  private int at;

  BytesIn(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  int get() {
    return bytes[at++] & 0xFF;
  }

  int number() {
    int number = 0;
    for (int shift = 0;; shift += 7) {
      int b = get();
      number |= (b & 0x7F) << shift;
      if (b < 0x80) {
        return number;
      }
    }
  }

  byte[] bytes() {
    int length = number();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, checked());
  }

  String text() {
    int length = number();
    at += length;
    return new String(bytes, at - length, checked() - (at - length), StandardCharsets.UTF_8);
  }

  /** Passes over bytes or a text. */
  void skipBytes() {
    int length = number();
    at += length;
    checked();
  }

  /** Passes over bytes or a text; returns whether they were these. */
  boolean skipIfEqual(byte[] expected) {
    int length = number();
    int from = at;
    at += length;
    return Arrays.equals(bytes, from, checked(), expected, 0, expected.length);
  }

  private int checked() {
    if (at > bytes.length || at < 0) {
      throw new IndexOutOfBoundsException("the bytes end within a value");
    }
    return at;
  }
}
