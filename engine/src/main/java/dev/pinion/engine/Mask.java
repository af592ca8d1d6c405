package dev.pinion.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking of client frames (RFC 6455 section 5.3), undone eight bytes at a time. */
final class Mask {
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Mask() {}

  /**
   * Unmasks bytes in place.
   *
   * @param key the masking key, its first byte highest
   * @param phase how many bytes of the payload came before
   * @return whether all of the bytes are ASCII
   */
  static boolean remove(byte[] data, int from, int to, int key, int phase) {
    int turned = Integer.reverseBytes(Integer.rotateLeft(key, (phase & 3) * 8));
    long wide = ((long) turned << 32) | (turned & 0xFFFFFFFFL);
    long seen = 0;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long clear = (long) LONG.get(data, at) ^ wide;
      LONG.set(data, at, clear);
      seen |= clear;
    }
    for (int shift = 0; at < to; at++, shift += 8) {
      byte clear = (byte) (data[at] ^ (wide >>> shift));
      data[at] = clear;
      seen |= clear & 0x80;
    }
    return (seen & HIGH_BITS) == 0;
  }
}
