package dev.pinion.lambda;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * Converts items to and from DynamoDB's JSON, in which a value is an object with one member, named after its type.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">DynamoDB:
 *     AttributeValue</a>
 */
final class ItemJson {
  private static final int DIGITS = 38;

  private ItemJson() {}

  static void write(JsonWriter out, Map<String, AttributeValue> attributes) throws IOException {
    out.beginObject();
    for (Map.Entry<String, AttributeValue> each : attributes.entrySet()) {
      out.name(each.getKey());
      write(out, each.getValue());
    }
    out.endObject();
  }

  private static void write(JsonWriter out, AttributeValue value) throws IOException {
    out.beginObject().name(value.type());
    switch (value) {
      case AttributeValue.S(String text) -> out.value(text);
      case AttributeValue.N(BigDecimal number) -> out.value(text(number));
      case AttributeValue.B(Bytes bytes) -> out.value(text(bytes));
      case AttributeValue.Bool(boolean bool) -> out.value(bool);
      case AttributeValue.Null _ -> out.value(true);
      case AttributeValue.L(var values) -> {
        out.beginArray();
        for (AttributeValue each : values) {
          write(out, each);
        }
        out.endArray();
      }
      case AttributeValue.M(var values) -> write(out, values);
      case AttributeValue.Ss(var values) -> texts(out, values);
      case AttributeValue.Ns(var values) -> texts(out, values.stream().map(ItemJson::text).toList());
      case AttributeValue.Bs(var values) -> texts(out, values.stream().map(ItemJson::text).toList());
    }
    out.endObject();
  }

  private static void texts(JsonWriter out, Iterable<String> values) throws IOException {
    out.beginArray();
    for (String each : values) {
      out.value(each);
    }
    out.endArray();
  }

  /**
   * Returns a number without an exponent, unless that would add only zeros: DynamoDB Local does not treat a row that
   * was put with the key {@code 1E+1} and one that is deleted with it as the same.
   */
  private static String text(BigDecimal number) {
    boolean plain = number.precision() - (long) number.scale() <= DIGITS && number.scale() <= 2 * DIGITS;
    return plain ? number.toPlainString() : number.toString();
  }

  private static String text(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  static Item read(JsonReader in) throws IOException {
    return Item.of(attributes(in));
  }

  private static SequencedMap<String, AttributeValue> attributes(JsonReader in) throws IOException {
    SequencedMap<String, AttributeValue> all = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      all.put(name, value(in));
    }
    in.endObject();
    return all;
  }

  private static AttributeValue value(JsonReader in) throws IOException {
    in.beginObject();
    String type = in.nextName();
    AttributeValue value = switch (type) {
      case "S" -> new AttributeValue.S(in.nextString());
      case "N" -> number(in.nextString());
      case "B" -> new AttributeValue.B(bytes(in.nextString()));
      case "BOOL" -> new AttributeValue.Bool(in.nextBoolean());
      case "NULL" -> {
        in.skipValue();
        yield new AttributeValue.Null();
      }
      case "L" -> new AttributeValue.L(list(in));
      case "M" -> new AttributeValue.M(attributes(in));
      case "SS" -> new AttributeValue.Ss(new LinkedHashSet<>(texts(in)));
      case "NS" -> new AttributeValue.Ns(set(texts(in).stream().map(text -> number(text).value()).toList()));
      case "BS" -> new AttributeValue.Bs(set(texts(in).stream().map(ItemJson::bytes).toList()));
      default -> throw new IOException("an attribute value of unknown type " + type);
    };
    in.endObject();
    return value;
  }

  private static AttributeValue.N number(String text) {
    try {
      return new AttributeValue.N(new BigDecimal(text));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
  }

  private static List<AttributeValue> list(JsonReader in) throws IOException {
    List<AttributeValue> all = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      all.add(value(in));
    }
    in.endArray();
    return all;
  }

  private static List<String> texts(JsonReader in) throws IOException {
    List<String> all = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      all.add(in.nextString());
    }
    in.endArray();
    return all;
  }

  private static <T> SequencedSet<T> set(List<T> elements) {
    return new LinkedHashSet<>(elements);
  }

  private static Bytes bytes(String text) {
    return Bytes.of(Base64.getDecoder().decode(text));
  }
}
