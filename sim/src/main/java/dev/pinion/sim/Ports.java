package dev.pinion.sim;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.ResourceModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The port of each WebSocket and of each HTTP API: those that are set, and for the others ascending ones in
 * the order of declaration. */
record Ports(Map<String, Integer> byId) {
  private static final int LARGEST = 65535;

  static Ports of(AppModel model, SimulatorBuilder options) {
    List<ResourceModel> listening =
        Stream.<ResourceModel>concat(model.webSockets().stream(), model.httpApis().stream()).toList();
    List<String> ids = listening.stream().map(ResourceModel::id).toList();
    for (String id : options.ports.keySet()) {
      if (!ids.contains(id)) {
        throw new SimulatorException(
            "the app has no WebSocket and no HTTP API '" + id + "', whose port is set; it has " + ids);
      }
    }
    Map<String, Integer> ports = new LinkedHashMap<>(options.ports);
    int next = options.port;
    for (String id : ids) {
      if (!ports.containsKey(id)) {
        while (next != 0 && options.ports.containsValue(next)) {
          next++;
        }
        if (next > LARGEST) {
          throw new SimulatorException(
              "error: '" + id + "' would listen on port " + next
                  + ", as WebSockets and HTTP APIs without a port of their own"
                  + " follow --port upwards: use a smaller --port, or --port " + id + "=N");
        }
        ports.put(id, next);
        next = next == 0 ? 0 : next + 1;
      }
    }
    return new Ports(ports);
  }

  int of(ResourceModel listening) {
    return Objects.requireNonNull(byId.get(listening.id()), "every WebSocket and HTTP API has a port");
  }
}
