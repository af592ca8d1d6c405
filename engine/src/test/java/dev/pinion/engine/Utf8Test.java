package dev.pinion.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The validator against the JDK's decoder. */
final class Utf8Test {

  private static boolean jdk(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean whole(byte[] bytes) {
    Utf8 utf8 = new Utf8();
    return utf8.accept(bytes, 0, bytes.length) && utf8.complete();
  }

  @Test
  void agreesOnEveryCodePoint() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        assertThat(whole(Character.toString(point).getBytes(UTF_8))).isTrue();
      }
    }
  }

  @Test
  void agreesOnRandomBytesHoweverTheyAreCut() {
    Random random = new Random(7);
    byte[] units = {0x41, 0x7F, (byte) 0x80, (byte) 0x8F, (byte) 0x90, (byte) 0x9F, (byte) 0xA0, (byte) 0xBF,
      (byte) 0xC1, (byte) 0xC2, (byte) 0xE0, (byte) 0xE1, (byte) 0xED, (byte) 0xEF, (byte) 0xF0, (byte) 0xF4,
      (byte) 0xF5};
    for (int round = 0; round < 300_000; round++) {
      byte[] bytes = new byte[random.nextInt(6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = units[random.nextInt(units.length)];
      }
      int cut = random.nextInt(bytes.length + 1);
      Utf8 utf8 = new Utf8();
      boolean valid = utf8.accept(bytes, 0, cut) && utf8.accept(bytes, cut, bytes.length) && utf8.complete();
      assertThat(valid).as("%s cut at %d", java.util.HexFormat.of().formatHex(bytes), cut).isEqualTo(jdk(bytes));
    }
  }
}
