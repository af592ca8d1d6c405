package dev.pinion.sim;

import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.WebSocketModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The web page for trying out an app: its files, which are resources of this module, and what it shows of the app. Any
 * thread. */
final class AppPage {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'; trusted-types 'none'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final AppModel model;
  private final JsonCodec json;
  private final Supplier<List<Endpoint>> endpoints;

  /** What the page shows of a route. */
  record Route(
      String key, String location, boolean responds, Map<String, String> body, Optional<Object> sample) {}

  /** What the page shows of a WebSocket. */
  record Socket(
      String id, String name, String url, String page, String routeSelectionExpression, boolean here,
      List<Route> routes) {}

  /** What the page shows of a table. */
  record Stored(String id) {}

  /** What the page shows of the app. */
  record Api(String app, List<Socket> webSockets, List<Stored> tables) {}

  AppPage(AppModel model, JsonCodec json, Supplier<List<Endpoint>> endpoints) {
    this.model = model;
    this.json = json;
    this.endpoints = endpoints;
  }

  Optional<HttpResponse> answer(String webSocketId, HttpRequest request) throws IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Optional.empty();
    }
    if (request.path().equals("/page/api.json")) {
      return Optional.of(guarded(HttpResponse.of(200, "application/json", json.write(api(webSocketId)))));
    }
    String name = request.path().equals("/") ? "index.html" : request.path().replaceFirst("^/page/", "");
    return name.matches("[a-z]+\\.(html|css|js|svg)") ? file(name) : Optional.empty();
  }

  private static Optional<HttpResponse> file(String name) throws IOException {
    try (InputStream resource = AppPage.class.getResourceAsStream("page/" + name)) {
      if (resource == null) {
        return Optional.empty();
      }
      String type = TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), "application/octet-stream");
      return Optional.of(guarded(HttpResponse.of(200, type, resource.readAllBytes())));
    }
  }

  private static HttpResponse guarded(HttpResponse response) {
    return response
        .header("content-security-policy", POLICY)
        .header("x-content-type-options", "nosniff")
        .header("referrer-policy", "no-referrer")
        .header("cache-control", "no-cache");
  }

  private Api api(String here) {
    Map<String, Endpoint> reached = new LinkedHashMap<>();
    endpoints.get().forEach(endpoint -> reached.put(endpoint.id(), endpoint));
    List<Socket> sockets =
        model.webSockets().stream()
            .filter(webSocket -> reached.containsKey(webSocket.id()))
            .map(webSocket -> socket(webSocket, reached, here))
            .toList();
    return new Api(model.name(), sockets, model.tables().stream().map(TableModel::id).map(Stored::new).toList());
  }

  private static Socket socket(WebSocketModel webSocket, Map<String, Endpoint> reached, String here) {
    Endpoint endpoint = reached.getOrDefault(webSocket.id(), new Endpoint("", "", ""));
    return new Socket(
        webSocket.id(),
        webSocket.name(),
        endpoint.url(),
        endpoint.page(),
        webSocket.routeSelectionExpression(),
        webSocket.id().equals(here),
        webSocket.routes().stream().map(AppPage::route).toList());
  }

  private static Route route(RouteModel route) {
    Map<String, String> body = new LinkedHashMap<>();
    if (route.bodyType().isRecord()) {
      for (RecordComponent component : route.bodyType().getRecordComponents()) {
        body.put(component.getName(), SampleBody.name(component.getGenericType()));
      }
    }
    return new Route(route.key(), route.location().toString(), route.responds(), body,
        SampleBody.of(route.bodyType()));
  }
}
