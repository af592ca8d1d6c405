package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.WebSocketModel;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What {@code define} has declared in another way the second time. */
final class Differences {
  /** Where a resource is declared does not matter; handlers are code, and routes are compared one by one. */
  private static final Set<String> OTHERWISE = Set.of("location", "handler", "routes");
  private static final String WHY =
      ": a function instance runs define again when it starts, and must find the same; let define depend on nothing but"
          + " the program";

  private final List<Finding> found = new ArrayList<>();

  private Differences() {}

  static List<Finding> between(AppModel first, AppModel second) {
    Differences differences = new Differences();
    differences.compare(
        first.resources(), second.resources(), Differences::name, ResourceModel::location, (one, two) -> {
          differences.components(name(one), (Record) one, (Record) two, one.location());
          if (one instanceof WebSocketModel before && two instanceof WebSocketModel after) {
            differences.routes(before, after);
          }
        });
    return differences.found;
  }

  private void routes(WebSocketModel first, WebSocketModel second) {
    compare(
        first.routes(), second.routes(), Differences::name, RouteModel::location,
        (one, two) -> components(name(one), one, two, one.location()));
  }

  /** Compares what both have. */
  private interface Both<T> {
    void compare(T first, T second);
  }

  private <T> void compare(
      List<T> first, List<T> second, Function<T, String> name, Function<T, SourceLocation> location,
      Both<T> both) {
    Map<String, T> before = new LinkedHashMap<>();
    Map<String, T> after = new LinkedHashMap<>();
    first.forEach(each -> before.put(name.apply(each), each));
    second.forEach(each -> after.put(name.apply(each), each));
    before.forEach((key, one) -> {
      T two = after.get(key);
      if (two == null) {
        add(location.apply(one), key + " is declared the first time that define runs, and not the second");
      } else {
        both.compare(one, two);
      }
    });
    after.forEach((key, two) -> {
      if (!before.containsKey(key)) {
        add(location.apply(two), key + " is declared the second time that define runs, and not the first");
      }
    });
    List<String> order = List.copyOf(before.keySet());
    List<String> again = List.copyOf(after.keySet());
    if (before.keySet().equals(after.keySet()) && !order.equals(again)) {
      int at = 0;
      while (order.get(at).equals(again.get(at))) at++;
      add(
          location.apply(first.get(at)),
          order.get(at) + " is declared where the second run of define declares " + again.get(at)
              + ": the order differs");
    }
  }

  private void components(String name, Record first, Record second, SourceLocation location) {
    for (RecordComponent each : first.getClass().getRecordComponents()) {
      if (OTHERWISE.contains(each.getName())) continue;
      Object one = value(each, first);
      Object two = value(each, second);
      if (one instanceof FunctionModel && !one.equals(two)) {
        components(name, (Record) one, (Record) two, location);
      } else if (!one.equals(two)) {
        add(location, name + " has " + words(each.getName()) + text(one) + " the first time that define runs, and "
            + text(two) + " the second");
      }
    }
  }

  private void add(SourceLocation location, String message) {
    found.add(new Finding(Kind.DIFFERENCE, location, message + WHY));
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      Object value = Objects.requireNonNull(component.getAccessor().invoke(record));
      return value instanceof Class<?> type ? type.getName() : value;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String words(String component) {
    return component.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT) + " ";
  }

  private static String text(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(Differences::text).orElse("none");
      case String text -> "'" + text + "'";
      default -> value.toString();
    };
  }

  private static String name(RouteModel route) {
    return "handler '" + route.path() + "'";
  }

  private static String name(ResourceModel resource) {
    String type = resource.getClass().getSimpleName().replace("Model", "");
    return Character.toLowerCase(type.charAt(0)) + type.substring(1) + " '" + resource.id() + "'";
  }
}
