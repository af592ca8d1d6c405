package dev.pinion.contract;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a call gives, as text that is the same for equal results: attributes and sets in the order of their text. */
public final class Canonical {
  private Canonical() {}

  /** Returns the text of a result. */
  public static String text(Object result) {
    return switch (result) {
      case Optional<?> optional -> optional.map(Canonical::text).orElse("none");
      case List<?> many -> many.stream().map(Canonical::text).collect(Collectors.joining(", ", "[", "]"));
      case Item item -> item.attributes().entrySet().stream()
          .map(entry -> entry.getKey() + "=" + value(entry.getValue())).sorted()
          .collect(Collectors.joining(", ", "{", "}"));
      default -> result.toString();
    };
  }

  private static String value(AttributeValue value) {
    return switch (value) {
      case AttributeValue.M map -> text(map.item());
      case AttributeValue.L(var values) -> values.stream().map(Canonical::value).toList().toString();
      case AttributeValue.Ss(var strings) -> "SS" + sorted(strings.stream());
      case AttributeValue.Ns(var numbers) -> "NS" + sorted(numbers.stream());
      case AttributeValue.Bs(var bytes) ->
          "BS" + bytes.stream().map(AttributeValue.B::new).map(Canonical::value).sorted().toList();
      case AttributeValue.B(var bytes) -> "B" + java.util.HexFormat.of().formatHex(bytes.toArray());
      default -> value.toString();
    };
  }

  private static List<String> sorted(Stream<?> elements) {
    return elements.map(Object::toString).sorted().toList();
  }
}
