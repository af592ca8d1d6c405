package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Item;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as bytes, in memory and on disk: the attributes, each value behind the number of its type. */
final class RowCodec {
  private RowCodec() {}

  static byte[] encode(Item item) {
    BytesOut out = new BytesOut(128);
    write(out, item.attributes());
    return out.toArray();
  }

  static Item decode(byte[] row) {
    return Item.of(readMap(new BytesIn(row)));
  }

  /** Returns the value of one attribute without decoding the others; null when the row has no such attribute. */
  static @Nullable AttributeValue find(byte[] row, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    BytesIn in = new BytesIn(row);
    for (int left = in.count(); left > 0; left--) {
      if (in.skipIfEqual(wanted)) {
        return readValue(in);
      }
      skipValue(in);
    }
    return null;
  }

  private static void write(BytesOut out, Map<String, AttributeValue> attributes) {
    out.number(attributes.size());
    attributes.forEach((name, value) -> write(out.text(name), value));
  }

  private static void write(BytesOut out, AttributeValue value) {
    switch (value) {
      case AttributeValue.S(String text) -> out.put(0).text(text);
      case AttributeValue.N(BigDecimal number) -> write(out.put(1), number);
      case AttributeValue.B(Bytes bytes) -> out.put(2).bytes(bytes.toArray());
      case AttributeValue.Bool(boolean bool) -> out.put(bool ? 4 : 3);
      case AttributeValue.Null _ -> out.put(5);
      case AttributeValue.L(var values) -> {
        out.put(6).number(values.size());
        values.forEach(each -> write(out, each));
      }
      case AttributeValue.M(var values) -> write(out.put(7), values);
      case AttributeValue.Ss(var texts) -> {
        out.put(8).number(texts.size());
        texts.forEach(out::text);
      }
      case AttributeValue.Ns(var numbers) -> {
        out.put(9).number(numbers.size());
        numbers.forEach(each -> write(out, each));
      }
      case AttributeValue.Bs(var all) -> {
        out.put(10).number(all.size());
        all.forEach(each -> out.bytes(each.toArray()));
      }
    }
  }

  private static void write(BytesOut out, BigDecimal number) {
    out.number(number.scale()).bytes(number.unscaledValue().toByteArray());
  }

  private static AttributeValue readValue(BytesIn in) {
    int type = in.get();
    return switch (type) {
      case 0 -> new AttributeValue.S(in.text());
      case 1 -> new AttributeValue.N(readNumber(in));
      case 2 -> new AttributeValue.B(Bytes.of(in.bytes()));
      case 3 -> new AttributeValue.Bool(false);
      case 4 -> new AttributeValue.Bool(true);
      case 5 -> new AttributeValue.Null();
      case 6 -> new AttributeValue.L(readAll(in, RowCodec::readValue));
      case 7 -> new AttributeValue.M(readMap(in));
      case 8 -> new AttributeValue.Ss(set(readAll(in, BytesIn::text)));
      case 9 -> new AttributeValue.Ns(set(readAll(in, RowCodec::readNumber)));
      case 10 -> new AttributeValue.Bs(set(readAll(in, each -> Bytes.of(each.bytes()))));
      default -> throw unknown(type);
    };
  }

  private static void skipValue(BytesIn in) {
    int type = in.get();
    switch (type) {
      case 0, 2 -> in.skipBytes();
      case 1 -> skipNumber(in);
      case 3, 4, 5 -> {
      }
      case 6 -> skipAll(in, RowCodec::skipValue);
      case 7 -> skipAll(in, each -> {
        each.skipBytes();
        skipValue(each);
      });
      case 8, 10 -> skipAll(in, BytesIn::skipBytes);
      case 9 -> skipAll(in, RowCodec::skipNumber);
      default -> throw unknown(type);
    }
  }

  private static IllegalArgumentException unknown(int type) {
    return new IllegalArgumentException("no attribute type has the number " + type);
  }

  private static void skipNumber(BytesIn in) {
    in.number();
    in.skipBytes();
  }

  private static void skipAll(BytesIn in, java.util.function.Consumer<BytesIn> skip) {
    for (int left = in.count(); left > 0; left--) {
      skip.accept(in);
    }
  }

  private static SequencedMap<String, AttributeValue> readMap(BytesIn in) {
    int size = in.count();
    SequencedMap<String, AttributeValue> values = LinkedHashMap.newLinkedHashMap(size);
    for (int i = 0; i < size; i++) {
      values.put(in.text(), readValue(in));
    }
    return values;
  }

  private static <T> List<T> readAll(BytesIn in, Function<BytesIn, T> read) {
    int size = in.count();
    List<T> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(read.apply(in));
    }
    return all;
  }

  private static <T> SequencedSet<T> set(List<T> all) {
    return new LinkedHashSet<>(all);
  }

  private static BigDecimal readNumber(BytesIn in) {
    int scale = in.number();
    return new BigDecimal(new BigInteger(in.bytes()), scale);
  }
}
