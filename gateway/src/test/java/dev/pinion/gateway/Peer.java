package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import dev.pinion.engine.Frames;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A client that speaks raw HTTP and raw WebSocket frames over a blocking socket. */
final class Peer implements AutoCloseable {
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private final Socket socket;
  private final DataInputStream in;
  private final int port;

  /** One frame from the server; each of {@code bytes} is one byte of the payload. */
  record Frame(int opcode, String bytes) {
    byte[] payload() {
      return bytes.getBytes(ISO_8859_1);
    }

    String text() {
      return new String(payload(), UTF_8);
    }

    CloseStatus status() {
      if (bytes.isEmpty()) {
        return CloseStatuses.NOT_SET;
      }
      return new CloseStatus((bytes.charAt(0) << 8) | bytes.charAt(1),
          new String(bytes.substring(2).getBytes(ISO_8859_1), UTF_8));
    }
  }

  /** One answer from the server. */
  record Answer(int status, String head, String body) {
    String header(String name) {
      return head.lines().filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
    }
  }

  Peer(int port) throws IOException {
    this.port = port;
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** A connection that is open. */
  static Peer open(Gateway gateway, String... headers) throws IOException {
    Peer peer = new Peer(gateway.port());
    Answer answer = peer.upgrade("/prod", headers);
    if (answer.status() != 101) {
      throw new AssertionError(answer);
    }
    return peer;
  }

  Answer upgrade(String path, String... headers) throws IOException {
    return request("GET", path, "", handshake(headers));
  }

  static String[] handshake(String... more) {
    String[] own = {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: " + KEY,
      "Sec-WebSocket-Version: 13"};
    String[] all = Arrays.copyOf(own, own.length + more.length);
    System.arraycopy(more, 0, all, own.length, more.length);
    return all;
  }

  Answer request(String method, String path, String body, String... headers) throws IOException {
    ask(method, path, body, headers);
    return answer();
  }

  /** Sends a request and does not wait for its answer. */
  void ask(String method, String path, String body, String... headers) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host:"))) {
      text.append("Host: localhost:").append(port).append("\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
    }
    raw(text.append("\r\n").append(body).toString().getBytes(UTF_8));
  }

  Answer answer() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    int status = Integer.parseInt(head.substring(9, 12));
    Answer answer = new Answer(status, head.toString(), "");
    String length = answer.header("content-length");
    byte[] body = length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    return new Answer(status, head.toString(), new String(body, UTF_8));
  }

  void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void raw(String text) throws IOException {
    raw(text.getBytes(ISO_8859_1));
  }

  void send(String text) throws IOException {
    raw(frame(true, Frames.TEXT, text.getBytes(UTF_8)));
  }

  void send(int opcode, byte... payload) throws IOException {
    raw(frame(true, opcode, payload));
  }

  static byte[] frame(boolean fin, int opcode, byte... payload) {
    return frame((fin ? 0x80 : 0) | opcode, 0x80, payload);
  }

  /** A frame with any first byte; {@code mask} is 0x80, or 0 for an unmasked one. */
  static byte[] frame(int first, int mask, byte... payload) {
    int length = payload.length;
    int extra = length < 126 ? 0 : length < 1 << 16 ? 2 : 8;
    byte[] frame = new byte[2 + extra + (mask == 0 ? 0 : 4) + length];
    frame[0] = (byte) first;
    frame[1] = (byte) (mask | (extra == 0 ? length : extra == 2 ? 126 : 127));
    for (int i = 0; i < extra; i++) {
      frame[2 + i] = (byte) ((long) length >>> (8 * (extra - 1 - i)));
    }
    int at = 2 + extra;
    byte[] key = new byte[4];
    if (mask != 0) {
      ThreadLocalRandom.current().nextBytes(key);
      System.arraycopy(key, 0, frame, at, 4);
      at += 4;
    }
    for (int i = 0; i < length; i++) {
      frame[at + i] = (byte) (payload[i] ^ key[i & 3]);
    }
    return frame;
  }

  Frame read() throws IOException {
    int opcode = in.readUnsignedByte() & 0xF;
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(opcode, new String(payload, ISO_8859_1));
  }

  String text() throws IOException {
    Frame frame = read();
    if (frame.opcode() != Frames.TEXT) {
      throw new AssertionError("No text but " + frame.opcode() + " " + frame.status());
    }
    return frame.text();
  }

  /** The status of the close frame, which must be next, followed by the end of the stream. */
  CloseStatus closed() throws IOException {
    Frame frame = read();
    if (frame.opcode() != Frames.CLOSE || !ended()) {
      throw new AssertionError("No close frame and end, but " + frame);
    }
    return frame.status();
  }

  /** Whether the stream ends, without further bytes. */
  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (EOFException | SocketException e) {
      return true;
    }
  }

  Socket socket() {
    return socket;
  }

  /** Ends the socket with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
