package dev.pinion.tables;

import dev.pinion.AttributeValue;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Key values as bytes whose unsigned order is the values' own: strings by UTF-8, numbers by size, binaries by unsigned
 * bytes.
 *
 * <p>A value's zero bytes are escaped (00 to 00 FF) and 00 00 ends it, so that several values in a row order by the
 * first in which they differ and none is the beginning of another. The form is also that of the keys on disk.
 */
final class KeyBytes {
  private static final int NEGATIVE = 1;
  private static final int ZERO = 2;
  private static final int POSITIVE = 3;
  private static final int EXPONENT_BIAS = 0x4000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(48);

  /** Appends a whole value. */
  KeyBytes value(AttributeValue value) {
    prefix(value);
    out.write(0);
    out.write(0);
    return this;
  }

  /** Appends a value without its end: the beginning of all values that start so. */
  KeyBytes prefix(AttributeValue value) {
    byte[] plain =
        switch (value) {
          case AttributeValue.S(String text) -> text.getBytes(StandardCharsets.UTF_8);
          case AttributeValue.B(AttributeValue.Bytes bytes) -> bytes.toArray();
          case AttributeValue.N(BigDecimal number) -> number(number);
          case AttributeValue.Bool _, AttributeValue.Null _ -> throw noKey(value);
          case AttributeValue.L _, AttributeValue.M _ -> throw noKey(value);
          case AttributeValue.Ss _, AttributeValue.Ns _, AttributeValue.Bs _ -> throw noKey(value);
        };
    for (byte b : plain) {
      out.write(b);
      if (b == 0) {
        out.write(0xFF);
      }
    }
    return this;
  }

  private static IllegalArgumentException noKey(AttributeValue value) {
    return new IllegalArgumentException("no key is of type " + value.type());
  }

  KeyBytes bytes(byte[] already) {
    out.writeBytes(already);
    return this;
  }

  byte[] toArray() {
    return out.toByteArray();
  }

  /** Sign, decimal exponent and digits; all but the sign complemented for negative numbers. */
  private static byte[] number(BigDecimal number) {
    if (number.signum() == 0) {
      return new byte[] {ZERO};
    }
    boolean negative = number.signum() < 0;
    BigDecimal plain = number.abs().stripTrailingZeros();
    String digits = plain.unscaledValue().toString();
    int exponent = plain.precision() - plain.scale() + EXPONENT_BIAS;
    byte[] bytes = new byte[digits.length() + 4];
    bytes[1] = (byte) (exponent >> 8);
    bytes[2] = (byte) exponent;
    for (int i = 0; i < digits.length(); i++) {
      bytes[i + 3] = (byte) digits.charAt(i);
    }
    if (negative) {
      for (int i = 1; i < bytes.length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
    }
    bytes[0] = (byte) (negative ? NEGATIVE : POSITIVE);
    return bytes;
  }
}
