package app;

import dev.pinion.Definition;
import dev.pinion.MessageHandler;
import dev.pinion.spi.AppLines;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Which of a stack's lines are the app's. */
class AppLinesTest {
  private final AppLines lines = lines((c, body) -> {});

  private static AppLines lines(MessageHandler<String> handler) {
    return AppLines.of(
        Definition.of(cloud -> cloud.webSocket("ws").create().onMessage(handler)).model().webSockets().getFirst());
  }

  @Test
  void linesOfLibrariesAreNotTheApps() {
    Throwable failure = catchThrowable(() -> Assertions.fail("by a library"));
    assertThat(failure.getStackTrace()[0].getClassName()).startsWith("org.junit.");
    assertThat(lines.in(failure)).hasValueSatisfying(line -> assertThat(line).matches("AppLinesTest\\.java:\\d+"));
  }

  @Test
  void theCausesLineIsFoundWhereTheFailuresOwnStackHasNone() {
    Throwable failure = new IllegalStateException(catchThrowable(() -> Integer.parseInt("no number")));
    failure.setStackTrace(new StackTraceElement[0]);
    assertThat(lines.in(failure)).hasValueSatisfying(line -> assertThat(line).startsWith("AppLinesTest.java:"));
  }

  @Test
  void theLineThatLedToACallIsTheInnermostOfTheApp() {
    assertThat(Optional.of("library").flatMap(_ -> lines.here()))
        .hasValueSatisfying(line -> assertThat(line).startsWith("AppLinesTest.java:"));
  }

  @Test
  void anAppWithoutHandlersHasNoLines() {
    AppLines none = AppLines.of(Definition.of(cloud -> cloud.webSocket("ws").create()).model().webSockets().getFirst());
    assertThat(none.here()).isEmpty();
    assertThat(none.in(new IllegalStateException())).isEmpty();
  }
}
