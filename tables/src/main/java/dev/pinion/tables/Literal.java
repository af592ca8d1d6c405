package dev.pinion.tables;

import dev.pinion.AttributeValue;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.stream.Collectors;

/** Values as DynamoDB's messages write them, such as <code>{S:abc}</code>. */
final class Literal {
  private Literal() {}

  static String text(AttributeValue value) {
    return "{" + value.type() + ":" + content(value) + "}";
  }

  private static String content(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.N(BigDecimal number) -> number.toPlainString();
      case AttributeValue.B(var bytes) -> Base64.getEncoder().encodeToString(bytes.toArray());
      case AttributeValue.Bool(boolean bool) -> Boolean.toString(bool);
      case AttributeValue.Null _ -> "true";
      case AttributeValue.Ss(var texts) -> texts.toString();
      case AttributeValue.Ns(var numbers) ->
          numbers.stream()
              .map(BigDecimal::toPlainString)
              .collect(Collectors.joining(",", "[", "]"));
      case AttributeValue.Bs(var all) -> all.toString();
      case AttributeValue.L(var values) ->
          values.stream().map(Literal::text).collect(Collectors.joining(",", "[", "]"));
      case AttributeValue.M(var values) ->
          values.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }
}
