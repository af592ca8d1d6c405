package dev.pinion.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads the frames of one client (RFC 6455 section 5), however they are cut into pieces, and joins fragments into
 * messages. It keeps only what is incomplete. Not thread-safe.
 *
 * <pre>
 *    HEAD --whole head--> PAYLOAD --all of it--> HEAD
 *     | \                    |
 *     |  `-- some of it, kept in head[]
 *     |                      `-- some of it, kept in message or control
 *     `-- between two frames nothing is kept, unless a message is fragmented
 * </pre>
 */
final class FrameDecoder {
  private static final byte[] NO_HEAD = {};
  /** How many bytes of a masked control frame come before its payload. */
  private static final int CLOSE_HEAD = 6;

  private FrameLimits limits;

  private byte[] head = NO_HEAD;
  private int headLength;

  private boolean inPayload;
  private boolean fin;
  private int opcode;
  private int key;
  private int length;
  private int arrived;

  private int messageOpcode;
  private @Nullable MessageBuffer message;
  private @Nullable MessageBuffer control;

  private boolean closed;

  FrameDecoder(FrameLimits limits) {
    this.limits = limits;
  }

  /** Changes which frames are allowed, from the next head on. */
  void limits(FrameLimits next) {
    limits = next;
  }

  /** Whether a close frame has come: what follows it is not decoded. */
  boolean isClosed() {
    return closed;
  }

  /** Returns how many bytes of memory the incomplete message takes. */
  int memory() {
    return (message == null ? 0 : message.memory()) + (control == null ? 0 : control.memory());
  }

  /** Whether it keeps nothing: a new decoder would go on as this one does. */
  boolean isEmpty() {
    return headLength == 0 && !inPayload && message == null && control == null && !closed;
  }

  /** Drops the incomplete message; nothing may be decoded afterwards. */
  void drop() {
    message = null;
    control = null;
  }

  /** Returns whether a client's bytes end with what looks like a whole close frame. */
  static boolean endsWithClose(byte[] data) {
    for (int length = 0; length <= Frames.CONTROL_BYTES; length++) {
      int at = data.length - CLOSE_HEAD - length;
      if (at >= 0 && (data[at] & 0xFF) == (0x80 | Frames.CLOSE) && (data[at + 1] & 0xFF) == (0x80 | length)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Decodes bytes, which are overwritten, until there are no more, the sink is not ready, or a close frame has come.
   *
   * @return the index of the first byte not yet taken
   * @throws ProtocolException when the client must be cut off; nothing may be decoded afterwards
   */
  int decode(byte[] data, int from, int to, FrameSink sink) throws ProtocolException {
    int at = from;
    while (at < to && !closed && sink.ready()) {
      if (!inPayload) {
        at = readHead(data, at, to);
        if (!inPayload) {
          return at;
        }
      }
      int end = (int) Math.min(to, (long) at + length - arrived);
      if (end > at || length == 0) {
        payload(data, at, end, sink);
      }
      at = end;
    }
    return at;
  }

  /** Takes the bytes of a frame's head; {@link #inPayload} tells whether it is whole. */
  private int readHead(byte[] data, int from, int to) throws ProtocolException {
    if (headLength == 0) {
      int size = headSize(data, from, to - from);
      if (size <= to - from) {
        parseHead(data, from, size);
        return from + size;
      }
      head = new byte[14];
    }
    int at = from;
    while (at < to) {
      head[headLength++] = data[at++];
      int size = headSize(head, 0, headLength);
      if (size == headLength) {
        parseHead(head, 0, size);
        head = NO_HEAD;
        headLength = 0;
        return at;
      }
    }
    return at;
  }

  /**
   * How many bytes the head has, as far as its first bytes tell; the first two are checked as soon as they are
   * here.
   */
  private int headSize(byte[] data, int from, int available) throws ProtocolException {
    checkFirst(data[from] & 0xFF);
    if (available < 2) {
      return 6;
    }
    int second = data[from + 1] & 0xFF;
    if ((second & 0x80) == 0) {
      throw ProtocolException.violated("a frame that is not masked");
    }
    int size = second & 0x7F;
    if ((data[from] & 0x8) != 0 && size > Frames.CONTROL_BYTES) {
      throw ProtocolException.violated("a control frame over " + Frames.CONTROL_BYTES + " bytes");
    }
    return size < 126 ? 6 : size == 126 ? 8 : 14;
  }

  private void checkFirst(int first) throws ProtocolException {
    int code = first & 0xF;
    boolean last = (first & 0x80) != 0;
    boolean allowed =
        switch (code) {
          case Frames.CONTINUATION -> messageOpcode != 0;
          case Frames.TEXT, Frames.BINARY -> messageOpcode == 0;
          case Frames.CLOSE, Frames.PING, Frames.PONG -> last;
          default -> false;
        };
    if (!allowed || (first & 0x70) != 0) {
      throw ProtocolException.violated("a frame that may not come here, or a reserved one");
    }
    if (code == Frames.BINARY && !limits.binary()) {
      throw new ProtocolException(CloseStatus.of(1003), "a binary message");
    }
  }

  private void parseHead(byte[] data, int from, int size) throws ProtocolException {
    int first = data[from] & 0xFF;
    fin = (first & 0x80) != 0;
    opcode = first & 0xF;
    long announced = data[from + 1] & 0x7F;
    if (announced >= 126) {
      announced = number(data, from + 2, from + size - 4);
      if (announced < (size == 8 ? 126 : 1 << 16)) {
        throw ProtocolException.violated("a length that is not in its shortest form");
      }
    }
    int before = message == null ? 0 : message.length();
    if (opcode < Frames.CLOSE) {
      checkSize(announced, before + announced);
    }
    length = (int) announced;
    arrived = 0;
    key = (int) number(data, from + size - 4, from + size);
    inPayload = true;
  }

  private void checkSize(long frame, long whole) throws ProtocolException {
    if (whole > limits.messageBytes()) {
      throw ProtocolException.tooLarge("a message over " + limits.messageBytes() + " bytes");
    }
    if (frame > limits.frameBytes()) {
      throw ProtocolException.tooLarge(
          "a frame of " + frame + " bytes, over " + limits.frameBytes()
              + ": a larger message must be sent in several frames, which browsers cannot");
    }
  }

  private ProtocolException notUtf8() {
    return new ProtocolException(limits.invalidText(), "text that is not UTF-8");
  }

  private static long number(byte[] data, int from, int to) {
    long number = 0;
    for (int at = from; at < to; at++) {
      number = number << 8 | (data[at] & 0xFF);
    }
    return number;
  }

  private void payload(byte[] data, int from, int to, FrameSink sink) throws ProtocolException {
    boolean whole = arrived == 0 && to - from == length;
    if (whole && fin && opcode == Frames.TEXT) {
      inPayload = false;
      sink.text(text(data, from, to));
      return;
    }
    MessageBuffer buffer = buffer();
    if (!buffer.append(data, from, to, key, arrived)) {
      throw notUtf8();
    }
    arrived += to - from;
    if (arrived == length) {
      inPayload = false;
      end(buffer, sink);
    }
  }

  private String text(byte[] data, int from, int to) throws ProtocolException {
    if (Mask.remove(data, from, to, key, 0)) {
      return new String(data, from, to - from, ISO_8859_1);
    }
    if (!Utf8.isValid(data, from, to)) {
      throw notUtf8();
    }
    return new String(data, from, to - from, UTF_8);
  }

  private MessageBuffer buffer() {
    if (opcode >= Frames.CLOSE) {
      if (control == null) {
        control = new MessageBuffer(false);
      }
      return control;
    }
    if (message == null) {
      messageOpcode = opcode;
      message = new MessageBuffer(opcode == Frames.TEXT);
    }
    return message;
  }

  private void end(MessageBuffer buffer, FrameSink sink) throws ProtocolException {
    if (opcode >= Frames.CLOSE) {
      control = null;
      control(buffer.toBytes(), sink);
    } else if (fin) {
      int kind = messageOpcode;
      message = null;
      messageOpcode = 0;
      if (!buffer.complete()) {
        throw notUtf8();
      }
      if (kind == Frames.TEXT) {
        sink.text(buffer.string());
      } else {
        sink.binary(buffer.toBytes());
      }
    }
  }

  private void control(byte[] payload, FrameSink sink) throws ProtocolException {
    switch (opcode) {
      case Frames.PING -> sink.ping(payload);
      case Frames.PONG -> sink.pong(payload);
      default -> {
        CloseStatus status = closeStatus(payload);
        closed = true;
        sink.close(status);
      }
    }
  }

  private CloseStatus closeStatus(byte[] payload) throws ProtocolException {
    if (payload.length == 0) {
      return CloseStatus.of(1005);
    }
    if (payload.length == 1 || !CloseStatus.sendable((int) number(payload, 0, 2))) {
      throw ProtocolException.violated("a close status that may not be sent");
    }
    if (!Utf8.isValid(payload, 2, payload.length)) {
      throw notUtf8();
    }
    String reason = new String(Arrays.copyOfRange(payload, 2, payload.length), UTF_8);
    return new CloseStatus((int) number(payload, 0, 2), reason);
  }
}
