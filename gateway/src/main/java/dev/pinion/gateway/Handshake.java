package dev.pinion.gateway;

import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.RefusedException;
import dev.pinion.engine.WebSocketUpgrade;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One client's opening handshake: turned into the {@code $connect} event, and answered. Immutable. */
final class Handshake {
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";
  private static final Set<String> NOT_IN_EVENT = Set.of("connection", "upgrade", "content-length");

  private final HttpRequest request;
  private final ConnectionContext context;
  private final Ids ids;
  private final int port;

  /** A request that has passed all checks, from a client's address, at a time in milliseconds. */
  Handshake(HttpRequest request, String client, long now, Settings settings, ServerAddress address, Ids ids,
      LastText hosts) {
    this.request = request;
    this.ids = ids;
    port = address.port();
    context =
        new ConnectionContext(
            ids.connection(),
            now,
            client,
            request.header("User-Agent"),
            hosts.same(domainName(request, address)),
            settings.stage(),
            settings.apiId());
  }

  /** The name the client used; mostly the address's own, which is then shared by all connections. */
  private static String domainName(HttpRequest request, ServerAddress address) {
    String host = request.header("Host").orElse("");
    return host.equals(address.authority()) ? address.authority() : host;
  }

  ConnectionContext context() {
    return context;
  }

  /** Returns what the {@code $connect} handler is asked. */
  Event.Connect event() throws RefusedException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.headers().forEach(
        (name, values) -> {
          if (NOT_IN_EVENT.stream().noneMatch(name::equalsIgnoreCase)) {
            headers.put(name, List.copyOf(values));
          }
        });
    put(headers, "X-Forwarded-For", forwardedFor());
    put(headers, "X-Forwarded-Port", Integer.toString(port));
    put(headers, "X-Forwarded-Proto", "http");
    if (request.header("X-Amzn-Trace-Id").isEmpty()) {
      put(headers, "X-Amzn-Trace-Id",
          "Root=1-" + Long.toHexString(context.connectedAt() / 1000) + "-" + ids.trace());
    }
    return new Event.Connect(context, ids.request(), context.connectedAt(), headers, query());
  }

  /**
   * Returns what the authorizer is asked: the same, with the headers of the upgrade as AWS's guide shows them, which
   * {@code $connect} does not get.
   */
  static Event.Authorize question(Event.Connect event) {
    Map<String, List<String>> headers = new LinkedHashMap<>(event.headers());
    put(headers, "Connection", "upgrade");
    put(headers, "Upgrade", "websocket");
    put(headers, "content-length", "0");
    return new Event.Authorize(
        new Event.Connect(
            event.connection(), event.requestId(), event.requestTimeEpoch(), headers, event.queryStringParameters()));
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
    String query = ClientToken.without(request.query());
    if (query.isEmpty()) {
      return parameters;
    }
    try {
      for (String pair : query.split("&", -1)) {
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

  /** Returns the answer 101, with the one header of the handler's that reaches the client. */
  byte[] accepted(Response response) throws RefusedException {
    List<String> protocols =
        response.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(PROTOCOL))
            .map(Map.Entry::getValue)
            .toList();
    if (protocols.size() > 1 || !protocols.stream().allMatch(value -> value.matches("[!-~ ]+"))) {
      throw new RefusedException(502, PROTOCOL + " of the $connect handler");
    }
    return WebSocketUpgrade.answer(request, protocols.stream().findFirst());
  }
}
