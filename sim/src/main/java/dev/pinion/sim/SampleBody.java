package dev.pinion.sim;

import dev.pinion.spi.MessageType;
import dev.pinion.spi.MessageType.AnyType;
import dev.pinion.spi.MessageType.EnumType;
import dev.pinion.spi.MessageType.ListType;
import dev.pinion.spi.MessageType.MapType;
import dev.pinion.spi.MessageType.OptionalType;
import dev.pinion.spi.RecordType;
import dev.pinion.spi.ScalarType;
import dev.pinion.spi.SealedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A body that fits a route's type and holds as little as possible, which the page offers to fill in. */
final class SampleBody {
  private static final int DEEPEST = 8;

  private SampleBody() {}

  /** Returns a value to be written as JSON: text, number, boolean, list or map. Empty for a route that takes text. */
  static Optional<Object> of(Class<?> type) {
    boolean isText = type == String.class || type == CharSequence.class;
    return isText ? Optional.empty() : value(MessageType.of(type), 0);
  }

  /** Returns the type as the program's source has it, without packages. */
  static String name(Type type) {
    return type.getTypeName().replaceAll("\\w+[.$](?=\\w)", "");
  }

  private static Optional<Object> value(MessageType type, int depth) {
    if (depth > DEEPEST) return Optional.empty();
    return switch (type) {
      case OptionalType _ -> Optional.empty();
      case RecordType record -> Optional.of(record(record, depth));
      case SealedType sealed -> sealed.records().values().stream().findFirst().map(first -> record(first, depth));
      case EnumType(Class<?> constants) ->
          Arrays.stream(constants.getEnumConstants()).findFirst().map(constant -> ((Enum<?>) constant).name());
      case ListType _ -> Optional.of(List.of());
      case MapType _, AnyType _ -> Optional.of(Map.of());
      case ScalarType scalar -> Optional.of(switch (scalar.form()) {
        case TEXT -> scalar.example();
        case NUMBER -> 0;
        case BOOLEAN -> false;
      });
    };
  }

  private static Map<String, Object> record(RecordType type, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    type.tag().ifPresent(tag -> members.put(tag.member(), tag.value()));
    for (RecordType.Component component : type.components()) {
      value(component.type(), depth + 1).ifPresent(value -> members.put(component.name(), value));
    }
    return members;
  }
}
