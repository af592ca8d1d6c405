package dev.pinion.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An incremental UTF-8 validator: fed piece by piece, it fails at the first byte that cannot belong to valid text, also
 * where a code point spans two pieces (RFC 6455 section 8.1, RFC 3629 section 4).
 *
 * <p>Not thread-safe.
 *
 * <pre>
 *            C2..DF             80..BF
 *   START ------------> 1 left ---------> START
 *     |   E0..EF  2 left --^      the byte after E0, ED, F0 and F4
 *     |   F0..F4  3 left --^      has a narrower range
 * </pre>
 */
public final class Utf8 {
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private int left;
  private int low = 0x80;
  private int high = 0xBF;

  /** Returns whether bytes are valid text. */
  public static boolean isValid(byte[] bytes) {
    return isValid(bytes, 0, bytes.length);
  }

  static boolean isValid(byte[] data, int from, int to) {
    Utf8 utf8 = new Utf8();
    return utf8.accept(data, from, to) && utf8.complete();
  }

  /** Takes bytes; returns false when they cannot belong to valid text. */
  boolean accept(byte[] data, int from, int to) {
    int at = from;
    while (at < to) {
      if (left == 0) {
        at = skipAscii(data, at, to);
        if (at == to) {
          return true;
        }
      }
      if (!next(data[at++] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the bytes so far end with a whole code point. */
  boolean complete() {
    return left == 0;
  }

  private boolean next(int unit) {
    if (left == 0) {
      return lead(unit);
    }
    if (unit < low || unit > high) {
      return false;
    }
    left--;
    low = 0x80;
    high = 0xBF;
    return true;
  }

  private boolean lead(int unit) {
    if (unit < 0x80) {
      return true;
    }
    if (unit < 0xC2 || unit > 0xF4) {
      return false;
    }
    left = unit < 0xE0 ? 1 : unit < 0xF0 ? 2 : 3;
    switch (unit) {
      case 0xE0 -> low = 0xA0;
      case 0xED -> high = 0x9F;
      case 0xF0 -> low = 0x90;
      case 0xF4 -> high = 0x8F;
      default -> {
      }
    }
    return true;
  }

  private static int skipAscii(byte[] data, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to && ((long) LONG.get(data, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < to && data[at] >= 0) {
      at++;
    }
    return at;
  }
}
