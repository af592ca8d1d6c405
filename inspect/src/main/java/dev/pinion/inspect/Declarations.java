package dev.pinion.inspect;

import dev.pinion.spi.AccessModel;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.SourceLocation;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a define has declared, as texts: to be compared with what another run of it declares, perhaps in another
 * process.
 */
record Declarations(List<Part> resources) {
  /** Where a resource is declared does not matter; handlers are code, and are compared one by one. */
  private static final Set<String> OTHERWISE =
      Set.of("location", "handler", "routes", "onTick", "onStart", "onMessage", "onChange", "authorizer");

  Declarations {
    resources = List.copyOf(resources);
  }

  /**
   * A resource or a handler.
   *
   * @param name what messages call it
   * @param settings by their names
   * @param handlers of a resource
   */
  record Part(String name, SourceLocation location, Map<String, String> settings, List<Part> handlers) {
    Part {
      handlers = List.copyOf(handlers);
    }
  }

  static Declarations of(AppModel app) {
    return new Declarations(app.resources().stream().map(Declarations::part).toList());
  }

  private static Part part(ResourceModel resource) {
    List<Part> handlers = resource.handlers().stream().map(Declarations::part).toList();
    return new Part(name(resource), resource.location(), settings((Record) resource), handlers);
  }

  private static Part part(HandlerModel handler) {
    return new Part("handler '" + handler.path() + "'", handler.location(), settings((Record) handler), List.of());
  }

  private static Map<String, String> settings(Record record) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (RecordComponent each : record.getClass().getRecordComponents()) {
      if (OTHERWISE.contains(each.getName())) continue;
      Object value = value(each, record);
      if (value instanceof FunctionModel || value instanceof AccessModel) settings.putAll(settings((Record) value));
      else settings.put(words(each.getName()), text(value));
    }
    return settings;
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
    return component.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) return optional.map(Declarations::text).orElse("none");
    return value instanceof String text ? "'" + text + "'" : value.toString();
  }

  private static String name(ResourceModel resource) {
    String type = resource.getClass().getSimpleName().replace("Model", "");
    return Character.toLowerCase(type.charAt(0)) + type.substring(1) + " '" + resource.id() + "'";
  }
}
