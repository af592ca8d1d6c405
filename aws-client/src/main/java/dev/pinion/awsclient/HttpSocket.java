package dev.pinion.awsclient;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** One connection to a server, for one HTTP/1.1 exchange after the other. Used by one thread at a time. */
final class HttpSocket {
  private static final int CONNECT_MILLIS = 2_000;
  /** What the kernel surely takes at once. */
  private static final int SMALL = 16 * 1024;

  private final DeadlineSocket tcp;
  private final InputStream in;
  private final OutputStream out;
  private boolean reusable;

  private HttpSocket(DeadlineSocket tcp, Socket socket) throws IOException {
    this.tcp = tcp;
    in = new BufferedInputStream(socket.getInputStream(), 8 * 1024);
    out = socket.getOutputStream();
  }

  /** Connects to a server, over TLS for {@code https}, trying its addresses one after the other. */
  static HttpSocket connect(URI uri, TlsFactory tls, long deadline) throws IOException {
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    String host = uri.getHost();
    DeadlineSocket tcp = tcp(host, port, deadline);
    try {
      return new HttpSocket(tcp, secure ? tls.secured(tcp, host, port) : tcp);
    } catch (IOException | RuntimeException e) {
      tcp.close();
      throw e;
    }
  }

  private static DeadlineSocket tcp(String host, int port, long deadline) throws IOException {
    IOException failure = new IOException("no address of " + host);
    for (InetAddress address : InetAddress
        .getAllByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)) {
      DeadlineSocket tcp = new DeadlineSocket();
      try {
        tcp.deadline(deadline);
        tcp.setTcpNoDelay(true);
        tcp.connect(new InetSocketAddress(address, port), Math.min(CONNECT_MILLIS, tcp.millisLeft()));
        return tcp;
      } catch (IOException e) {
        tcp.close();
        failure = e;
      }
    }
    throw failure;
  }

  /**
   * Sends a request and reads the whole response. A request that asks to close the connection is the last one on it,
   * whatever the response says (RFC 9112, section 9.6).
   */
  AwsReply exchange(AwsCall call, long deadline) throws IOException {
    reusable = false;
    tcp.deadline(deadline);
    byte[] request = encode(call);
    if (request.length <= SMALL) {
      out.write(request);
      out.flush();
    } else {
      tcp.guarded(() -> {
        out.write(request);
        out.flush();
      });
    }
    ReplyReader reader = new ReplyReader(in);
    AwsReply reply = reader.read();
    reusable = reader.staysOpen() && !"close".equals(call.headers().get("Connection"));
    return reply;
  }

  private static byte[] encode(AwsCall call) {
    String path = call.uri().getRawPath();
    StringBuilder head =
        new StringBuilder(512).append(call.method()).append(' ').append(path.isEmpty() ? "/" : path);
    if (call.uri().getRawQuery() != null) {
      head.append('?').append(call.uri().getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(call.host()).append("\r\n");
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    if (call.body().length > 0 || !call.method().equals("GET")) {
      head.append("Content-Length: ").append(call.body().length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
    byte[] all = new byte[start.length + call.body().length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(call.body(), 0, all, start.length, call.body().length);
    return all;
  }

  /** Whether another request can be sent. */
  boolean isReusable() {
    return reusable;
  }

  /** Whether there is something that no request has asked for, which the next one would take for its response. */
  boolean hasMore() {
    try {
      return in.available() > 0;
    } catch (IOException _) {
      return true;
    }
  }

  /** Whether the server has closed the connection meanwhile, or sent something that nobody asked for. */
  boolean isStale() {
    try {
      tcp.deadline(System.nanoTime() + 1_000_000);
      var _ = in.read();
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  void close() {
    try {
      tcp.close();
    } catch (IOException _) {
      // it is of no use any more, closed or not
    }
  }
}
