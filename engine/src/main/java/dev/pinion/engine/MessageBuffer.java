package dev.pinion.engine;

import java.util.Arrays;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The part of a message or control frame that has arrived so far. It grows with what arrived, never with what a frame
 * announces. Not thread-safe.
 */
final class MessageBuffer {
  /** What it takes beside its bytes. */
  private static final int OBJECTS = 80;

  private final boolean text;
  private final Utf8 utf8 = new Utf8();
  private byte[] bytes = new byte[64];
  private int length;
  private boolean ascii = true;

  /** An empty buffer; one for text checks that it is UTF-8. */
  MessageBuffer(boolean text) {
    this.text = text;
  }

  int length() {
    return length;
  }

  /** Returns how many bytes of memory it takes. */
  int memory() {
    return OBJECTS + bytes.length;
  }

  /** Takes masked bytes; false when they are not valid text but should be. */
  boolean append(byte[] data, int from, int to, int key, int phase) {
    int count = to - from;
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    System.arraycopy(data, from, bytes, length, count);
    ascii &= Mask.remove(bytes, length, length + count, key, phase);
    length += count;
    return !text || utf8.accept(bytes, length - count, length);
  }

  /** Whether a text ends with a whole code point. */
  boolean complete() {
    return utf8.complete();
  }

  String string() {
    return new String(bytes, 0, length, ascii ? ISO_8859_1 : UTF_8);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
