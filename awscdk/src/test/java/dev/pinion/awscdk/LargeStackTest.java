package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// An app that CloudFormation would refuse.
@NeedsNode
@Tag("slow")
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

  /// The same app with one function.
  static final class Grouped implements App {
    @Override
    public void define(Cloud cloud) {
      WebSocket ws = cloud.webSocket("ws").create();
      for (int i = 0; i < 63; i++) {
        ws.onRoute("r" + i, (c, body) -> {}).function("all");
      }
    }
  }

  @Test
  void handlersThatShareAFunctionNeedAThird() {
    Stack stack = new Stack(new software.amazon.awscdk.App(AppProps.builder().analyticsReporting(false).build()), "S");
    PinionApp app = PinionApp.Builder.create(stack, "App", Grouped.class).code(Program.ZIP).build();
    assertThat(StackSize.of(app)).isLessThan(140);
    assertThat(StackSize.warning(app)).isEmpty();
  }

  @Test
  void aStackWithLittleRoomLeftIsWarnedOf() {
    Stack stack = new Stack(new software.amazon.awscdk.App(AppProps.builder().analyticsReporting(false).build()), "S");
    PinionApp app = PinionApp.Builder.create(stack, "App", Large.class).code(Program.ZIP).build();
    assertThat(StackSize.warning(app)).hasValueSatisfying(
        warning -> assertThat(warning).contains("CloudFormation allows 500", ".function("));
  }

  @Test
  void theNumberOfResourcesIsTold() {
    assertThatThrownBy(() -> Synthesis.write(Large.class, Program.ZIP, folder.resolve("out"), "Large"))
        .hasMessageMatching("the app is too large for a stack: its 63 functions and all else are \\d+ resources, and "
            + "CloudFormation allows 500: handlers that name the same \\.function\\(\"…\"\\) share one .*");
  }
}
