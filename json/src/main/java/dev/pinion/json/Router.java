package dev.pinion.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.RouteSelectionExpression.BodyPath;
import dev.pinion.spi.RouteSelectionExpression.Element;
import dev.pinion.spi.RouteSelectionExpression.Member;
import dev.pinion.spi.RouteSelectionExpression.Step;
import dev.pinion.spi.RouteSelectionExpression.Text;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a route selection expression over messages. Any thread.
 *
 * <p>Text gives itself, a number or boolean its JSON text; null, an object, an array and a path that leads nowhere give
 * the empty text. A message that is not JSON gives the empty text as a whole, so that it goes to {@code $default}.
 * Where a member stands twice, the last one counts. A message is scanned once, without a tree of it.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html">API
 *     Gateway: route selection expressions</a>
 */
public final class Router {
  private final RouteSelectionExpression expression;
  private final List<BodyPath> paths;

  /** A router for an expression. */
  public Router(RouteSelectionExpression expression) {
    this.expression = expression;
    paths =
        expression.parts().stream()
            .filter(BodyPath.class::isInstance)
            .map(BodyPath.class::cast)
            .distinct()
            .toList();
  }

  /** The expression's value for a message. */
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

  /** Finds the paths' values; whether the message is JSON. */
  private boolean scan(String body, String[] values) {
    JsonReader in = new JsonReader(new StringReader(body));
    in.setStrictness(Strictness.STRICT);
    in.setNestingLimit(Place.NESTING_LIMIT);
    try {
      read(in, 0, IntStream.range(0, paths.size()).toArray(), values);
      return in.peek() == JsonToken.END_DOCUMENT;
    } catch (IOException _) {
      return false;
    }
  }

  /** Reads the value that comes next, which some paths have led to. */
  private void read(JsonReader in, int depth, int[] here, String[] values) throws IOException {
    switch (in.peek()) {
      case BEGIN_OBJECT -> {
        in.beginObject();
        while (in.hasNext()) {
          next(in, depth, here, in.nextName(), -1, values);
        }
        in.endObject();
      }
      case BEGIN_ARRAY -> {
        in.beginArray();
        for (int index = 0; in.hasNext(); index++) {
          next(in, depth, here, null, index, values);
        }
        in.endArray();
      }
      case BOOLEAN -> set(Boolean.toString(in.nextBoolean()), depth, here, values);
      case STRING, NUMBER -> set(in.nextString(), depth, here, values);
      default -> AnyShape.skip(in);
    }
  }

  private void next(
      JsonReader in, int depth, int[] here, @Nullable String name, int index, String[] values) throws IOException {
    int[] further =
        IntStream.of(here)
            .filter(path -> depth < steps(path).size() && leads(steps(path).get(depth), name, index))
            .toArray();
    if (further.length == 0) {
      AnyShape.skip(in);
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
