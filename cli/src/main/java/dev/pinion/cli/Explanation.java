package dev.pinion.cli;

import dev.pinion.inspect.HandlerUses;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Role;
import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The output of {@code explain}, in the form of its JSON.
 *
 * @param handlers in the order of declaration
 * @param errors certain mistakes, each with file and line
 * @param warnings possible mistakes, each with file and line
 */
record Explanation(List<Handler> handlers, List<String> errors, List<String> warnings) {

  /**
   * A handler.
   *
   * @param handler its path
   * @param location where the app declares it, such as {@code Chat.java:10}
   * @param uses its derived permissions
   * @param leftOut derived permissions that its {@code only} excludes
   * @param granted permissions on the app's resources that its {@code allow} adds
   * @param allowed permissions on other resources that its {@code allow} adds
   * @param notes what its function does besides, or why there is one
   * @param shared the function that it shares with other handlers; empty if it has its own
   */
  record Handler(
      String handler,
      String location,
      List<Permitted> uses,
      List<Permitted> leftOut,
      List<Permitted> granted,
      List<Allowed> allowed,
      List<Doubt> doubts,
      List<String> notes,
      Optional<Shared> shared) {}

  /**
   * A function that handlers share.
   *
   * @param function its name
   * @param with the paths of the other handlers, whose permissions this one has too
   */
  record Shared(String function, List<String> with) {}

  /**
   * An action on a resource outside the app.
   *
   * @param action the IAM action
   * @param arn the ARN, with {@code ${id}} for the value of a config
   */
  record Allowed(String action, String arn) {}

  /**
   * A permission of a handler.
   *
   * @param resource the id of a table, WebSocket, config or secret
   * @param operation the IAM action, the method of the management API, or {@code value}
   * @param index the index that is read
   * @param path the lines that lead to it, starting in the handler; empty if it is assumed because of a doubt
   */
  record Permitted(String resource, String operation, Optional<String> index, List<String> path) {}

  /**
   * A place that the analysis cannot decide, so that it assumes the larger set.
   *
   * @param reason why
   * @param path the lines that lead to it, starting in the handler
   * @param granted what the handler may do because of it; empty if that is everything
   */
  record Doubt(String reason, List<String> path, List<String> granted) {}

  static Explanation of(Inspection inspection, AppModel app) {
    return new Explanation(
        inspection.handlers().stream().map(each -> handler(each, app)).toList(),
        Inspections.lines(inspection.errors()),
        Inspections.lines(inspection.warnings()));
  }

  private static FunctionModel options(AppModel app, String path) {
    return app.handlers().stream()
        .filter(handler -> handler.path().equals(path))
        .map(HandlerModel::options)
        .findFirst()
        .orElseThrow();
  }

  private static Handler handler(HandlerUses handler, AppModel app) {
    FunctionModel options = options(app, handler.path());
    return new Handler(
        handler.path(),
        handler.location().toString(),
        permitted(handler, use -> !handler.leftOut().contains(use)),
        permitted(handler, handler.leftOut()::contains),
        Role.granted(app, options).stream().filter(each -> !each.isUrl()).map(each -> permitted(each, List.of()))
            .toList(),
        options.allowed().stream().map(each -> new Allowed(each.action(), each.arnText())).toList(),
        handler.doubts().stream().map(each -> doubt(each)).toList(),
        AccessNotes.of(handler.path(), app),
        options.settings().name().map(name -> shared(name, handler.path(), app)));
  }

  private static Shared shared(String name, String handler, AppModel app) {
    return new Shared(
        name,
        app.handlers().stream().filter(each -> each.options().settings().name().filter(name::equals).isPresent())
            .map(HandlerModel::path).filter(path -> !path.equals(handler)).toList());
  }

  private static Doubt doubt(HandlerUses.Doubt doubt) {
    List<String> granted = doubt.granted().stream().map(use -> permitted(use, List.of()))
        .map(each -> each.operation + " of " + name(each))
        .toList();
    return new Doubt(doubt.reason(), lines(doubt.path()), granted);
  }

  private static List<Permitted> permitted(HandlerUses handler, Predicate<Use> which) {
    return handler.uses().entrySet().stream()
        .filter(each -> which.test(each.getKey()))
        .map(each -> permitted(each.getKey(), lines(each.getValue())))
        .toList();
  }

  private static Permitted permitted(Use use, List<String> path) {
    if (use instanceof Use.Rows rows) return new Permitted(rows.resource(), rows.action(), rows.index(), path);
    if (use instanceof Use.Start || use instanceof Use.Send || use instanceof Use.HttpUrl)
      return new Permitted(use.resource(), use.action(), Optional.empty(), path);
    String action = use instanceof Use.Connections ? use.action() + " @connections" : "value";
    return new Permitted(use.resource(), action, Optional.empty(), path);
  }

  private static List<String> lines(List<SourceLocation> path) {
    return path.stream().map(SourceLocation::toString).toList();
  }

  /** Returns the explanation as text. */
  String text() {
    StringBuilder text = new StringBuilder();
    int wide = handlers.stream()
        .flatMap(each -> Stream.of(each.uses, each.leftOut, each.granted).flatMap(List::stream))
        .mapToInt(each -> name(each).length())
        .max()
        .orElse(0);
    for (Handler handler : handlers) {
      text.append(handler.handler).append("  ").append(handler.location).append('\n');
      handler.notes.forEach(each -> text.append("  ").append(each).append('\n'));
      if (handler.notes.isEmpty() && handler.uses.isEmpty() && handler.granted.isEmpty() && handler.allowed.isEmpty())
        text.append("  nothing of the app's\n");
      lines(handler.uses, wide).forEach(each -> text.append(each).append('\n'));
      lines(handler.leftOut, wide).forEach(each -> text.append(each).append(", excluded by only\n"));
      handler.granted.forEach(each -> text.append(line(name(each), each.operation, "allow", wide)).append('\n'));
      handler.allowed.forEach(each -> text.append("  ").append(each.arn()).append("  ").append(each.action())
          .append("  allow\n"));
      handler.shared.ifPresent(each -> text.append("  + in the function ").append(each.function).append(
          each.with.isEmpty() ? "\n" : ", whose role allows what " + String.join(", ", each.with) + " needs too\n"));
      for (Doubt each : handler.doubts) {
        text.append("  ? ").append(each.reason);
        if (!each.granted.isEmpty()) text.append(", which gives it ").append(String.join(", ", each.granted));
        if (!each.path.isEmpty()) text.append(": ").append(String.join(" > ", each.path));
        text.append('\n');
      }
    }
    return text.toString();
  }

  /** Returns one line for each permission with a path, and one for each resource with all of its assumed ones. */
  private static List<String> lines(List<Permitted> uses, int wide) {
    List<String> lines = new ArrayList<>();
    Map<String, List<String>> assumed = new LinkedHashMap<>();
    for (Permitted each : uses) {
      if (each.path.isEmpty()) assumed.computeIfAbsent(name(each), _ -> new ArrayList<>()).add(each.operation);
      else lines.add(line(name(each), each.operation, String.join(" > ", each.path), wide));
    }
    assumed.forEach((name, operations) -> lines.add(line(name, together(operations), "assumed", wide)));
    return lines;
  }

  /** Returns actions with the service that they share named once. */
  private static String together(List<String> operations) {
    int service = operations.getFirst().indexOf(':') + 1;
    return operations.getFirst() + operations.stream().skip(1).map(each -> ", " + each.substring(service))
        .collect(Collectors.joining());
  }

  private static String line(String name, String operation, String why, int wide) {
    return "  " + name + " ".repeat(wide - name.length()) + "  " + "%-26s".formatted(operation) + "  " + why;
  }

  private static String name(Permitted use) {
    return use.resource + use.index.map(index -> "/" + index).orElse("");
  }
}
