package dev.pinion.gateway;

import dev.pinion.engine.HttpExchange;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.RefusedException;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request that has arrived, turned into API Gateway's event of payload format 2.0. Immutable.
 *
 * <p>A body counts as text as on AWS, as recorded events show: with a type {@code text/...}, or JSON, XML and
 * JavaScript under {@code application/}, and without {@code Content-Encoding}. Others are passed in Base64.
 */
record HttpArrival(HttpExchange exchange, String client, long now, Ids ids, int port) {
  /** What belongs to the connection with the client, which ends at API Gateway. */
  private static final Set<String> DROPPED = Set.of(
      "connection", "expect", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");
  private static final Set<String> TEXT =
      Set.of("application/json", "application/xml", "application/javascript");

  /** Returns the event on a route. */
  HttpEvent event(HttpRouter.Match route) throws RefusedException {
    HttpRequest request = exchange.request();
    byte[] bytes = exchange.body();
    Map<String, String> headers = LinkedHashMap.newLinkedHashMap(request.headers().size() + 5);
    List<String> cookies = new ArrayList<>(0);
    int total = request.method().length() + request.path().length() + request.query().length();
    for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      List<String> values = header.getValue();
      String value = values.size() == 1 ? values.getFirst() : String.join(",", values);
      total += name.length() + value.length();
      if (name.equals("cookie")) {
        values.forEach(each -> addCookies(each, cookies));
      } else if (!DROPPED.contains(name)) {
        headers.put(name, value);
      }
    }
    if (total > HttpSettings.HEAD_BYTES) {
      throw new RefusedException(431, "headers over " + HttpSettings.HEAD_BYTES + " bytes");
    }
    long seed = ids.next();
    addOwn(headers, seed);
    HttpEvent.Context context = new HttpEvent.Context(
        Ids.request(seed), now, client, Optional.ofNullable(headers.get("user-agent")),
        headers.getOrDefault("host", ""), Map.of());
    return new HttpEvent(
        route.key(), request.method(), HttpRouter.decoded(request.path()), request.query(), headers, cookies,
        route.variables(), isText(headers) ? HttpBody.ofText(bytes) : HttpBody.of(bytes), context);
  }

  private void addOwn(Map<String, String> headers, long seed) {
    if (exchange.body().length > 0 || exchange.request().header("Transfer-Encoding").isPresent()) {
      headers.put("content-length", Integer.toString(exchange.body().length));
    }
    headers.merge("x-forwarded-for", client, (before, own) -> before + ", " + own);
    headers.put("x-forwarded-port", Integer.toString(port));
    headers.put("x-forwarded-proto", "http");
    headers.computeIfAbsent(
        "x-amzn-trace-id", _ -> "Root=1-" + Long.toHexString(now / 1000) + "-" + Ids.trace(seed));
  }

  private static void addCookies(String header, List<String> cookies) {
    for (String each : header.split(";", -1)) {
      String cookie = each.strip();
      if (!cookie.isEmpty()) {
        cookies.add(cookie);
      }
    }
  }

  private static boolean isText(Map<String, String> headers) {
    String type = headers.getOrDefault("content-type", "");
    int end = type.indexOf(';');
    String name = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return (name.startsWith("text/") || TEXT.contains(name)) && !headers.containsKey("content-encoding");
  }

  /** Returns about how many bytes the event has as JSON, in which a body that is no text is in Base64. */
  static long bytes(HttpEvent event) {
    long headers = 0;
    for (Map.Entry<String, String> each : event.headers().entrySet()) {
      headers += each.getKey().length() + each.getValue().length() + 6;
    }
    return 1000 + headers + 2L * (event.path().length() + event.rawQuery().length()) + inJson(event.body());
  }

  /** Returns how many bytes a body has in JSON. */
  static long inJson(HttpBody body) {
    if (!body.isText()) {
      return (body.length() + 2L) / 3 * 4;
    }
    long escaped = body.length();
    for (byte each : body.bytes()) {
      if (each == '"' || each == '\\' || each == '\n' || each == '\r' || each == '\t') {
        escaped++;
      } else if (each >= 0 && each < ' ') {
        escaped += 5;
      }
    }
    return escaped;
  }
}
