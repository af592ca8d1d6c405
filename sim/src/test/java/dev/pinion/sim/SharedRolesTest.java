package dev.pinion.sim;

import dev.pinion.AttributeType;
import dev.pinion.Config;
import dev.pinion.Definition;
import dev.pinion.WebSocket;
import dev.pinion.inspect.HandlerUses;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.RowOperation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What a local run does about functions that exist on AWS only: their union of roles, their environment.
final class SharedRolesTest {
  private static final Use PUT = new Use.Rows("rows", RowOperation.PUT_ITEM, Optional.empty());

  @TempDir private Path folder = Path.of("set by JUnit");

  private final AppModel app = Definition.of(cloud -> {
    cloud.table("rows").hashKey("id", AttributeType.STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> {}).function("all");
    ws.onMessage((c, body) -> {}).function("all");
    ws.onDisconnect(c -> {});
  }).model();
  private final Inspection inspection = new Inspection(
      app.handlers().stream()
          .map(each -> new HandlerUses(
              each.path(), each.location(), each.path().equals("ws/$connect") ? Map.of(PUT, List.of()) : Map.of(),
              Set.of(), List.of()))
          .toList(),
      List.of());

  @Test
  void handlersOfOneFunctionMayDoWhatAnyOfThemMay() {
    OperationNumbers numbers = new OperationNumbers(app);
    Roles roles = Roles.of(inspection, app, numbers);
    int put = numbers.number(PUT).orElseThrow();
    assertThat(roles.of("ws/$connect").allows(put)).isTrue();
    assertThat(roles.of("ws/$default").allows(put)).isTrue();
    assertThat(roles.of("ws/$default").derives(put)).isFalse();
    assertThat(roles.of("ws/$disconnect").allows(put)).isFalse();
  }

  @Test
  void theConsoleShowsTheUnionWithWhoNeedsWhat() {
    var routes = AppDescription.of(app, Optional.of(inspection), Map.of()).webSockets().getFirst().routes();
    assertThat(routes).extracting(each -> each.path() + each.role().stream()
        .map(may -> " " + may.action() + may.others()).collect(Collectors.joining())).containsExactly(
            "ws/$connect dynamodb:PutItem[]", "ws/$default dynamodb:PutItem[ws/$connect]", "ws/$disconnect");
    assertThat(routes).extracting(AppDescription.Handler::function)
        .containsExactly(Optional.of("all"), Optional.of("all"), Optional.empty());
  }

  @Test
  void environmentVariablesThatAreNotHereAreWarnedOf() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Simulator simulator = Simulator.of(cloud -> {
      Config level = cloud.config("level");
      cloud.webSocket("ws").create().onConnect(c -> {}).environment("SAME", "here").environment("OTHER", "there")
          .environment("MISSING", level).environment("LEVEL", level);
    }).data(folder).port(0).environment(Map.of("SAME", "here", "OTHER", "here", "LEVEL", "info"))
        .log(new PrintStream(log, true, StandardCharsets.UTF_8)).start();
    simulator.close();
    assertThat(log.toString(StandardCharsets.UTF_8).lines()).satisfiesExactly(
        each -> assertThat(each).matches("SharedRolesTest\\.java:\\d+: warning: \\S+ the environment variable OTHER is"
            + " set on AWS only: .*"),
        each -> assertThat(each).contains("MISSING is set on AWS only"));
  }
}
