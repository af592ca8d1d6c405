package dev.pinion.sim;

import dev.pinion.json.RecordCodec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What texts may show: no secret, and not more than they may. */
final class ShownTextsTest {
  private final ShownTexts texts =
      new ShownTexts(Map.of("key", "open sesame", "quoted", "say \"it\"", "part", "open", "none", ""),
          new RecordCodec());

  @Test
  void valuesOfSecretsAreReplacedByTheirNames() {
    assertThat(texts.of("with open sesame and open", 100).text()).isEqualTo("with ‹secret key› and ‹secret part›");
    assertThat(texts.of("{\"a\":\"say \\\"it\\\"\"} say \"it\"", 100).text())
        .isEqualTo("{\"a\":\"‹secret quoted›\"} ‹secret quoted›");
  }

  @Test
  void longTextsAreCutAndSaySo() {
    ShownTexts.Shown cut = texts.of("x".repeat(1_000), 100);
    assertThat(cut.text()).isEqualTo("x".repeat(100));
    assertThat(cut.of()).contains(1_000);
    assertThat(texts.of("x".repeat(100), 100).of()).isEqualTo(Optional.empty());
  }

  @Test
  void aSecretThatACutDividesIsNotShownInParts() {
    String secret = "0123456789abcdef";
    ShownTexts one = new ShownTexts(Map.of("key", secret), new RecordCodec());
    for (int before = 0; before < 60; before++) {
      for (String text : new String[] {"-".repeat(before) + secret + "rest".repeat(20), secret.repeat(20)}) {
        assertThat(one.of(text, 30).text()).doesNotContain("0123").doesNotContain("cdef").hasSizeLessThanOrEqualTo(30);
      }
    }
  }

  @Test
  void noHalfOfASurrogatePairIsLeft() {
    assertThat(texts.of("a" + "😀".repeat(100), 10).text()).isEqualTo("a😀😀😀😀");
  }
}
