package dev.pinion.benchmarks;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A client of the {@link BareServer}. On the server's thread. */
final class BareClient {
  private static final int MOST = 1 << 17;
  private static final int MOST_AT_ONCE = 64;
  private static final long NOT_ASCII = 0x8080808080808080L;
  private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  /** What has just been read, and what is about to be replied: of one client after the other. */
  private static final byte[] IN = new byte[MOST];
  private static final byte[] OUT = new byte[MOST + MOST];

  private final SocketChannel socket;
  private final BareServer server;
  private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>(2);
  private @Nullable SelectionKey key;
  private byte[] rest = new byte[0];
  private int replied;
  private boolean open;
  private boolean waits;

  BareClient(SocketChannel socket, BareServer server) {
    this.socket = socket;
    this.server = server;
  }

  void key(SelectionKey registered) {
    key = registered;
  }

  /** Reads once, and answers what has been read. Returns whether the client is still there. */
  boolean read() throws IOException {
    int length = rest.length;
    System.arraycopy(rest, 0, IN, 0, length);
    int count = socket.read(ByteBuffer.wrap(IN, length, MOST - length));
    if (count < 0) {
      return false;
    }
    length += count;
    int taken = open ? frames(0, length) : handshake(length);
    if (taken < 0) {
      return false;
    }
    rest = taken == length ? new byte[0] : Arrays.copyOfRange(IN, taken, length);
    if (replied > 0) {
      send(replied);
      replied = 0;
    }
    return true;
  }

  private int handshake(int length) {
    String head = new String(IN, 0, length, ISO_8859_1);
    if (!head.endsWith("\r\n\r\n")) {
      return 0;
    }
    String key = head.replaceFirst("(?is).*\r\nsec-websocket-key: *(\\S+)\r\n.*", "$1");
    byte[] answer =
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept(key) + "\r\n\r\n").getBytes(ISO_8859_1);
    System.arraycopy(answer, 0, OUT, 0, answer.length);
    replied = answer.length;
    open = true;
    return length;
  }

  private static String accept(String key) {
    try {
      byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers whole frames. Returns where the first one begins that is not whole; -1 for any other than a text. */
  private int frames(int from, int to) {
    int at = from;
    while (to - at >= 8) {
      boolean longer = (IN[at + 1] & 0x7f) == 126;
      int size = longer ? ((IN[at + 2] & 0xff) << 8) | (IN[at + 3] & 0xff) : IN[at + 1] & 0x7f;
      int mask = at + (longer ? 4 : 2);
      int payload = mask + 4;
      if (IN[at] != (byte) 0x81 || (size == 127 && !longer)) {
        return -1;
      }
      if (to - payload < size) {
        break;
      }
      if (!unmask(mask, payload, size)) {
        return -1;
      }
      // The head of a frame without a mask is four bytes shorter: it is written directly in front of the payload.
      int head = payload - (longer ? 4 : 2);
      IN[head] = (byte) 0x81;
      IN[head + 1] = (byte) (longer ? 126 : size);
      if (longer) {
        IN[head + 2] = (byte) (size >> 8);
        IN[head + 3] = (byte) size;
      }
      server.message(this, ByteBuffer.wrap(IN, head, payload - head + size));
      at = payload + size;
    }
    return at;
  }

  private static boolean unmask(int mask, int payload, int size) {
    long four =
        ((IN[mask] & 0xffL) << 24) | ((IN[mask + 1] & 0xffL) << 16) | ((IN[mask + 2] & 0xffL) << 8)
            | (IN[mask + 3] & 0xffL);
    long eight = (four << 32) | four;
    long seen = 0;
    int i = payload;
    for (; i + 8 <= payload + size; i += 8) {
      long plain = (long) EIGHT.get(IN, i) ^ eight;
      seen |= plain;
      EIGHT.set(IN, i, plain);
    }
    for (; i < payload + size; i++) {
      IN[i] ^= (byte) (four >> (24 - 8 * ((i - payload) & 3)));
      seen |= IN[i];
    }
    return (seen & NOT_ASCII) == 0;
  }

  /** Adds a frame to what is written once all that was read is answered. */
  void reply(ByteBuffer frame) {
    int size = frame.remaining();
    frame.get(OUT, replied, size);
    replied += size;
  }

  private void send(int length) throws IOException {
    ByteBuffer replies = ByteBuffer.wrap(OUT, 0, length);
    if (queue.isEmpty()) {
      socket.write(replies);
    }
    if (replies.hasRemaining()) {
      add(ByteBuffer.allocate(replies.remaining()).put(replies).flip());
    }
  }

  /** Adds a frame of its own to what is written at the end of this turn. */
  void add(ByteBuffer frame) {
    if (!open) {
      return;
    }
    queue.add(frame);
    if (!waits) {
      waits = true;
      server.later(this);
    }
  }

  /** Writes what waits, and goes on when the socket takes more. */
  void write() throws IOException {
    waits = false;
    boolean taken = true;
    while (taken && !queue.isEmpty()) {
      if (queue.size() == 1) {
        socket.write(queue.element());
      } else {
        socket.write(queue.toArray(ByteBuffer[]::new), 0, Math.min(queue.size(), MOST_AT_ONCE));
      }
      taken = !queue.element().hasRemaining();
      while (!queue.isEmpty() && !queue.element().hasRemaining()) {
        queue.remove();
      }
    }
    if (key != null && key.isValid()) {
      key.interestOps(queue.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  void close() throws IOException {
    socket.close();
    queue.clear();
    open = false;
  }
}
