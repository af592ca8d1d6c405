package dev.pinion.sim;

import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A body that a route accepts, which the page offers to fill in: it fits the route's type, and the constructors of its
 * records take it, as far as one of the usual values does.
 */
public final class SampleBody {
  private static final int DEEPEST = 8;
  private static final int DEEPEST_ELEMENT = 3;
  /** For a text: the name of its component, and what constructors ask for instead. */
  private static final List<String> TEXTS =
      List.of("", "a", "abcdefgh", "A1", "1", "name@example.com", "https://example.com/", "2026-01-31", "#00aaff");
  private static final List<String> NUMBERS = List.of("1", "0", "10", "100", "1000", "0.5", "-1");

  private static final List<Boolean> CHOICE = List.of(false, true);
  private static final List<SampleBody> ALL = all();

  private final String text;
  private final BigDecimal number;
  private final boolean truth;
  private final boolean sparse;

  private SampleBody(String text, BigDecimal number, boolean truth, boolean sparse) {
    this.text = text;
    this.number = number;
    this.truth = truth;
    this.sparse = sparse;
  }

  /** Returns a value to be written as JSON: text, number, boolean, list or map. Empty for a route that takes text. */
  public static Optional<Object> of(Class<?> type, JsonCodec json) {
    if (type == String.class || type == CharSequence.class) return Optional.empty();
    MessageType model = MessageType.of(type);
    for (SampleBody each : ALL) {
      Optional<Object> sample = each.value("", model, 0);
      if (sample.filter(value -> accepts(type, value, json)).isPresent()) return sample;
    }
    return ALL.getFirst().value("", model, 0);
  }

  private static List<SampleBody> all() {
    List<SampleBody> all = new ArrayList<>();
    for (boolean sparse : CHOICE) {
      for (String text : TEXTS) {
        for (String number : NUMBERS) {
          for (boolean truth : CHOICE) {
            all.add(new SampleBody(text, new BigDecimal(number), truth, sparse));
          }
        }
      }
    }
    return all;
  }

  private static boolean accepts(Class<?> type, Object sample, JsonCodec json) {
    try {
      json.read(json.write(sample), type);
      return true;
    } catch (MismatchException | RuntimeException | Error _) {
      return false; // the latter two are the record's constructor's own
    }
  }

  /** Returns the type as the program's source has it, without packages. */
  static String name(Type type) {
    return type.getTypeName().replaceAll("\\w+[.$](?=\\w)", "");
  }

  private Optional<Object> value(String name, MessageType type, int depth) {
    if (depth > DEEPEST) return Optional.empty();
    return switch (type) {
      case OptionalType _ -> Optional.empty();
      case RecordType record -> Optional.of(record(record, depth));
      case SealedType sealed -> sealed.records().values().stream().findFirst().map(first -> record(first, depth));
      case EnumType(Class<?> constants) ->
          Arrays.stream(constants.getEnumConstants()).findFirst().map(constant -> ((Enum<?>) constant).name());
      case ListType(MessageType element, boolean _) ->
          Optional.of(sparse || depth > DEEPEST_ELEMENT
              ? List.of()
              : value(name, element, depth + 1).map(List::of).orElse(List.of()));
      case MapType _, AnyType _ -> Optional.of(Map.of());
      case ScalarType scalar -> Optional.of(switch (scalar.form()) {
        case TEXT -> scalar == ScalarType.TEXT ? text.isEmpty() && !sparse ? name : text : scalar.example();
        case NUMBER -> number;
        case BOOLEAN -> truth;
      });
    };
  }

  private Map<String, Object> record(RecordType type, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    type.tag().ifPresent(tag -> members.put(tag.member(), tag.value()));
    for (RecordType.Component component : type.components()) {
      value(component.name(), component.type(), depth + 1).ifPresent(value -> members.put(component.name(), value));
    }
    return members;
  }
}
