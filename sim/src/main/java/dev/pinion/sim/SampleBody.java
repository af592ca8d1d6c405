package dev.pinion.sim;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An empty body of a route's type, which the page offers to fill in. */
final class SampleBody {
  private static final int DEEPEST = 8;

  private SampleBody() {}

  /** Returns a value to write as JSON: text, numbers, lists and maps; empty for a route that takes plain text. */
  static Optional<Object> of(Class<?> type) {
    return type == String.class ? Optional.empty() : value(type, 0);
  }

  /** Returns the type as in the program's source, without packages. */
  static String name(Type type) {
    return type.getTypeName().replaceAll("\\w+[.$](?=\\w)", "");
  }

  private static Optional<Object> value(Type type, int depth) {
    Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : raw(type);
    if (depth > DEEPEST || raw == Optional.class) {
      return Optional.empty();
    } else if (raw.isRecord()) {
      return Optional.of(record(raw, depth));
    } else if (raw.isEnum()) {
      return Arrays.stream(raw.getEnumConstants()).findFirst().map(constant -> ((Enum<?>) constant).name());
    } else if (Collection.class.isAssignableFrom(raw)) {
      return Optional.of(List.of());
    } else if (Map.class.isAssignableFrom(raw) || raw == Object.class) {
      return Optional.of(Map.of());
    } else if (raw == boolean.class || raw == Boolean.class) {
      return Optional.of(false);
    } else if (raw == Instant.class) {
      return Optional.of(Instant.EPOCH.toString());
    } else if (raw == UUID.class) {
      return Optional.of(new UUID(0, 0).toString());
    } else if (raw == char.class || raw == Character.class) {
      return Optional.of(" ");
    }
    boolean number = Number.class.isAssignableFrom(raw) || raw.isPrimitive();
    return Optional.of(number ? (Object) 0 : "");
  }

  private static Class<?> raw(Type type) {
    return type instanceof Class<?> plain ? plain : Object.class;
  }

  private static Map<String, Object> record(Class<?> type, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      value(component.getGenericType(), depth + 1).ifPresent(value -> members.put(component.getName(), value));
    }
    return members;
  }
}
