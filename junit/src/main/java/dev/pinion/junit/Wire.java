package dev.pinion.junit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A WebSocket on the client's side: the handshake, and frames as they are. One thread reads; any thread writes.
 *
 * <p>It blocks, so that a test can stop reading, send what no browser sends, and break the connection.
 */
final class Wire {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int LONGEST_LINE = 16_384;

  private final Socket socket;
  private final String key;
  private final DataInputStream in;
  private final OutputStream out;
  private final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private int status;

  /** A frame. */
  static final class Frame {
    final boolean last;
    final int opcode;
    final byte[] payload;

    private Frame(boolean last, int opcode, byte[] payload) {
      this.last = last;
      this.opcode = opcode;
      this.payload = payload;
    }
  }

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    key = Base64.getEncoder().encodeToString(random);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  /** Connects, and asks for a WebSocket. {@link #status} has the answer. */
  static Wire open(URI url, ClientHandshake handshake, int timeoutMillis) throws IOException {
    Socket socket = connected(url, timeoutMillis);
    try {
      Wire wire = new Wire(socket);
      wire.ask(url, handshake);
      socket.setSoTimeout(0);
      return wire;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket connected(URI url, int timeoutMillis) throws IOException {
    boolean secure = url.getScheme().equals("wss");
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    Socket socket = secure ? SSLSocketFactory.getDefault().createSocket() : new Socket();
    try {
      socket.connect(new java.net.InetSocketAddress(url.getHost(), port), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      socket.setTcpNoDelay(true);
      if (socket instanceof SSLSocket tls) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(java.util.List.of(new javax.net.ssl.SNIHostName(url.getHost())));
        tls.setSSLParameters(parameters);
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void ask(URI url, ClientHandshake handshake) throws IOException {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    StringBuilder request = new StringBuilder("GET ").append(path).append(handshake.query()).append(" HTTP/1.1\r\n")
        .append("Host: ").append(url.getRawAuthority()).append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
        .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ").append(key).append("\r\n");
    handshake.headers()
        .forEach(each -> request.append(each.getKey()).append(": ").append(each.getValue()).append("\r\n"));
    out.write(request.append("\r\n").toString().getBytes(ISO_8859_1));
    out.flush();
    String[] first = line().split(" ", 3);
    status = first.length > 1 && first[1].matches("\\d{3}") ? Integer.parseInt(first[1]) : 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) answered.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.size() > LONGEST_LINE) throw new EOFException("the answer to the handshake is not HTTP");
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** Returns the status of the answer; 101 for an open connection. */
  int status() {
    return status;
  }

  /** Returns a header of the answer. */
  Optional<String> header(String name) {
    return Optional.ofNullable(answered.get(name));
  }

  /** Returns the {@code Sec-WebSocket-Key} of the handshake. */
  String key() {
    return key;
  }

  /** Reads the body of an answer that opened nothing. */
  String body() throws IOException {
    if (answered.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT).contains("chunked")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int size = chunk(); size > 0; size = chunk()) {
        all.write(in.readNBytes(size));
        line();
      }
      return all.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
    int length = Integer.parseInt(answered.getOrDefault("Content-Length", "0"));
    return new String(in.readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  /** Writes one frame, masked. */
  synchronized void send(boolean last, int opcode, byte[] payload) throws IOException {
    int length = payload.length;
    byte[] frame = new byte[length + 14];
    int at = 0;
    frame[at++] = (byte) ((last ? 0x80 : 0) | opcode);
    if (length < 126) {
      frame[at++] = (byte) (0x80 | length);
    } else if (length < 65_536) {
      frame[at++] = (byte) (0x80 | 126);
      frame[at++] = (byte) (length >>> 8);
      frame[at++] = (byte) length;
    } else {
      frame[at++] = (byte) (0x80 | 127);
      at += 4;
      for (int shift = 24; shift >= 0; shift -= 8) frame[at++] = (byte) (length >>> shift);
    }
    int mask = ThreadLocalRandom.current().nextInt();
    for (int i = 0; i < 4; i++) frame[at++] = (byte) (mask >>> (24 - 8 * i));
    for (int i = 0; i < length; i++) frame[at++] = (byte) (payload[i] ^ mask >>> (24 - 8 * (i & 3)));
    out.write(frame, 0, at);
    out.flush();
  }

  /** Waits for a frame. */
  Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7F;
    if (length == 126) length = in.readUnsignedShort();
    else if (length == 127) length = in.readLong();
    if ((second & 0x80) != 0 || length < 0 || length > Integer.MAX_VALUE - 16) {
      throw new IOException("the server sent what is not a WebSocket frame");
    }
    byte[] payload = in.readNBytes((int) length);
    if (payload.length < length) throw new EOFException();
    return new Frame((first & 0x80) != 0, first & 0x0F, payload);
  }

  /** Ends the connection with a TCP reset, as a client does that crashes. */
  void reset() throws IOException {
    if (!socket.isClosed()) socket.setSoLinger(true, 0);
    socket.close();
  }

  void close() throws IOException {
    socket.close();
  }
}
