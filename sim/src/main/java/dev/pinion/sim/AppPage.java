package dev.pinion.sim;

import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.WebSocketModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The web page for trying out an app: its files, which are resources of this module, and what it shows of the app. Any
 * thread. */
final class AppPage {
  /** A name or an IPv4 address with a port: of an IPv6 address, a policy cannot say anything. */
  private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+)(?::[0-9]+)?");
  private static final Pattern TOKEN = Pattern.compile("(?:^|&)token=([0-9a-f]+)(?:&|$)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final AppModel model;
  private final JsonCodec json;
  private final PageClients clients;
  private volatile @Nullable Inspection inspection;
  private final Map<Class<?>, Optional<Object>> samples = new ConcurrentHashMap<>();

  /** What the page shows of a route. */
  record Route(
      String key, String location, boolean responds, Map<String, String> body, Optional<Object> sample) {}

  /** What the page shows of a WebSocket. */
  record Socket(
      String id, String name, String url, String page, String routeSelectionExpression, boolean here,
      List<Route> routes) {}

  /** What the page shows of a table. */
  record Stored(String id) {}

  /** What the page shows of an HTTP API. */
  record Http(String id, String url) {}

  /** A kind of requests that the app has. */
  record Kind(String id, String one, String many) {}

  /** What the page shows of the app. */
  record Api(
      String app, List<Socket> webSockets, List<Http> httpApis, List<Stored> tables, List<Kind> kinds) {}

  /** What the page shows of a {@link ProgramStatus}. */
  record Status(
      long program, String since, List<String> changes, Optional<String> problem, List<String> retired) {
    static Status of(ProgramStatus status) {
      return new Status(
          status.program(), status.since().toString(), status.changes(), status.problem(), status.retired());
    }
  }

  AppPage(AppModel model, JsonCodec json, PageClients clients) {
    this.model = model;
    this.json = json;
    this.clients = clients;
  }

  /** Shows what an inspection of the program has found. */
  void inspected(Inspection found) {
    inspection = found;
  }

  /** @param ticks the next tick of each schedule, by its id */
  AppDescription description(Map<String, Instant> ticks) {
    return AppDescription.of(model, Optional.ofNullable(inspection), ticks);
  }

  Optional<HttpResponse> answer(String webSocketId, Programs programs, HttpRequest request)
      throws IOException, InterruptedException {
    if (request.method().equals("POST")) {
      return new ConsoleActions(programs.console()).answer(request).map(response -> guarded(response, request));
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Optional.empty();
    }
    Optional<Object> view =
        isForeign(request) ? Optional.empty() : new ConsoleViews(programs.console()).answer(request);
    Optional<HttpResponse> content = view.isPresent() ? json(view.get()) : content(webSocketId, programs, request);
    return content.map(response -> guarded(response, request));
  }

  private Optional<HttpResponse> content(String webSocketId, Programs programs, HttpRequest request)
      throws IOException {
    return switch (request.path()) {
      case "/" -> file("index.html");
      case "/page/api.json" -> json(api(webSocketId, programs));
      case "/page/status.json" -> json(Status.of(programs.status()));
      case "/page/client.json" -> {
        Matcher token = TOKEN.matcher(request.query());
        yield json(token.find() ? clients.of(token.group(1)) : Map.of());
      }
      default -> {
        String name = request.path().replaceFirst("^/page/", "");
        yield name.matches("[a-z]+\\.(html|css|js|svg)") ? file(name) : Optional.empty();
      }
    };
  }

  /** Whether a browser says that another site's page asks, such as for a script: it sends no origin then. */
  private static boolean isForeign(HttpRequest request) {
    String site = request.header("Sec-Fetch-Site").orElse("none");
    return !site.equals("same-origin") && !site.equals("none");
  }

  private Optional<HttpResponse> json(Object content) {
    return Optional.of(HttpResponse.of(200, "application/json", json.write(content)));
  }

  private static Optional<HttpResponse> file(String name) throws IOException {
    try (InputStream resource = AppPage.class.getResourceAsStream("page/" + name)) {
      if (resource == null) {
        return Optional.empty();
      }
      String type = TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), "application/octet-stream");
      return Optional.of(HttpResponse.of(200, type, resource.readAllBytes()));
    }
  }

  private static HttpResponse guarded(HttpResponse response, HttpRequest request) {
    return response
        .header("content-security-policy", policy(request))
        .header("x-content-type-options", "nosniff")
        .header("referrer-policy", "no-referrer")
        .header("cache-control", "no-cache");
  }

  /** The page may connect to all WebSockets of the app: each has its own port on the host that the browser asked. */
  private static String policy(HttpRequest request) {
    Matcher host = HOST.matcher(request.header("Host").orElse(""));
    String webSockets = host.matches() ? " ws://" + host.group(1) + ":* wss://" + host.group(1) + ":*" : "";
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'" + webSockets
        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";
  }

  private Api api(String here, Programs programs) {
    Map<String, Endpoint> reached = new LinkedHashMap<>();
    programs.endpoints().forEach(endpoint -> reached.put(endpoint.id(), endpoint));
    List<Socket> sockets =
        model.webSockets().stream()
            .filter(webSocket -> reached.containsKey(webSocket.id()))
            .map(webSocket -> socket(webSocket, reached, here))
            .toList();
    return new Api(
        model.name(), sockets,
        programs.httpApis().gateways().entrySet().stream()
            .map(each -> new Http(each.getKey(), each.getValue().url())).toList(),
        model.tables().stream().map(TableModel::id).map(Stored::new).toList(),
        CallKind.of(model).stream().map(each -> new Kind(each.id, each.one, each.many)).toList());
  }

  private Socket socket(WebSocketModel webSocket, Map<String, Endpoint> reached, String here) {
    Endpoint endpoint = reached.getOrDefault(webSocket.id(), new Endpoint("", "", ""));
    return new Socket(
        webSocket.id(),
        webSocket.name(),
        endpoint.url(),
        endpoint.page(),
        webSocket.routeSelectionExpression(),
        webSocket.id().equals(here),
        webSocket.routes().stream().map(this::route).toList());
  }

  private Route route(RouteModel route) {
    Map<String, String> body = new LinkedHashMap<>();
    if (route.bodyType().isRecord()) {
      for (RecordComponent component : route.bodyType().getRecordComponents()) {
        body.put(component.getName(), SampleBody.name(component.getGenericType()));
      }
    }
    return new Route(route.key(), route.location().toString(), route.answers(), body,
        samples.computeIfAbsent(route.bodyType(), type -> SampleBody.of(type, json)));
  }
}
