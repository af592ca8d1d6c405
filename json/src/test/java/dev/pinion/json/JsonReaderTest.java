package dev.pinion.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The grammar of RFC 8259, read and skipped: both take the same texts. */
class JsonReaderTest {
  private static void skip(String text) throws Misfit {
    JsonReader in = new JsonReader(text);
    in.skip();
    in.end();
  }

  private static Object read(String text) throws Misfit {
    JsonReader in = new JsonReader("[" + text + "]");
    Object value = AnyShape.ANY.read(in);
    in.end();
    return value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "1.50e+10", "1E-2", "\"\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", "true",
    "false",
    "null", "[]", "{}", " \t\r\n[ 1 , [ ] , { } ] ", "{\"a\":{\"b\":[{}]},\"\":0}", "\"\\ud83d\"", "\"\\udca9\\ud83d\"",
    "\"\ud83d\"", "\"\u2028\u007f\"", "\"\\u0000\"", "123456789012345678901234567890"})
  void isJson(String text) throws Misfit {
    skip(text);
    assertThat(read(text)).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "Infinity", "tru", "True",
    "nul", "'a'", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u00g0\"", "\"\\u\uff11\uff11\uff11\uff11\"",
    "\"\t\"", "\"a\n\"", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{", "{\"a\"", "{\"a\":", "{\"a\":1",
    "{\"a\":1,", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{1:1}", "{\"a\":1]", "]", "}", ",", "1 2", "[] []", "\ufeff1",
    "\u00a01", "1\u0000", "\u0000", "// a\n1", "[1]x"})
  void isNotJson(String text) {
    assertThatThrownBy(() -> skip(text)).isInstanceOf(Misfit.class).hasMessageStartingWith("not JSON");
    assertThatThrownBy(() -> new RecordCodec().read(text, Object.class)).hasMessageContaining("not JSON");
  }

  @Test
  void escapesAreRead() throws Exception {
    assertThat(new RecordCodec().read("\"\\u0041\\ud83d\\ude00\\ud83d\\n\"", String.class))
        .isEqualTo("A\ud83d\ude00\ud83d\n");
  }

  @Test
  void skippingHasNoLimitOfDepth() throws Misfit {
    skip("[".repeat(60_000) + "]".repeat(60_000));
    skip("{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000));
    assertThatThrownBy(() -> skip("[".repeat(60_000) + "]".repeat(59_999))).hasMessage("not JSON");
  }

  @Test
  void readingHasOne() {
    assertThatThrownBy(() -> read("[".repeat(255) + "]".repeat(255)))
        .hasMessage("nested deeper than 255 levels");
  }
}
