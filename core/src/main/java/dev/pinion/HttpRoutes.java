package dev.pinion;

import dev.pinion.spi.HttpRouteKey;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.MessageType;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.UnsupportedTypeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of an HTTP API that is being declared. */
final class HttpRoutes {
  private final Binding binding;
  private final String id;
  /** By what tells routes apart. */
  private final Map<String, Declared> byShape = new LinkedHashMap<>();
  private final List<Declared> declared = new ArrayList<>();

  /** A declared route, whose options may still change. */
  private record Declared(
      String key, Handler handler, Optional<Class<?>> type, HandlerOptions options, SourceLocation location) {}

  HttpRoutes(Binding binding, String id) {
    this.binding = binding;
    this.id = id;
  }

  HandlerOptions add(String key, Handler handler) {
    return add(key, handler, Optional.empty(), binding.declare("on"));
  }

  HandlerOptions add(String key, Class<?> type, Handler handler) {
    SourceLocation location = binding.declare("on");
    if (!binding.isCompiled()) checkType(key, type, location);
    return add(key, handler, Optional.of(type), location);
  }

  private HandlerOptions add(String key, Handler handler, Optional<Class<?>> type, SourceLocation location) {
    HandlerOptions options = new HandlerOptions(binding, id + "/" + key);
    Declared route = new Declared(key, handler, type, options, location);
    if (!binding.isCompiled()) checkKey(route);
    declared.add(route);
    return options;
  }

  private void checkKey(Declared route) {
    String shape = route.key;
    try {
      shape = HttpRouteKey.parse(route.key).shape();
    } catch (IllegalArgumentException e) {
      problem(route.location, "has a route with the key '" + route.key + "': " + e.getMessage());
    }
    Declared earlier = byShape.putIfAbsent(shape, route);
    if (earlier == null) return;
    problem(
        route.location,
        earlier.key.equals(route.key)
            ? "declares the route '" + route.key + "' twice, first at " + earlier.location
                + ": remove one of the handlers"
            : "declares the route '" + route.key + "', which matches the same requests as '" + earlier.key + "' at "
                + earlier.location + ": remove one of the handlers");
  }

  private void checkType(String key, Class<?> type, SourceLocation location) {
    try {
      var _ = MessageType.of(type);
    } catch (UnsupportedTypeException e) {
      e.problems().forEach(
          each -> problem(
              location, "has the route '" + key + "' with the body type " + type.getSimpleName() + ": " + each));
    }
  }

  private void problem(SourceLocation location, String message) {
    binding.problem(location, "httpApi '" + id + "' " + message);
  }

  List<HttpRouteModel> freeze() {
    return declared.stream()
        .map(
            route -> new HttpRouteModel(
                id + "/" + route.key(), route.key(), route.handler(), route.type(), route.options().model(),
                route.location()))
        .toList();
  }
}
