package dev.pinion.aws;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Names from paths.
final class SlugsTest {
  @Test
  void whatServicesRefuseBecomesAHyphen() {
    assertThat(Slugs.of(List.of("my-websocket/$connect", "a b/c.d", "WebSocketTable", "under_score"), 39).values())
        .containsExactlyInAnyOrder("my-websocket-connect", "a-b-c-d", "WebSocketTable", "under_score");
  }

  @Test
  void namesThatWouldBeTheSameHaveDigitsOfTheirPaths() {
    var slugs = Slugs.of(List.of("ws/$connect", "ws/connect", "ws/Join", "ws/join", "ws/other"), 39);
    assertThat(slugs.get("ws/other")).isEqualTo("ws-other");
    assertThat(slugs.get("ws/$connect")).matches("ws-connect-[0-9a-f]{8}").isNotEqualTo(slugs.get("ws/connect"));
    assertThat(slugs.get("ws/Join")).matches("ws-Join-[0-9a-f]{8}");
    assertThat(slugs.get("ws/join")).matches("ws-join-[0-9a-f]{8}");
    assertThat(Slugs.of(List.of("ws/join", "ws/other", "ws/Join", "ws/connect", "ws/$connect"), 39)).isEqualTo(slugs);
  }

  @Test
  void oneThatIsItsOwnNameKeepsIt() {
    var slugs = Slugs.of(List.of("a.b", "a-b"), 128);
    assertThat(slugs.get("a-b")).isEqualTo("a-b");
    assertThat(slugs.get("a.b")).matches("a-b-[0-9a-f]{8}");
  }

  @Test
  void longOnesAreCut() {
    var slugs = Slugs.of(List.of("w".repeat(60), "v".repeat(60) + "1", "v".repeat(60) + "2"), 39);
    assertThat(slugs.get("w".repeat(60))).isEqualTo("w".repeat(39));
    assertThat(slugs.get("v".repeat(60) + "1")).matches("v{30}-[0-9a-f]{8}");
    assertThat(slugs.values()).doesNotHaveDuplicates().allMatch(each -> each.length() <= 39);
  }

  @Test
  void oneWithNothingToKeepIsItsDigits() {
    assertThat(Slugs.of(List.of("日本", "ru/да"), 39).values()).anyMatch(each -> each.matches("[0-9a-f]{8}"))
        .contains("ru");
  }
}
