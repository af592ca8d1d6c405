package dev.pinion.lambda;

import dev.pinion.awsclient.AwsClient;
import dev.pinion.awsclient.AwsService;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.FunctionVariables;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a function, from its environment variables.
 *
 * @param app the name of the app's class
 * @param handler the path of the handler that the function runs, as in the app's model; empty if handlers share it
 * @param function the name of the function if handlers share it, or empty
 * @param aliases the ids of the resources whose handlers share the function, by alias; empty if there is one
 * @param metrics whether the function writes metrics
 * @param tables the physical names of the tables that the function may use, by id
 * @param webSockets the WebSockets that the function may send to, by id
 * @param httpApis the URLs of the HTTP APIs that the function may name, by id
 * @param tasks the tasks that the function may start, by id
 * @param queues the URLs of the queues that the function may send to, by id
 * @param config the values of configs, by name
 * @param secrets the ARNs of secrets, by name
 */
record Environment(
    String app,
    String handler,
    String function,
    Map<String, String> aliases,
    boolean metrics,
    Map<String, String> tables,
    Map<String, Endpoints> webSockets,
    Map<String, String> httpApis,
    Map<String, Starts> tasks,
    Map<String, String> queues,
    Map<String, String> config,
    Map<String, String> secrets) {

  /**
   * The URLs of a WebSocket.
   *
   * @param url the URL that clients connect to
   * @param callback the URL of the management API
   */
  record Endpoints(String url, String callback) {}

  /**
   * How a task is started.
   *
   * @param alias the ARN of the alias that is invoked
   * @param group for a start with a delay: the schedule group
   * @param role for a start with a delay: the role by which EventBridge Scheduler invokes the alias
   * @param deadLetters for a start with a delay: the ARN of the queue of what could not be passed to Lambda
   */
  record Starts(String alias, String group, String role, String deadLetters) {}

  /** Returns what a message calls the function. */
  String name() {
    return function.isEmpty() ? "handler '" + handler + "'" : "function '" + function + "'";
  }

  /** Whether a handler is one that the function runs. */
  boolean runs(HandlerModel model) {
    return function.isEmpty() ? model.path().equals(handler)
        : model.options().settings().name().filter(function::equals).isPresent();
  }

  /**
   * Returns where a handler of the function calls: DynamoDB if it uses tables, Lambda if it starts tasks, SQS if it
   * sends to queues, and each WebSocket that it sends to.
   */
  List<URI> endpoints(AwsClient client) {
    List<URI> endpoints = new ArrayList<>();
    if (!tables.isEmpty()) endpoints.add(client.endpoint(AwsService.DYNAMODB));
    if (!tasks.isEmpty()) endpoints.add(client.endpoint(AwsService.LAMBDA));
    if (!queues.isEmpty()) endpoints.add(client.endpoint(AwsService.SQS));
    webSockets.values().forEach(each -> endpoints.add(URI.create(each.callback())));
    return endpoints;
  }

  /**
   * Reads the variables that the function was deployed with.
   *
   * @throws IllegalArgumentException if variables are missing or malformed; the message lists all of them
   */
  static Environment of(Map<String, String> variables, RecordCodec json) {
    Reading reading = new Reading(variables, json, new ArrayList<>());
    Environment environment =
        new Environment(
            reading.text(FunctionVariables.APP),
            variables.containsKey(FunctionVariables.FUNCTION) ? "" : reading.text(FunctionVariables.HANDLER),
            variables.getOrDefault(FunctionVariables.FUNCTION, ""),
            reading.texts(FunctionVariables.ALIASES),
            variables.containsKey(FunctionVariables.METRICS),
            reading.texts(FunctionVariables.TABLES),
            reading.endpoints(FunctionVariables.WEB_SOCKETS),
            reading.texts(FunctionVariables.HTTP_APIS),
            reading.starts(),
            reading.texts(FunctionVariables.QUEUES),
            reading.texts(FunctionVariables.CONFIG),
            reading.texts(FunctionVariables.SECRETS));
    if (!reading.problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The function's environment variables are not the ones that Pinion compiled: "
              + String.join("; ", reading.problems));
    }
    return environment;
  }

  /** The variables, and the problems found in them. */
  private record Reading(Map<String, String> variables, RecordCodec json, List<String> problems) {
    String text(String name) {
      String value = variables.getOrDefault(name, "");
      if (value.isEmpty()) {
        problems.add(name + " is missing");
      }
      return value;
    }

    /** Reads a JSON object of strings; empty if the variable is missing. */
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
          String callback = each.text(FunctionVariables.CALLBACK);
          if (!isUrl(callback)) {
            problems.add(
                name + " is malformed: " + id + "." + FunctionVariables.CALLBACK + ": '" + callback + "' is not a URL");
          }
          endpoints.put(String.valueOf(id), new Endpoints(each.text(FunctionVariables.URL), callback));
        }
        return endpoints;
      } catch (MismatchException e) {
        problems.add(name + " is malformed: " + e.getMessage());
        return Map.of();
      }
    }

    Map<String, Starts> starts() {
      try {
        Map<String, Starts> starts = new LinkedHashMap<>();
        Members all = object(FunctionVariables.TASKS);
        for (Object id : all.all().keySet()) {
          Members each = all.object(String.valueOf(id));
          starts.put(
              String.valueOf(id),
              new Starts(
                  each.text(FunctionVariables.ALIAS), each.optionalText(FunctionVariables.GROUP).orElse(""),
                  each.optionalText(FunctionVariables.ROLE).orElse(""),
                  each.optionalText(FunctionVariables.DEAD_LETTERS).orElse("")));
        }
        return starts;
      } catch (MismatchException e) {
        problems.add(FunctionVariables.TASKS + " is malformed: " + e.getMessage());
        return Map.of();
      }
    }

    private static boolean isUrl(String text) {
      try {
        return URI.create(text).getHost() != null;
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    private Members object(String name) throws MismatchException {
      String value = variables.getOrDefault(name, "");
      return Members.of(value.isEmpty() ? "{}" : value, json);
    }
  }
}
