package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.FunctionVariables;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function's environment variables tell it.
 *
 * @param app the app's class
 * @param webSocket the id of the WebSocket whose event it handles
 * @param routeKey the key of the route that it handles
 * @param tables the physical names of the tables that it may use, by id
 * @param webSockets the WebSockets that it may send to, by id
 * @param config the app's plain values, by name
 * @param secrets the ARNs of the app's secrets, by name
 */
record Environment(
    String app,
    String webSocket,
    String routeKey,
    Map<String, String> tables,
    Map<String, Endpoints> webSockets,
    Map<String, String> config,
    Map<String, String> secrets) {

  /**
   * Where a WebSocket is reached.
   *
   * @param url by clients
   * @param callback by its management API
   */
  record Endpoints(String url, String callback) {}

  /** The handler's path, as the app's model has it. */
  String handler() {
    return webSocket + "/" + routeKey;
  }

  /**
   * Reads the variables that the function was deployed with.
   *
   * @throws IllegalArgumentException listing all that are missing or malformed
   */
  static Environment of(Map<String, String> variables, RecordCodec json) {
    Reading reading = new Reading(variables, json, new ArrayList<>());
    String app = reading.text(FunctionVariables.APP);
    String handler = reading.text(FunctionVariables.HANDLER);
    int slash = handler.indexOf('/');
    if (slash < 1 && !handler.isEmpty()) {
      reading.problems
          .add(FunctionVariables.HANDLER + " is '" + handler + "', not a WebSocket's id, a slash and a route key");
    }
    Environment environment =
        new Environment(
            app,
            handler.substring(0, Math.max(slash, 0)),
            handler.substring(slash + 1),
            reading.texts(FunctionVariables.TABLES),
            reading.endpoints(FunctionVariables.WEB_SOCKETS),
            reading.texts(FunctionVariables.CONFIG),
            reading.texts(FunctionVariables.SECRETS));
    if (!reading.problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The function's environment variables are not those that Pinion compiled: "
              + String.join("; ", reading.problems));
    }
    return environment;
  }

  /** The variables, and what is wrong with them. */
  private record Reading(Map<String, String> variables, RecordCodec json, List<String> problems) {
    String text(String name) {
      String value = variables.getOrDefault(name, "");
      if (value.isEmpty()) {
        problems.add(name + " is missing");
      }
      return value;
    }

    /** A JSON object of texts; none when the variable is missing. */
    Map<String, String> texts(String name) {
      try {
        return object(name).texts();
      } catch (MismatchException e) {
        problems.add(name + " is malformed: " + e.getMessage());
        return Map.of();
      }
    }

    Map<String, Endpoints> endpoints(String name) {
      try {
        Map<String, Endpoints> endpoints = new LinkedHashMap<>();
        Members all = object(name);
        for (Object id : all.all().keySet()) {
          Members each = all.object(String.valueOf(id));
          endpoints.put(String.valueOf(id),
              new Endpoints(each.text(FunctionVariables.URL), each.text(FunctionVariables.CALLBACK)));
        }
        return endpoints;
      } catch (MismatchException e) {
        problems.add(name + " is malformed: " + e.getMessage());
        return Map.of();
      }
    }

    private Members object(String name) throws MismatchException {
      String value = variables.getOrDefault(name, "");
      return Members.of(value.isEmpty() ? "{}" : value, json);
    }
  }
}
