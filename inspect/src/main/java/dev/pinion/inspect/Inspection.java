package dev.pinion.inspect;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.RouteModel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an app's code shows. Immutable.
 *
 * @param handlers in the order of declaration
 * @param mistakes what is wrong in every case, each with file and line; the app must not be deployed
 * @param warnings what may be wrong, each with file and line
 */
public record Inspection(List<HandlerUses> handlers, List<String> mistakes, List<String> warnings) {
  public Inspection {
    handlers = List.copyOf(handlers);
    mistakes = List.copyOf(mistakes);
    warnings = List.copyOf(warnings);
  }

  /** By the path of each handler, what it may do. */
  public Map<String, Collection<Use>> uses() {
    Map<String, Collection<Use>> uses = new LinkedHashMap<>();
    handlers.forEach(each -> uses.put(each.path(), each.uses().keySet()));
    return uses;
  }

  static List<RouteModel> routes(AppModel app) {
    return app.webSockets().stream().flatMap(webSocket -> webSocket.routes().stream()).toList();
  }
}
