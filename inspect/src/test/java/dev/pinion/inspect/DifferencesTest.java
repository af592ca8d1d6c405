package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.WebSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/// What is said when `define` declares in another way the second time.
final class DifferencesTest {
  private record Note(String text) {}

  private static List<String> between(App first, App second) {
    return Differences
        .between(Declarations.of(Definition.of(first).model()), Declarations.of(Definition.of(second).model()))
        .stream()
        .map(Finding::message)
        .map(each -> each.substring(0, each.indexOf(": a function instance")))
        .toList();
  }

  private static WebSocket ws(Cloud cloud) {
    return cloud.webSocket("ws").create();
  }

  @Test
  void theSameIsTheSame() {
    App app = cloud -> {
      cloud.table("rows").hashKey("id", STRING).index("byAge", "age").attribute("age", NUMBER).create();
      cloud.config("greeting");
      ws(cloud).onMessage((c, body) -> {}).allow("s3:GetObject", "arn:aws:s3:::x").memory(256);
    };
    assertThat(between(app, app)).isEmpty();
  }

  @Test
  void resourcesAndRoutesThatAreThereOnceAreNamed() {
    assertThat(between(
        cloud -> {
          cloud.config("one");
          ws(cloud).onRoute("a", (c, body) -> {});
        },
        cloud -> {
          cloud.secret("one");
          ws(cloud).onRoute("b", (c, body) -> {});
        })).containsExactly(
            "config 'one' is declared the first time that define runs, and not the second",
            "handler 'ws/a' is declared the first time that define runs, and not the second",
            "handler 'ws/b' is declared the second time that define runs, and not the first",
            "secret 'one' is declared the second time that define runs, and not the first");
  }

  @Test
  void aScheduleThatIsDeclaredInAnotherWayIsNamed() {
    assertThat(between(
        cloud -> cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(tick -> {}),
        cloud -> cloud.schedule("tick").rate(Duration.ofHours(1)).create().onTick(tick -> {}).memory(256)))
        .satisfiesExactly(
            one -> assertThat(one).contains("schedule 'tick'", "rate(1 minute)", "rate(1 hour)"),
            two -> assertThat(two).contains("handler 'tick'", "memory", "512", "256"));
  }

  @Test
  void anotherOrderIsNamed() {
    assertThat(between(
        cloud -> {
          cloud.config("one");
          cloud.config("two");
          cloud.config("three");
        },
        cloud -> {
          cloud.config("one");
          cloud.config("three");
          cloud.config("two");
        })).containsExactly(
            "config 'two' is declared where the second run of define declares config 'three': the order differs");
  }

  @Test
  void otherKeysAndOptionsAreNamed() {
    assertThat(between(
        cloud -> {
          cloud.table("rows").hashKey("id", STRING).create();
          ws(cloud).onMessage((c, body) -> {}).memory(256);
        },
        cloud -> {
          cloud.table("rows").hashKey("id", NUMBER).timeToLive("end").create();
          ws(cloud).onMessage(Note.class, (c, body) -> {}).timeout(Duration.ofSeconds(3));
        })).containsExactly(
            "table 'rows' has hash key KeyAttribute[name=id, type=STRING] the first time that define runs, and"
                + " KeyAttribute[name=id, type=NUMBER] the second",
            "table 'rows' has time to live none the first time that define runs, and 'end' the second",
            "handler 'ws/$default' has body type 'java.lang.String' the first time that define runs, and"
                + " 'dev.pinion.inspect.DifferencesTest$Note' the second",
            "handler 'ws/$default' has responds false the first time that define runs, and true the second",
            "handler 'ws/$default' has memory 256 the first time that define runs, and 512 the second",
            "handler 'ws/$default' has timeout PT29S the first time that define runs, and PT3S the second");
  }
}
