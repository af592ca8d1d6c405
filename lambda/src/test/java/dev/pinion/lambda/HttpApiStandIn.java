package dev.pinion.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.contract.HttpBackend;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.HttpRouteKey;
import dev.pinion.spi.HttpRouteModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/** API Gateway in front of the functions of an app's HTTP API: events and answers of payload format 2.0. */
final class HttpApiStandIn implements HttpBackend {
  private final RecordCodec json = new RecordCodec();
  private final App app;
  private final List<HttpRouteModel> routes;
  private final String api;
  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final HttpServer server;

  private record Match(HttpRouteModel route, Map<String, String> variables) {}

  HttpApiStandIn(App app) {
    this.app = app;
    var model = Definition.of(app).model().httpApis().getFirst();
    api = model.id();
    // Those without variables first; greedy ones last.
    routes = model.routes().stream()
        .sorted(Comparator.comparing((HttpRouteModel each) -> HttpRouteKey.parse(each.key()).isGreedy())
            .thenComparing(each -> each.key().contains("{")))
        .toList();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Optional<Match> match = match(exchange);
      if (match.isEmpty()) {
        answer(exchange, 404, "{\"message\":\"Not Found\"}".getBytes(UTF_8));
        return;
      }
      try {
        reply(exchange, invoke(match.get(), event(exchange, match.get(), body)));
      } catch (Exception e) {
        answer(exchange, 500, "{\"message\":\"Internal Server Error\"}".getBytes(UTF_8));
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private Optional<Match> match(HttpExchange exchange) {
    String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", -1);
    for (HttpRouteModel route : routes) {
      HttpRouteKey key = HttpRouteKey.parse(route.key());
      boolean method = key.method().equals("ANY") || key.method().equals(exchange.getRequestMethod());
      Map<String, String> variables = new LinkedHashMap<>();
      if (method && matches(key, path, variables)) return Optional.of(new Match(route, variables));
    }
    return Optional.empty();
  }

  private static boolean matches(HttpRouteKey key, String[] path, Map<String, String> variables) {
    List<String> segments = key.segments();
    if (key.isGreedy() ? path.length < segments.size() : path.length != segments.size()) return false;
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (!HttpRouteKey.isVariable(segment)) {
        if (!segment.equals(path[i])) return false;
        continue;
      }
      boolean greedy = segment.endsWith("+}");
      String value = greedy ? String.join("/", List.of(path).subList(i, path.length)) : path[i];
      if (value.isEmpty()) return false;
      variables.put(HttpRouteKey.name(segment), decoded(value));
    }
    return true;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  /** What API Gateway sends, as its guide shows it: without the members that would be empty. */
  private String event(HttpExchange exchange, Match match, byte[] body) {
    Map<String, String> headers = new TreeMap<>();
    exchange.getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", match.route().key());
    event.put("rawPath", decoded(exchange.getRequestURI().getRawPath()));
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    event.put("rawQueryString", query);
    Optional.ofNullable(headers.remove("cookie"))
        .ifPresent(cookie -> event.put("cookies", List.of(cookie.split("; "))));
    event.put("headers", headers);
    if (!query.isEmpty()) event.put("queryStringParameters", Map.of("not", "read"));
    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", exchange.getRequestMethod());
    http.put("path", event.get("rawPath"));
    http.put("protocol", "HTTP/1.1");
    http.put("sourceIp", "192.0.2.1");
    http.put("userAgent", headers.getOrDefault("user-agent", ""));
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("accountId", "123456789012");
    context.put("apiId", "a1b2c3d4e5");
    context.put("domainName", "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com");
    context.put("http", http);
    context.put("requestId", "JKJaXmPLvHcESHA=");
    context.put("stage", "$default");
    context.put("time", "12/Mar/2020:19:03:58 +0000");
    context.put("timeEpoch", 1583348638390L);
    event.put("requestContext", context);
    if (!match.variables().isEmpty()) event.put("pathParameters", match.variables());
    boolean text = headers.getOrDefault("content-type", "").matches("(text/.*|application/json)");
    if (body.length > 0) {
      event.put("body", text ? new String(body, UTF_8) : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
    return json.write(event);
  }

  private Map<?, ?> invoke(Match match, String event) throws Exception {
    Function function = functions.computeIfAbsent(
        api + "/" + match.route().key(),
        path -> new Function(
            Map.of(
                "PINION_APP", app.getClass().getName(), "PINION_HANDLER", path, "PINION_HTTP_APIS",
                json.write(Map.of(api, url())))));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new Invocation());
    return (Map<?, ?>) json.read(answer.toString(UTF_8), Object.class);
  }

  private static void reply(HttpExchange exchange, Map<?, ?> answer) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (answer.get("headers") instanceof Map<?, ?> own) {
      own.forEach((name, value) -> headers.put(String.valueOf(name), List.of(String.valueOf(value))));
    }
    if (answer.get("cookies") instanceof List<?> cookies) {
      List<String> all = new ArrayList<>();
      cookies.forEach(each -> all.add(String.valueOf(each)));
      headers.put("set-cookie", all);
    }
    headers.put("apigw-requestid", List.of("JKJaXmPLvHcESHA="));
    exchange.getResponseHeaders().putAll(headers);
    String body = String.valueOf(answer.get("body") == null ? "" : answer.get("body"));
    boolean encoded = Boolean.TRUE.equals(answer.get("isBase64Encoded"));
    int status = Integer.parseInt(String.valueOf(answer.get("statusCode")));
    answer(exchange, status, encoded ? Base64.getDecoder().decode(body) : body.getBytes(UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
