package dev.pinion.json;

import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.RouteSelectionExpression.BodyPath;
import dev.pinion.spi.RouteSelectionExpression.Element;
import dev.pinion.spi.RouteSelectionExpression.Member;
import dev.pinion.spi.RouteSelectionExpression.Step;
import dev.pinion.spi.RouteSelectionExpression.Text;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a route selection expression over messages. Any thread.
 *
 * <p>A text stands for itself, a number or boolean for its JSON text. Null, an object, an array and a path that does
 * not exist give the empty text. A message that is not JSON by RFC 8259's grammar gives the empty text as a whole, so
 * that it goes to {@code $default}. If a member occurs twice, the last one wins. A message is scanned once, to any
 * depth, without building a tree.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html">API
 *     Gateway: route selection expressions</a>
 */
public final class Router {
  private final RouteSelectionExpression expression;
  private final List<BodyPath> paths;

  /** Creates a router for an expression. */
  public Router(RouteSelectionExpression expression) {
    this.expression = expression;
    paths =
        expression.parts().stream()
            .filter(BodyPath.class::isInstance)
            .map(BodyPath.class::cast)
            .distinct()
            .toList();
  }

  /** Returns the expression's value for a message; empty if the message is not JSON. */
  public String routeKey(String body) {
    String[] values = new String[paths.size()];
    Arrays.fill(values, "");
    if (!paths.isEmpty() && !scan(body, values)) {
      return "";
    }
    StringBuilder key = new StringBuilder();
    for (RouteSelectionExpression.Part part : expression.parts()) {
      switch (part) {
        case Text(String text) -> key.append(text);
        case BodyPath path -> key.append(values[paths.indexOf(path)]);
      }
    }
    return key.toString();
  }

  /**
   * Says why no route fits a message, for people.
   *
   * @param routeKey the expression's value for it
   */
  public String unrouted(String body, String routeKey) {
    String[] values = new String[paths.size()];
    Arrays.fill(values, "");
    if (!paths.isEmpty() && !scan(body, values)) return "the message is not JSON";
    String missing =
        paths.stream().filter(path -> values[paths.indexOf(path)].isEmpty()).map(Router::shown)
            .collect(Collectors.joining(" and "));
    String noRoute = "there is no route for '" + routeKey + "'";
    if (missing.isEmpty()) return noRoute;
    String noText = "the message has no text at " + missing;
    return routeKey.isEmpty() ? noText + ", which selects its route" : noRoute + ", as " + noText;
  }

  private static String shown(BodyPath path) {
    return path.steps().stream().map(step -> switch (step) {
      case Member(String name) -> name.matches("[\\w-]+") ? "." + name : "['" + name + "']";
      case Element(int index) -> "[" + index + "]";
    }).collect(Collectors.joining("", "request.body", ""));
  }

  /** Finds the paths' values; whether the message is JSON. */
  private boolean scan(String body, String[] values) {
    JsonReader in = new JsonReader(body);
    try {
      read(in, 0, IntStream.range(0, paths.size()).toArray(), values);
      in.end();
      return true;
    } catch (Misfit notJson) {
      return false;
    }
  }

  /** Reads the next value, which some paths have led to. An object or array deeper than all paths is skipped. */
  private void read(JsonReader in, int depth, int[] here, String[] values) throws Misfit {
    switch (in.peek()) {
      case OBJECT -> {
        if (isEnd(depth, here)) {
          in.skip();
          return;
        }
        in.enter();
        while (in.hasMember()) {
          next(in, depth, here, in.name(), -1, values);
        }
      }
      case ARRAY -> {
        if (isEnd(depth, here)) {
          in.skip();
          return;
        }
        in.enter();
        for (int index = 0; in.hasElement(); index++) {
          next(in, depth, here, null, index, values);
        }
      }
      case BOOLEAN -> set(Boolean.toString(in.bool()), depth, here, values);
      case TEXT -> set(in.string(), depth, here, values);
      case NUMBER -> set(in.number(), depth, here, values);
      case NULL -> in.nothing();
    }
  }

  private boolean isEnd(int depth, int[] here) {
    return IntStream.of(here).allMatch(path -> steps(path).size() <= depth);
  }

  private void next(JsonReader in, int depth, int[] here, @Nullable String name, int index, String[] values)
      throws Misfit {
    int[] further =
        IntStream.of(here)
            .filter(path -> depth < steps(path).size() && leads(steps(path).get(depth), name, index))
            .toArray();
    if (further.length == 0) {
      in.skip();
    } else {
      for (int path : further) {
        values[path] = "";
      }
      read(in, depth + 1, further, values);
    }
  }

  private static boolean leads(Step step, @Nullable String name, int index) {
    return switch (step) {
      case Member(String member) -> member.equals(name);
      case Element(int element) -> element == index;
    };
  }

  private void set(String value, int depth, int[] here, String[] values) {
    for (int path : here) {
      if (steps(path).size() == depth) {
        values[path] = value;
      }
    }
  }

  private List<Step> steps(int path) {
    return paths.get(path).steps();
  }
}
