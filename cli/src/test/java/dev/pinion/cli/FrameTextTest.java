package dev.pinion.cli;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// How `connect` shows frames, and how it completes lines.
final class FrameTextTest {
  private static final LocalTime NOON = LocalTime.of(12, 0, 0, 7_000_000);

  @Test
  void jsonHasColorsOnATerminal() {
    assertThat(new FrameText(true).received(NOON, "{\"a\":[\"x:1\",-2.5e3,true]}")).isEqualTo(
        "\u001b[2m12:00:00.007\u001b[0m \u001b[32m<\u001b[0m {\u001b[36m\"a\"\u001b[0m:[\u001b[32m\"x:1\"\u001b[0m,"
            + "\u001b[33m-2.5e3\u001b[0m,\u001b[35mtrue\u001b[0m]}");
    assertThat(new FrameText(true).sent(NOON, "no 1 true")).endsWith(" no 1 true");
  }

  @Test
  void elsewhereALineIsPlain() {
    assertThat(new FrameText(false).received(NOON, "{\n\"a\":1}")).isEqualTo("12:00:00.007 < { \"a\":1}");
    assertThat(new FrameText(false).failure(NOON, "gone")).isEqualTo("12:00:00.007 * gone");
  }

  @Test
  void aMessageCannotControlTheTerminal() {
    String attack = "a\u001b]0;title\u0007\r\nb\u202ec\u009b2J";
    assertThat(FrameText.safe(attack)).isEqualTo("a\\u001b]0;title\\u0007\\r\\nb\\u202ec\\u009b2J");
    assertThat(FrameText.safe("grüße, 世界 👋")).isEqualTo("grüße, 世界 👋");
  }

  @Test
  void theGatewaysOwnAnswersAreExplained() {
    assertThat(FrameText.meaning("{\"message\":\"Forbidden\",\"connectionId\":\"x\",\"requestId\":\"y\"}"))
        .startsWith("no route takes this message");
    assertThat(FrameText.meaning("{\"message\":\"Forbidden\"}")).isEmpty();
  }

  @Test
  void aRoutesKeyIsCompletedToAMessage() {
    KnownRoutes routes = KnownRoutes.of(new RunningApp.Socket("id", "url", "$request.body.head.kind", true, List.of(
        route("$connect"), route("join"), route("jump"), route("say"))));
    assertThat(routes.complete("sa")).isEqualTo(
        new KnownRoutes.Completed("{\"head\":{\"kind\":\"say\"},\"text\":\"x\"}", List.of()));
    assertThat(routes.complete("j")).isEqualTo(new KnownRoutes.Completed("j", List.of("join", "jump")));
    assertThat(routes.complete("")).isEqualTo(new KnownRoutes.Completed("", List.of("join", "jump", "say")));
    assertThat(routes.complete("{\"a")).isEqualTo(new KnownRoutes.Completed("{\"a", List.of()));
    assertThat(routes.complete("/pi")).isEqualTo(new KnownRoutes.Completed("/ping ", List.of()));
    assertThat(routes.complete("/clo").line()).isEqualTo("/close");
    assertThat(routes.lines()).first().asString().startsWith("join  {");
  }

  private static RunningApp.Route route(String key) {
    return new RunningApp.Route(key, Optional.of(Map.of("text", "x")));
  }

  @Test
  void expectationsAreAboutTheMembersThatAreNamed() {
    assertThat(MessagePattern.of("{\"a\":{\"b\":[1,2]}}").fits("{\"c\":0,\"a\":{\"b\":[1.0,2],\"d\":1}}")).isTrue();
    assertThat(MessagePattern.of("{\"a\":[1,2]}").fits("{\"a\":[1,2,3]}")).isFalse();
    assertThat(MessagePattern.of("{\"a\":null}").fits("{\"a\":null}")).isTrue();
    assertThat(MessagePattern.of("{\"a\":null}").fits("{}")).isFalse();
    assertThat(MessagePattern.of("plain").fits("plain ")).isFalse();
  }
}
