package dev.pinion.aws;

import dev.pinion.spi.ValueModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What an app becomes on AWS, apart from any tool's way of writing it down. Immutable; the same app gives the same
 * plan.
 *
 * @param prefix what all names begin with unless told otherwise: the app class's name, fit for every service
 * @param webSockets the APIs, in the order of declaration
 * @param functions one for each handler, in the order of declaration
 * @param tables in the order of declaration
 * @param values the configs and secrets to be given, in the order of declaration
 * @param slugs by path, what a resource's name has after the prefix: of {@code a-z A-Z 0-9 _ -}, unique among its kind
 * @param outputs by group and path, what whoever deploys is told
 * @param warnings what will not be on AWS as the program says, each with file and line
 */
public record Plan(
    String prefix,
    List<WebSocketPlan> webSockets,
    List<FunctionPlan> functions,
    List<TablePlan> tables,
    List<ValueModel> values,
    Map<String, String> slugs,
    Map<String, Expression.Json> outputs,
    List<String> warnings) {

  /** The most characters of a prefix: it leaves 39 of a function's 64 to what comes after it. */
  public static final int LONGEST_PREFIX = 24;

  public Plan {
    webSockets = List.copyOf(webSockets);
    functions = List.copyOf(functions);
    tables = List.copyOf(tables);
    values = List.copyOf(values);
    slugs = Map.copyOf(slugs);
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    warnings = List.copyOf(warnings);
  }

  /** What the name of a path's resource has after the prefix. */
  public String slug(String path) {
    return requireNonNull(slugs.get(path), path);
  }

  /** The function of a handler. */
  public FunctionPlan function(String path) {
    return functions.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
  }
}
