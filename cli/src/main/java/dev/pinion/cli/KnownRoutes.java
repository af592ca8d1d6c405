package dev.pinion.cli;

import dev.pinion.json.RecordCodec;
import dev.pinion.sim.SampleBody;
import dev.pinion.spi.WebSocketModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The routes that messages can select, each with a message for it, and how a line is completed with them.
 *
 * @param routes in the order of declaration
 */
record KnownRoutes(List<Known> routes) {
  static final KnownRoutes NONE = new KnownRoutes(List.of());
  private static final Pattern SIMPLE = Pattern.compile("\\$\\{?request\\.body((?:\\.[A-Za-z_]\\w*)+)\\}?");

  /** A route, and a message that selects it. */
  record Known(String key, String message) {}

  /**
   * What Tab makes of a line.
   *
   * @param line the line from now on
   * @param choices what the line could become, if that is not decided
   */
  record Completed(String line, List<String> choices) {}

  KnownRoutes {
    routes = List.copyOf(routes);
  }

  static KnownRoutes of(RunningApp.Socket socket) {
    Matcher selection = SIMPLE.matcher(socket.routeSelectionExpression());
    List<String> selector =
        selection.matches() ? List.of(selection.group(1).substring(1).split("\\.", -1)) : List.of();
    return new KnownRoutes(socket.routes().stream().flatMap(route -> known(route, selector).stream()).toList());
  }

  static KnownRoutes of(WebSocketModel webSocket) {
    RecordCodec json = new RecordCodec();
    List<RunningApp.Route> routes = webSocket.routes().stream()
        .map(each -> new RunningApp.Route(each.key(), SampleBody.of(each.bodyType(), json))).toList();
    return of(new RunningApp.Socket(webSocket.id(), "", webSocket.routeSelectionExpression(), true, routes));
  }

  private static Optional<Known> known(RunningApp.Route route, List<String> selector) {
    if (route.key().equals("$connect") || route.key().equals("$disconnect")) return Optional.empty();
    boolean selected = !selector.isEmpty() && !route.key().equals("$default");
    Map<String, Object> message = new LinkedHashMap<>();
    if (selected) message.put(selector.getFirst(), nested(selector.subList(1, selector.size()), route.key()));
    if (route.sample().orElse(Map.of()) instanceof Map<?, ?> sample) {
      sample.forEach((name, value) -> message.putIfAbsent(String.valueOf(name), value));
    }
    if (message.isEmpty()) return Optional.empty();
    return Optional.of(new Known(route.key(), new RecordCodec().write(message)));
  }

  private static Object nested(List<String> names, String key) {
    return names.isEmpty() ? key : Map.of(names.getFirst(), nested(names.subList(1, names.size()), key));
  }

  /** Completes a line that is the beginning of a route's key, or of a command. */
  Completed complete(String line) {
    if (line.startsWith("/")) {
      List<String> commands = ClientLine.COMMANDS.stream().filter(each -> each.startsWith(line)).toList();
      return commands.size() == 1 ? new Completed(commands.getFirst() + " ", List.of()) : common(line, commands);
    }
    List<Known> fitting = routes.stream().filter(each -> each.key.startsWith(line)).toList();
    if (fitting.size() == 1) return new Completed(fitting.getFirst().message, List.of());
    Optional<Known> exact = fitting.stream().filter(each -> !line.isEmpty() && each.key.equals(line)).findFirst();
    return exact.map(each -> new Completed(each.message, List.of()))
        .orElseGet(() -> common(line, fitting.stream().map(Known::key).toList()));
  }

  private static Completed common(String line, List<String> choices) {
    String common = choices.isEmpty() ? line : choices.getFirst();
    for (String each : choices) {
      while (!each.startsWith(common)) common = common.substring(0, common.length() - 1);
    }
    return new Completed(common, choices);
  }

  /** Returns one line for each route. */
  Stream<String> lines() {
    int wide = routes.stream().mapToInt(each -> each.key.length()).max().orElse(0);
    return routes.stream().map(each -> each.key + " ".repeat(wide - each.key.length()) + "  " + each.message);
  }
}
