package dev.pinion.aws;

import dev.pinion.aws.Reference.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Names from paths.
final class SlugsTest {
  @Test
  void whatServicesAcceptIsItsOwnName() {
    assertThat(Stream.of("WebSocketTable", "under_score", "shop-users", "a").map(path -> Slugs.of(path, 39)))
        .containsExactly("WebSocketTable", "under_score", "shop-users", "a");
  }

  @Test
  void whatServicesRefuseBecomesAHyphenAndIsToldApartByDigits() {
    assertThat(Slugs.of("my-websocket/$connect", 39)).isEqualTo("my-websocket-connect-a0a27b06");
    assertThat(Slugs.of("shop.users", 39)).matches("shop-users-[0-9a-f]{8}");
    assertThat(Slugs.of("a--b", 39)).matches("a-b-[0-9a-f]{8}");
    assertThat(Stream.of("ws/$connect", "ws/connect", "ws/Join", "ws/join").map(path -> Slugs.of(path, 39)))
        .doesNotHaveDuplicates().allMatch(each -> each.matches("ws-(connect|[Jj]oin)-[0-9a-f]{8}"));
  }

  @Test
  void noNameIsThatOfAnotherPathsDigits() {
    String digested = Slugs.of("a.b", 39);
    assertThat(Slugs.of(digested, 39)).isNotEqualTo(digested).startsWith(digested + "-");
  }

  @Test
  void longOnesAreCut() {
    assertThat(Slugs.of("w".repeat(60), 39)).matches("w{30}-[0-9a-f]{8}");
    assertThat(Slugs.of("v".repeat(60) + "1", 39)).matches("v{30}-[0-9a-f]{8}")
        .isNotEqualTo(Slugs.of("v".repeat(60) + "2", 39));
    assertThat(Slugs.of("w".repeat(39), 39)).isEqualTo("w".repeat(39));
  }

  @Test
  void oneWithNothingToKeepIsItsDigits() {
    assertThat(List.of(Slugs.of("日本", 39), Slugs.of("-", 39))).allMatch(each -> each.matches("[0-9a-f]{8}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void noNameHasTwoHyphensInARow() {
    assertThat(
        Stream.of("a--b", "a-/-b", "-a-", "a/-", "x".repeat(29) + "-yyyyyyyyyyyyyy").map(path -> Slugs.of(path, 39)))
        .noneMatch(each -> each.contains("--"));
  }

  @Test
  void aFunctionsNameFitsWithTheLongestPrefix() {
    String slug = new Reference(Kind.FUNCTION, "w".repeat(100) + "/$connect").slug();
    assertThat(Plan.LONGEST_PREFIX + "--".length() + slug.length()).isLessThanOrEqualTo(64);
  }
}
