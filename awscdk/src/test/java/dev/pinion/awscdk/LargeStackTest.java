package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// An app that CloudFormation would refuse.
@NeedsNode
final class LargeStackTest {
  @TempDir private Path folder = Path.of("");

  /// An app with many handlers.
  static final class Large implements App {
    @Override
    public void define(Cloud cloud) {
      WebSocket ws = cloud.webSocket("ws").create();
      for (int i = 0; i < 63; i++) {
        ws.onRoute("r" + i, (c, body) -> {});
      }
    }
  }

  @Test
  void theNumberOfResourcesIsTold() {
    assertThatThrownBy(() -> Synthesis.write(Large.class, Program.ZIP, folder.resolve("out"), "Large"))
        .hasMessageMatching("the app is too large for a stack: its 63 handlers and all else are \\d+ resources, .*");
  }
}
