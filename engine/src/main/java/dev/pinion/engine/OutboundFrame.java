package dev.pinion.engine;

/**
 * Bytes that a socket is to write: a short head and a payload. The payload is neither copied nor changed, so that a
 * frame costs little memory, and can wait for many sockets at once.
 */
public final class OutboundFrame {
  /** What a frame takes beside its bytes: this object, an array's head and padding, and a place in a queue. */
  static final int OBJECTS = 48;

  /** The bytes of the head; the last of them is the lowest. */
  private final int head;
  private final int headLength;
  private final byte[] payload;

  /** A frame whose head is the lowest bytes of a number. */
  OutboundFrame(int head, int headLength, byte[] payload) {
    this.head = head;
    this.headLength = headLength;
    this.payload = payload;
  }

  /** Returns bytes to be written as they are. */
  static OutboundFrame of(byte[] bytes) {
    return new OutboundFrame(0, 0, bytes);
  }

  int length() {
    return headLength + payload.length;
  }

  /** Copies as many bytes as fit, from one of them on; returns the index behind them. */
  int copy(int from, byte[] target, int start) {
    int at = start;
    for (int i = from; i < headLength && at < target.length; i++) {
      target[at++] = (byte) (head >>> (8 * (headLength - 1 - i)));
    }
    int first = Math.max(0, from - headLength);
    int length = Math.min(target.length - at, payload.length - first);
    System.arraycopy(payload, first, target, at, length);
    return at + length;
  }
}
