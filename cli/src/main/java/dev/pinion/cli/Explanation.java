package dev.pinion.cli;

import dev.pinion.inspect.HandlerUses;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Use;
import dev.pinion.spi.SourceLocation;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What {@code explain} says, as it is written in JSON.
 *
 * @param handlers in the order of declaration
 * @param errors what is wrong in every case, each with file and line
 * @param warnings what may be wrong, each with file and line
 */
record Explanation(List<Handler> handlers, List<String> errors, List<String> warnings) {

  /**
   * A handler.
   *
   * @param handler its path
   * @param location where the app declares it, such as {@code Chat.java:10}
   * @param uses what it may do
   * @param leftOut what its code shows, and its {@code only} leaves out
   */
  record Handler(
      String handler, String location, List<Permitted> uses, List<Permitted> leftOut, List<Doubt> doubts) {}

  /**
   * Something that a handler may do.
   *
   * @param resource the id of a table, WebSocket, config or secret
   * @param operation the IAM action, the method of the management API, or {@code value}
   * @param index the index that is read
   * @param path the lines that lead to it, from the handler's own; none where it is assumed for a doubt
   */
  record Permitted(String resource, String operation, Optional<String> index, List<String> path) {}

  /**
   * A place where the larger set was taken.
   *
   * @param reason why
   * @param path the lines that lead to it, from the handler's own
   */
  record Doubt(String reason, List<String> path) {}

  static Explanation of(Inspection inspection) {
    return new Explanation(
        inspection.handlers().stream().map(Explanation::handler).toList(),
        Inspections.lines(inspection.errors()),
        Inspections.lines(inspection.warnings()));
  }

  private static Handler handler(HandlerUses handler) {
    return new Handler(
        handler.path(),
        handler.location().toString(),
        permitted(handler, use -> !handler.leftOut().contains(use)),
        permitted(handler, handler.leftOut()::contains),
        handler.doubts().stream().map(each -> new Doubt(each.reason(), lines(each.path()))).toList());
  }

  private static List<Permitted> permitted(HandlerUses handler, Predicate<Use> which) {
    return handler.uses().entrySet().stream()
        .filter(each -> which.test(each.getKey()))
        .map(each -> permitted(each.getKey(), lines(each.getValue())))
        .toList();
  }

  private static Permitted permitted(Use use, List<String> path) {
    return switch (use) {
      case Use.Rows(var table, var operation, var index) -> new Permitted(table, operation.action(), index, path);
      case Use.Connections(var webSocket, var operation) ->
          new Permitted(webSocket, operation.name() + " @connections", Optional.empty(), path);
      case Use.Value(var value) -> new Permitted(value, "value", Optional.empty(), path);
    };
  }

  private static List<String> lines(List<SourceLocation> path) {
    return path.stream().map(SourceLocation::toString).toList();
  }

  /** The same for people. */
  String text() {
    StringBuilder text = new StringBuilder();
    int wide = handlers.stream().flatMap(each -> Stream.concat(each.uses.stream(), each.leftOut.stream()))
        .mapToInt(each -> name(each).length())
        .max()
        .orElse(0);
    for (Handler handler : handlers) {
      text.append(handler.handler).append("  ").append(handler.location).append('\n');
      if (handler.uses.isEmpty()) text.append("  nothing of the app's\n");
      for (Permitted each : handler.uses) text.append("  ").append(line(each, wide)).append('\n');
      for (Permitted each : handler.leftOut) {
        text.append("  ").append(line(each, wide)).append(", left out by only\n");
      }
      for (Doubt each : handler.doubts) {
        text.append("  ? ").append(each.reason);
        if (!each.path.isEmpty()) text.append(": ").append(String.join(" > ", each.path));
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static String line(Permitted use, int wide) {
    String path = use.path.isEmpty() ? "assumed" : String.join(" > ", use.path);
    return name(use) + " ".repeat(wide - name(use).length()) + "  " + "%-26s".formatted(use.operation) + "  " + path;
  }

  private static String name(Permitted use) {
    return use.resource + use.index.map(index -> "/" + index).orElse("");
  }
}
