package dev.pinion.engine;

import java.nio.ByteBuffer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The frames a server sends, encoded: never masked, never fragmented (RFC 6455 section 5). */
public final class Frames {
  /** Opcode: a further fragment of a message. */
  public static final int CONTINUATION = 0x0;
  /** Opcode: a text message, or its first fragment. */
  public static final int TEXT = 0x1;
  /** Opcode: a binary message, or its first fragment. */
  public static final int BINARY = 0x2;
  /** Opcode: a close frame. */
  public static final int CLOSE = 0x8;
  /** Opcode: a ping. */
  public static final int PING = 0x9;
  /** Opcode: a pong. */
  public static final int PONG = 0xA;

  /** The most bytes of a control frame's payload (RFC 6455 section 5.5). */
  public static final int CONTROL_BYTES = 125;

  private static final int FIN = 0x80;

  private Frames() {}

  /** Returns a text message. */
  public static OutboundFrame text(byte[] utf8) {
    return frame(TEXT, utf8);
  }

  /** Returns the answer to a ping. */
  public static OutboundFrame pong(byte[] payload) {
    return frame(PONG, payload);
  }

  /** Returns a close frame: empty for 1005 and 1006, otherwise with as much of the reason as fits. */
  public static OutboundFrame close(CloseStatus status) {
    if (!CloseStatus.sendable(status.code())) {
      return frame(CLOSE, new byte[0]);
    }
    byte[] reason = cut(status.reason());
    byte[] payload = new byte[2 + reason.length];
    payload[0] = (byte) (status.code() >> 8);
    payload[1] = (byte) status.code();
    System.arraycopy(reason, 0, payload, 2, reason.length);
    return frame(CLOSE, payload);
  }

  private static byte[] cut(String reason) {
    String fitting = reason;
    byte[] utf8 = fitting.getBytes(UTF_8);
    while (utf8.length > CONTROL_BYTES - 2) {
      fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
      utf8 = fitting.getBytes(UTF_8);
    }
    return utf8;
  }

  private static OutboundFrame frame(int opcode, byte[] payload) {
    int length = payload.length;
    int first = FIN | opcode;
    if (length < 126) {
      return new OutboundFrame((first << 8) | length, 2, payload);
    } else if (length < 1 << 16) {
      return new OutboundFrame((first << 24) | (126 << 16) | length, 4, payload);
    }
    return OutboundFrame.of(
        ByteBuffer.allocate(10 + length).put((byte) first).put((byte) 127).putLong(length).put(payload).array());
  }
}
