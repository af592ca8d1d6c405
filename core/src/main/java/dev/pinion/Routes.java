package dev.pinion;

import dev.pinion.spi.MessageType;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.UnsupportedTypeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of a WebSocket API that is being declared. */
final class Routes {
  private static final int LONGEST_KEY = 128;

  private final Binding binding;
  private final String id;
  private final Map<String, SourceLocation> keys = new LinkedHashMap<>();
  private final List<Declared> declared = new ArrayList<>();

  /** A declared route, whose options may still change. */
  private record Declared(
      String key,
      Handler handler,
      Class<?> bodyType,
      boolean responds,
      HandlerOptions options,
      SourceLocation location) {}

  Routes(Binding binding, String id) {
    this.binding = binding;
    this.id = id;
  }

  /** Declares the handler of {@code $connect}, {@code $disconnect} or {@code $default}. */
  HandlerOptions builtIn(
      String key, String call, Handler handler, Class<?> bodyType, boolean responds) {
    SourceLocation location = binding.declare(call);
    return add(key, handler, bodyType, responds, location);
  }

  /** Declares the handler of a key that the app chooses. */
  HandlerOptions custom(
      String key, String call, Handler handler, Class<?> bodyType, boolean responds) {
    SourceLocation location = binding.declare(call);
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      problem(location, "has a route with the key '" + key + "': use 1 to 128 characters");
    } else if (key.startsWith("$")) {
      problem(
          location,
          "has a route with the key '"
              + key
              + "', but keys that begin with '$' are API Gateway's own: use onConnect, onMessage or onDisconnect"
              + " for those, or choose another key");
    }
    return add(key, handler, bodyType, responds, location);
  }

  private HandlerOptions add(
      String key, Handler handler, Class<?> bodyType, boolean responds, SourceLocation location) {
    SourceLocation earlier = keys.putIfAbsent(key, location);
    if (earlier != null) {
      problem(
          location,
          "declares the route '" + key + "' twice, first at " + earlier + ": remove one of the handlers");
    }
    if (!binding.isCompiled()) {
      checkType(key, bodyType, location);
    }
    HandlerOptions options = new HandlerOptions(binding, id + "/" + key);
    declared.add(new Declared(key, handler, bodyType, responds, options, location));
    return options;
  }

  private void checkType(String key, Class<?> bodyType, SourceLocation location) {
    try {
      var _ = MessageType.of(bodyType);
    } catch (UnsupportedTypeException e) {
      e.problems()
          .forEach(
              problem -> problem(
                  location,
                  "has the route '" + key + "' with the message type " + bodyType.getSimpleName() + ": " + problem));
    }
  }

  private void problem(SourceLocation location, String message) {
    binding.problem(location, "webSocket '" + id + "' " + message);
  }

  List<RouteModel> freeze() {
    return declared.stream()
        .map(
            route -> new RouteModel(
                id + "/" + route.key(),
                route.key(),
                route.handler(),
                route.bodyType(),
                route.responds(),
                route.options().model(),
                route.location()))
        .toList();
  }
}
