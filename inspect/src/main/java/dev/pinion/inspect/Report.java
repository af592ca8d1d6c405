package dev.pinion.inspect;

import dev.pinion.spi.RouteModel;
import dev.pinion.spi.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/** The messages about handlers. */
final class Report {
  private final List<String> mistakes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  void add(RouteModel route, Findings findings) {
    String handler = "handler '" + route.path() + "' ";
    for (Findings.Mistake each : findings.mistakes()) {
      String place = place(each.path(), route);
      if (each.surely()) mistakes.add(place + ": error: " + handler + "calls " + each.message());
      else warnings.add(place + ": warning: " + handler + "may call " + each.message());
    }
    for (HandlerUses.Doubt each : findings.doubts()) {
      String what = findings.everything() ? "everything that the app has" : "more than it may need";
      warnings.add(
          place(each.path(), route) + ": warning: " + handler + "is allowed " + what + ", as " + each.reason()
              + " (pinion explain shows the way)");
    }
    findings.changes().forEach((what, path) -> warnings.add(
        place(path, route) + ": warning: " + handler + "changes " + what
            + ", which in the cloud each function instance has its own of and loses: keep it in a table"));
  }

  private static String place(List<SourceLocation> path, RouteModel route) {
    return (path.isEmpty() ? route.location() : path.getLast()).toString();
  }

  List<String> mistakes() {
    return mistakes;
  }

  List<String> warnings() {
    return warnings;
  }
}
