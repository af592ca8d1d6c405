package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import dev.pinion.spi.FunctionModel.Limit;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The messages about an app. */
final class Report {
  private final List<Finding> findings = new ArrayList<>();

  void add(List<Finding> more) {
    findings.addAll(more);
  }

  /** What define does. */
  void addDefinition(Findings found) {
    for (Findings.Look each : found.looks()) {
      if (each.path().isEmpty()) continue;
      add(Kind.PHASE, each.path().getLast(), "define calls " + call(each.call()) + way(each.path()) + ", "
          + each.at().advice());
    }
  }

  /** What a handler does. */
  void add(HandlerModel declared, Findings found) {
    String handler = "handler '" + declared.path() + "' ";
    for (Findings.Mistake each : found.mistakes()) {
      Kind kind = each.surely() ? Kind.MISTAKE : Kind.PHASE;
      String calls = each.surely() ? "calls " : "may call ";
      add(kind, place(each.path(), declared), handler + calls + each.message() + way(each.path()));
    }
    boolean limited = !declared.options().only().isEmpty();
    for (HandlerUses.Doubt each : limited ? List.<HandlerUses.Doubt>of() : found.doubts()) {
      add(
          Kind.PERMISSION, place(each.path(), declared), handler + "is allowed " + granted(each, found) + ", because "
              + each.reason());
    }
    found.messages().forEach((path, what) -> add(Kind.MESSAGE, place(path, declared), handler + what + way(path)));
    found.changes().forEach((what, path) -> add(Kind.PHASE, place(path, declared), handler + what + way(path)));
  }

  /** What a doubt gives a handler. */
  private static String granted(HandlerUses.Doubt doubt, Findings found) {
    if (found.everything()) return "everything that the app has";
    if (doubt.granted().isEmpty()) return "more than it may need";
    Map<String, List<String>> actions = new LinkedHashMap<>();
    doubt.granted()
        .forEach(each -> actions.computeIfAbsent(each.resource(), _ -> new ArrayList<>()).add(each.action()));
    return actions.entrySet().stream()
        .map(each -> String.join(", ", new LinkedHashSet<>(each.getValue())) + " of '" + each.getKey() + "'")
        .collect(Collectors.joining(", "));
  }

  /** What a handler's only leaves out though the handler does it, and what it names though the handler does not. */
  void addLimits(HandlerModel declared, HandlerUses uses, Findings found) {
    String handler = "handler '" + declared.path() + "' ";
    for (Use each : uses.leftOut()) {
      if (!found.certain().contains(each)) continue;
      List<SourceLocation> path = uses.uses().getOrDefault(each, List.of());
      add(
          Kind.PERMISSION, place(path, declared),
          handler + "does " + each.action() + " of '" + each.resource() + "'" + way(path)
              + ", which its only leaves out, so that AWS will refuse it: name it there, or do without");
    }
    for (Limit limit : declared.options().only()) {
      List<String> idle = new ArrayList<>(limit.actions().isEmpty() ? List.of("reading") : limit.actions());
      found.uses().keySet().stream().filter(each -> each.resource().equals(limit.resource()))
          .forEach(each -> idle.remove(each.action()));
      if (!idle.isEmpty()) {
        add(
            Kind.PERMISSION, limit.location(), handler + "is limited to " + String.join(", ", idle) + " of '"
                + limit.resource() + "', and does nothing of the kind: leave that out");
      }
    }
  }

  private void add(Kind kind, SourceLocation location, String message) {
    findings.add(new Finding(kind, location, message));
  }

  private static SourceLocation place(List<SourceLocation> path, HandlerModel declared) {
    return path.isEmpty() ? declared.location() : path.getLast();
  }

  private static String call(Member call) {
    return call.name().equals(Member.CONSTRUCTOR) ? "new " + ClassNames.shortName(call.owner()) : call.toString();
  }

  /** The lines that lead to a place, where it has more than its own. */
  private static String way(List<SourceLocation> path) {
    if (path.size() < 2) return "";
    return path.stream().map(SourceLocation::toString).collect(Collectors.joining(" > ", " (", ")"));
  }

  List<Finding> findings() {
    return findings;
  }
}
