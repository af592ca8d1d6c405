package dev.pinion.tables;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link BytesOut} wrote. Bytes that end too early throw {@link IndexOutOfBoundsException}. One thread. */
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

  /** Reads a number of eight bytes. */
  long fixed() {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) number = number << Byte.SIZE | get();
    return number;
  }

  /** Returns how many bytes have been read. */
  int position() {
    return at;
  }

  /** Reads a number of elements or bytes that follow. */
  int count() {
    int count = number();
    if (count < 0 || count > bytes.length - at) {
      throw new IndexOutOfBoundsException("the bytes end within a value");
    }
    return count;
  }

  byte[] bytes() {
    int length = count();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  String text() {
    int length = count();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  /** Passes over bytes or a text. */
  void skipBytes() {
    int length = count();
    at += length;
  }

  /** Passes over bytes or a text; returns whether they were these. */
  boolean skipIfEqual(byte[] expected) {
    int length = count();
    at += length;
    return Arrays.equals(bytes, at - length, at, expected, 0, expected.length);
  }
}
