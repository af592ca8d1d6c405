package dev.pinion.engine;

import java.nio.ByteBuffer;

/** Frames as a client sends them: masked. */
final class ClientFrames {
  private static final int KEY = 0x37FA213D;

  private ClientFrames() {}

  static byte[] frame(boolean fin, int opcode, byte... payload) {
    int length = payload.length;
    ByteBuffer frame = ByteBuffer.allocate(14 + length).put((byte) ((fin ? 0x80 : 0) | opcode));
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else if (length < 1 << 16) {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(length);
    }
    frame.putInt(KEY);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (payload[i] ^ KEY >>> (24 - 8 * (i & 3))));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }
}
