package dev.pinion.json;

import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.RouteSelectionExpression.BodyPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The target of {@code .ci/fuzz} for route selection, and the inputs that it has found. The first line of an input is
 * an expression, the rest a message. A message that is not JSON has an empty key if the expression reads the body.
 */
public final class RouterFuzzTest {

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/Router"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holds(Path input) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(input));
  }

  /** Selects one route. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String body = end < 0 ? "" : text.substring(end + 1);
    RouteSelectionExpression expression;
    try {
      expression = RouteSelectionExpression.parse(end < 0 ? text : text.substring(0, end));
    } catch (IllegalArgumentException malformed) {
      return;
    }
    String key = new Router(expression).routeKey(body);
    boolean readsBody = expression.parts().stream().anyMatch(BodyPath.class::isInstance);
    if (readsBody && !key.isEmpty() && !isJson(body)) throw new AssertionError("'" + key + "' of what is not JSON");
  }

  private static boolean isJson(String body) {
    JsonReader in = new JsonReader(body);
    try {
      in.skip();
      in.end();
      return true;
    } catch (Misfit notJson) {
      return false;
    }
  }
}
