package dev.pinion.gateway;

import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One client's opening handshake (RFC 6455 section 4.2): checked, turned into the {@code $connect} event, and answered.
 * Immutable.
 */
final class Handshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";
  private static final Set<String> NOT_IN_EVENT = Set.of("connection", "upgrade", "content-length");

  private final Hub hub;
  private final HttpRequest request;
  private final ConnectionContext context;

  private Handshake(Hub hub, HttpRequest request, ConnectionContext context) {
    this.hub = hub;
    this.request = request;
    this.context = context;
  }

  /** A request for the stage, if it may become a connection. */
  static Handshake of(Hub hub, HttpRequest request, String address) throws RefusedException {
    check(request);
    if (!hub.gatekeeper().mayConnect(request)) {
      throw new RefusedException(403, "Origin is not allowed");
    }
    long now = hub.now();
    if (hub.isClosed()) {
      throw new RefusedException(503, "gateway closes");
    }
    if (!hub.newConnections().take(now)) {
      throw new RefusedException(429, "more than " + hub.profile().connectionRate + " new connections per second");
    }
    ConnectionContext context =
        new ConnectionContext(
            hub.ids().connection(),
            now,
            address,
            request.header("User-Agent"),
            domainName(hub, request),
            hub.settings().stage(),
            hub.settings().apiId());
    return new Handshake(hub, request, context);
  }

  private static void check(HttpRequest request) throws RefusedException {
    if (!request.method().equals("GET")) {
      throw new RefusedException(403, "not GET");
    }
    if (!request.lists("Upgrade", "websocket")) {
      throw new RefusedException(426, "no upgrade");
    }
    if (!request.lists("Connection", "Upgrade")) {
      throw RefusedException.malformed("Connection does not name Upgrade");
    }
    List<String> keys = request.values("Sec-WebSocket-Key");
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      throw RefusedException.malformed("Sec-WebSocket-Key");
    }
    if (!request.values("Sec-WebSocket-Version").equals(List.of("13"))) {
      throw new RefusedException(426, "Sec-WebSocket-Version is not 13");
    }
  }

  /** Whether it is the Base64 of 16 bytes. */
  private static boolean isKey(String key) {
    return key.matches("[A-Za-z0-9+/]{21}[AQgw]==");
  }

  /** The name the client used; mostly the one that is told, which is then shared by all connections. */
  private static String domainName(Hub hub, HttpRequest request) {
    String host = request.header("Host").orElse("");
    return host.equals(hub.authority()) ? hub.authority() : host;
  }

  ConnectionContext context() {
    return context;
  }

  /** What the {@code $connect} handler is asked. */
  Event.Connect event() throws RefusedException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.headers().forEach(
        (name, values) -> {
          if (NOT_IN_EVENT.stream().noneMatch(name::equalsIgnoreCase)) {
            headers.put(name, List.copyOf(values));
          }
        });
    put(headers, "X-Forwarded-For", forwardedFor());
    put(headers, "X-Forwarded-Port", Integer.toString(hub.port()));
    put(headers, "X-Forwarded-Proto", "http");
    if (request.header("X-Amzn-Trace-Id").isEmpty()) {
      put(headers, "X-Amzn-Trace-Id",
          "Root=1-" + Long.toHexString(context.connectedAt() / 1000) + "-" + hub.ids().trace());
    }
    return new Event.Connect(context, hub.ids().request(), context.connectedAt(), headers, query());
  }

  private String forwardedFor() {
    List<String> before = request.values("X-Forwarded-For");
    return before.isEmpty() ? context.sourceIp() : String.join(", ", before) + ", " + context.sourceIp();
  }

  private static void put(Map<String, List<String>> headers, String name, String value) {
    headers.keySet().removeIf(name::equalsIgnoreCase);
    headers.put(name, List.of(value));
  }

  private Map<String, List<String>> query() throws RefusedException {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (request.query().isEmpty()) {
      return parameters;
    }
    try {
      for (String pair : request.query().split("&", -1)) {
        if (!pair.isEmpty()) {
          int mark = pair.indexOf('=');
          String name = URLDecoder.decode(mark < 0 ? pair : pair.substring(0, mark), UTF_8);
          String value = mark < 0 ? "" : URLDecoder.decode(pair.substring(mark + 1), UTF_8);
          parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
        }
      }
    } catch (IllegalArgumentException e) {
      throw RefusedException.malformed("percent-encoding");
    }
    return parameters;
  }

  /** The answer 101, with the one header of the handler's that reaches the client. */
  byte[] accepted(Response response) throws RefusedException {
    StringBuilder answer = new StringBuilder(160);
    answer.append(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ");
    answer.append(accept(request.header("Sec-WebSocket-Key").orElseThrow())).append("\r\n");
    List<String> protocols =
        response.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(PROTOCOL))
            .map(Map.Entry::getValue)
            .toList();
    if (protocols.size() > 1 || !protocols.stream().allMatch(value -> value.matches("[!-~ ]+"))) {
      throw new RefusedException(502, PROTOCOL + " of the $connect handler");
    }
    protocols.forEach(protocol -> answer.append(PROTOCOL).append(": ").append(protocol).append("\r\n"));
    return answer.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
