package dev.pinion.inspect;

import dev.pinion.inspect.Declarations.Part;
import dev.pinion.inspect.Finding.Kind;
import dev.pinion.spi.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code define} has declared in another way the second time. */
final class Differences {
  private static final String WHY =
      ": a function instance runs define again when it starts, and must find the same; let define depend on nothing but"
          + " the program";

  private final List<Finding> found = new ArrayList<>();

  private Differences() {}

  static List<Finding> between(Declarations first, Declarations second) {
    Differences differences = new Differences();
    differences.compare(first.resources(), second.resources());
    return differences.found;
  }

  private void compare(List<Part> first, List<Part> second) {
    Map<String, Part> before = byName(first);
    Map<String, Part> after = byName(second);
    before.forEach((name, one) -> {
      Part two = after.get(name);
      if (two == null) {
        add(one.location(), name + " is declared the first time that define runs, and not the second");
      } else {
        settings(one, two);
        compare(one.handlers(), two.handlers());
      }
    });
    after.forEach((name, two) -> {
      if (!before.containsKey(name)) {
        add(two.location(), name + " is declared the second time that define runs, and not the first");
      }
    });
    List<String> order = List.copyOf(before.keySet());
    List<String> again = List.copyOf(after.keySet());
    if (before.keySet().equals(after.keySet()) && !order.equals(again)) {
      int at = 0;
      while (order.get(at).equals(again.get(at))) at++;
      add(
          first.get(at).location(),
          order.get(at) + " is declared where the second run of define declares " + again.get(at)
              + ": the order differs");
    }
  }

  private static Map<String, Part> byName(List<Part> parts) {
    Map<String, Part> all = new LinkedHashMap<>();
    parts.forEach(each -> all.put(each.name(), each));
    return all;
  }

  private void settings(Part first, Part second) {
    first.settings().forEach((name, one) -> {
      String two = second.settings().getOrDefault(name, "none");
      if (!one.equals(two)) {
        add(first.location(), first.name() + " has " + name + " " + one + " the first time that define runs, and " + two
            + " the second");
      }
    });
  }

  private void add(SourceLocation location, String message) {
    found.add(new Finding(Kind.DIFFERENCE, location, message + WHY));
  }
}
