package dev.pinion.lambda;

import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Item;
import dev.pinion.spi.Expressions;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** Rows and values in Pinion's form and in the AWS SDK's. */
final class Items {
  private static final int DIGITS = 38;

  private Items() {}

  static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> aws(
      Map<String, AttributeValue> attributes) {
    Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> all = new LinkedHashMap<>();
    attributes.forEach((name, value) -> all.put(name, aws(value)));
    return all;
  }

  /** The values of a request's expressions; null for none. */
  static @Nullable Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> operands(
      Expressions expressions) {
    Map<String, AttributeValue> values = expressions.values();
    return values == null ? null : aws(values);
  }

  static software.amazon.awssdk.services.dynamodb.model.AttributeValue aws(AttributeValue value) {
    var builder = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
    return switch (value) {
      case AttributeValue.S(String text) -> builder.s(text).build();
      case AttributeValue.N(BigDecimal number) -> builder.n(text(number)).build();
      case AttributeValue.B(Bytes bytes) -> builder.b(aws(bytes)).build();
      case AttributeValue.Bool(boolean bool) -> builder.bool(bool).build();
      case AttributeValue.Null _ -> builder.nul(true).build();
      case AttributeValue.L(var values) -> builder.l(values.stream().map(Items::aws).toList()).build();
      case AttributeValue.M(var values) -> builder.m(aws(values)).build();
      case AttributeValue.Ss(var values) -> builder.ss(values).build();
      case AttributeValue.Ns(var values) -> builder.ns(values.stream().map(Items::text).toList()).build();
      case AttributeValue.Bs(var values) -> builder.bs(values.stream().map(Items::aws).toList()).build();
    };
  }

  /**
   * A number without an exponent, save where only zeros would take its place: DynamoDB Local does not see that a row
   * put under {@code 1E+1} and one deleted under it are the same.
   */
  private static String text(BigDecimal number) {
    return number.precision() - number.scale() <= DIGITS ? number.toPlainString() : number.toString();
  }

  private static SdkBytes aws(Bytes bytes) {
    return SdkBytes.fromByteArrayUnsafe(bytes.toArray());
  }

  static Item item(Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> attributes) {
    return Item.of(values(attributes));
  }

  private static SequencedMap<String, AttributeValue> values(
      Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> attributes) {
    SequencedMap<String, AttributeValue> all = new LinkedHashMap<>();
    attributes.forEach((name, value) -> all.put(name, value(value)));
    return all;
  }

  private static AttributeValue value(software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
    return switch (value.type()) {
      case S -> new AttributeValue.S(value.s());
      case N -> new AttributeValue.N(new BigDecimal(value.n()));
      case B -> new AttributeValue.B(bytes(value.b()));
      case BOOL -> new AttributeValue.Bool(value.bool());
      case NUL -> new AttributeValue.Null();
      case L -> new AttributeValue.L(value.l().stream().map(Items::value).toList());
      case M -> new AttributeValue.M(values(value.m()));
      case SS -> new AttributeValue.Ss(new LinkedHashSet<>(value.ss()));
      case NS -> new AttributeValue.Ns(set(value.ns().stream().map(BigDecimal::new).toList()));
      case BS -> new AttributeValue.Bs(set(value.bs().stream().map(Items::bytes).toList()));
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("an attribute value of no known type: " + value);
    };
  }

  private static <T> SequencedSet<T> set(List<T> elements) {
    return new LinkedHashSet<>(elements);
  }

  private static Bytes bytes(SdkBytes bytes) {
    return Bytes.of(bytes.asByteArrayUnsafe());
  }
}
