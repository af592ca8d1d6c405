package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.zip.CRC32C;

/**
 * Rows as bytes on disk: a checksum over key and row, then the attributes, each value behind the number of its type.
 *
 * <p>The checksum is what notices a damaged row; the engine has none for single rows.
 */
final class ItemCodec {
  private static final int CHECKSUM = 4;

  private ItemCodec() {}

  /** Bytes that are not a row. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  static byte[] encode(byte[] key, Item item) {
    var bytes = new ByteArrayOutputStream(128);
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(0);
      write(out, item.attributes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] row = bytes.toByteArray();
    ByteBuffer.wrap(row).putInt(checksum(key, row));
    return row;
  }

  static Item decode(byte[] key, byte[] row) throws DamagedException {
    if (row.length < CHECKSUM || ByteBuffer.wrap(row).getInt() != checksum(key, row)) {
      throw new DamagedException("a row's checksum is wrong");
    }
    try (var in =
        new DataInputStream(new ByteArrayInputStream(row, CHECKSUM, row.length - CHECKSUM))) {
      return Item.of(readMap(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int checksum(byte[] key, byte[] row) {
    var checksum = new CRC32C();
    checksum.update(key);
    checksum.update(row, CHECKSUM, row.length - CHECKSUM);
    return (int) checksum.getValue();
  }

  private static void write(DataOutputStream out, Map<String, AttributeValue> attributes)
      throws IOException {
    out.writeInt(attributes.size());
    for (var attribute : attributes.entrySet()) {
      write(out, attribute.getKey());
      write(out, attribute.getValue());
    }
  }

  private static void write(DataOutputStream out, AttributeValue value) throws IOException {
    switch (value) {
      case AttributeValue.S(String text) -> write(tag(out, 0), text);
      case AttributeValue.N(BigDecimal number) -> write(tag(out, 1), number);
      case AttributeValue.B(Bytes bytes) -> write(tag(out, 2), bytes.toArray());
      case AttributeValue.Bool(boolean bool) -> tag(out, bool ? 4 : 3);
      case AttributeValue.Null _ -> tag(out, 5);
      case AttributeValue.L(var values) -> {
        tag(out, 6).writeInt(values.size());
        for (AttributeValue each : values) {
          write(out, each);
        }
      }
      case AttributeValue.M(var values) -> write(tag(out, 7), values);
      case AttributeValue.Ss(var texts) -> {
        tag(out, 8).writeInt(texts.size());
        for (String text : texts) {
          write(out, text);
        }
      }
      case AttributeValue.Ns(var numbers) -> {
        tag(out, 9).writeInt(numbers.size());
        for (BigDecimal number : numbers) {
          write(out, number);
        }
      }
      case AttributeValue.Bs(var all) -> {
        tag(out, 10).writeInt(all.size());
        for (Bytes bytes : all) {
          write(out, bytes.toArray());
        }
      }
    }
  }

  private static DataOutputStream tag(DataOutputStream out, int type) throws IOException {
    out.writeByte(type);
    return out;
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(DataOutputStream out, BigDecimal number) throws IOException {
    out.writeInt(number.scale());
    write(out, number.unscaledValue().toByteArray());
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static AttributeValue readValue(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    return switch (type) {
      case 0 -> new AttributeValue.S(readText(in));
      case 1 -> new AttributeValue.N(readNumber(in));
      case 2 -> new AttributeValue.B(Bytes.of(readBytes(in)));
      case 3 -> new AttributeValue.Bool(false);
      case 4 -> new AttributeValue.Bool(true);
      case 5 -> new AttributeValue.Null();
      case 6 -> new AttributeValue.L(readAll(in, ItemCodec::readValue));
      case 7 -> new AttributeValue.M(readMap(in));
      case 8 -> new AttributeValue.Ss(set(readAll(in, ItemCodec::readText)));
      case 9 -> new AttributeValue.Ns(set(readAll(in, ItemCodec::readNumber)));
      case 10 -> new AttributeValue.Bs(set(readAll(in, each -> Bytes.of(readBytes(each)))));
      default -> throw new IOException("no attribute type " + type);
    };
  }

  private static SequencedMap<String, AttributeValue> readMap(DataInputStream in)
      throws IOException {
    int size = in.readInt();
    SequencedMap<String, AttributeValue> values = LinkedHashMap.newLinkedHashMap(size);
    for (int i = 0; i < size; i++) {
      values.put(readText(in), readValue(in));
    }
    return values;
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static <T> List<T> readAll(DataInputStream in, Reader<T> reader) throws IOException {
    int size = in.readInt();
    List<T> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(reader.read(in));
    }
    return all;
  }

  private static <T> SequencedSet<T> set(List<T> all) {
    return new LinkedHashSet<>(all);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static BigDecimal readNumber(DataInputStream in) throws IOException {
    int scale = in.readInt();
    return new BigDecimal(new BigInteger(readBytes(in)), scale);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
