package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatCode;

/// Apps whose ids are words that CDK treats in a special way in logical ids, beside the names of Pinion's own
/// constructs.
@NeedsNode
final class LogicalIdsTest {
  @TempDir private Path folder = Path.of("");

  /// A WebSocket whose constructs could have the logical ids of tables.
  static final class DefaultSocket implements App {
    @Override
    public void define(Cloud cloud) {
      tables(cloud, "Api", "Stage", "Deployment", "Handlers", "Url", "Resource");
      WebSocket ws = cloud.webSocket("Default").create();
      Stream.of("Default", "Resource", "Role", "Function", "Alias").forEach(key -> ws.onRoute(key, (c, body) -> {}));
    }
  }

  /// The same for a schedule.
  static final class DefaultSchedule implements App {
    @Override
    public void define(Cloud cloud) {
      tables(cloud, "Schedule", "ScheduleRole", "SchedulePolicy", "Role", "Policy", "Function", "Alias", "LogGroup",
          "Logs");
      cloud.schedule("Default").rate(Duration.ofMinutes(1)).create().onTick(tick -> {});
    }
  }

  /// A table with the name.
  static final class DefaultTable implements App {
    @Override
    public void define(Cloud cloud) {
      tables(cloud, "Default", "Resource", "Keys", "KeysRule");
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    }
  }

  private static void tables(Cloud cloud, String... ids) {
    for (String id : ids) {
      cloud.table(id).hashKey("k", AttributeType.STRING).create();
    }
  }

  @Test
  void noTwoConstructsHaveOne() {
    assertThatCode(() -> Synthesis.write(DefaultSocket.class, Program.ZIP, folder.resolve("1"), "One"))
        .doesNotThrowAnyException();
    assertThatCode(() -> Synthesis.write(DefaultSchedule.class, Program.ZIP, folder.resolve("2"), "Two"))
        .doesNotThrowAnyException();
    assertThatCode(() -> Synthesis.write(DefaultTable.class, Program.ZIP, folder.resolve("3"), "Three"))
        .doesNotThrowAnyException();
  }
}
