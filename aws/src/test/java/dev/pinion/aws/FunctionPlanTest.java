package dev.pinion.aws;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.HttpApi;
import dev.pinion.WebSocket;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.inspect.Use;
import dev.pinion.spi.RowOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.pinion.aws.Plans.statements;
import static dev.pinion.aws.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/// The plan of functions that handlers share, and of settings.
final class FunctionPlanTest {
  private static final App APP = cloud -> {
    cloud.table("rows").hashKey("id", AttributeType.STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> {}).function("all");
    ws.onDisconnect(c -> {}).function("all").tracing().vpc();
    ws.onMessage((c, body) -> {});
    cloud.task("work", String.class).create().onStart(text -> {}).function("upkeep");
    cloud.schedule("daily").cron("0 9 * * ? *").create().onTick(tick -> {}).function("upkeep");
  };

  private final Plan plan = Plans.of(APP, Map.of(
      "ws/$connect", List.of(new Use.Rows("rows", RowOperation.PUT_ITEM, Optional.empty())),
      "ws/$disconnect", List.of(new Use.Rows("rows", RowOperation.DELETE_ITEM, Optional.empty()))));

  @Test
  void handlersThatNameAFunctionShareIt() {
    assertThat(plan.functions()).extracting(FunctionPlan::path, FunctionPlan::handlers).containsExactly(
        tuple("all", List.of("ws/$connect", "ws/$disconnect")), tuple("ws/$default", List.of("ws/$default")),
        tuple("upkeep", List.of("work", "daily")));
    assertThat(plan.shared(new Reference(Kind.ROLE, "ws/$connect"))).isEqualTo(new Reference(Kind.ROLE, "all"));
    assertThat(plan.shared(new Reference(Kind.ROUTE, "ws/$connect")))
        .isEqualTo(new Reference(Kind.ROUTE, "ws/$connect"));
  }

  @Test
  void itsRoleIsTheUnion() {
    assertThat(statements(plan, "ws/$connect")).isEqualTo(statements(plan, "ws/$disconnect")).containsExactly(
        "logs:CreateLogStream, logs:PutLogEvents on <LOG_GROUP all ARN>:*",
        "dynamodb:DeleteItem, dynamodb:PutItem on <TABLE rows ARN>",
        "ec2:AssignPrivateIpAddresses, ec2:CreateNetworkInterface, ec2:DeleteNetworkInterface,"
            + " ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:UnassignPrivateIpAddresses,"
            + " xray:PutTelemetryRecords, xray:PutTraceSegments on *");
  }

  @Test
  void handlersOfSeveralResourcesHaveAnAliasForEach() {
    assertThat(plan.function("ws/$connect").aliases()).extracting(AliasPlan::name).containsExactly("live");
    assertThat(plan.function("work").aliases()).containsExactly(
        new AliasPlan("upkeep/work", "on-work", "work", List.of("work")),
        new AliasPlan("upkeep/daily", "on-daily", "daily", List.of("daily")));
    Map<String, Expression> environment = plan.function("daily").environment();
    assertThat(text(environment.get("PINION_FUNCTION"))).isEqualTo("upkeep");
    assertThat(text(environment.get("PINION_ALIASES"))).isEqualTo("{on-work=work, on-daily=daily}");
    assertThat(environment).doesNotContainKey("PINION_HANDLER");
    assertThat(plan.function("work").named()).isTrue();
  }

  @Test
  void routesThatShareAnAliasHaveOneIntegration() {
    assertThat(plan.shared(new Reference(Kind.INTEGRATION, "ws/$connect")))
        .isEqualTo(plan.shared(new Reference(Kind.INTEGRATION, "ws/$disconnect")))
        .isEqualTo(new Reference(Kind.INTEGRATION, "all"));
    assertThat(plan.shared(new Reference(Kind.INTEGRATION, "ws/$default")))
        .isEqualTo(new Reference(Kind.INTEGRATION, "ws/$default"));
  }

  /// Those of two APIs have one each, as each API has an alias of its own.
  @Test
  void routesOfAnHttpApiThatShareAnAliasHaveOneIntegration() {
    Plan http = Plans.of(cloud -> {
      HttpApi api = cloud.httpApi("shop").create();
      api.on("GET /a", request -> "a").function("all");
      api.on("GET /b", request -> "b").function("all");
      api.on("GET /c", request -> "c");
      cloud.httpApi("other").create().on("GET /a", request -> "a").function("all");
    }, Map.of());
    assertThat(http.shared(new Reference(Kind.INTEGRATION, "shop/GET /a")))
        .isEqualTo(http.shared(new Reference(Kind.INTEGRATION, "shop/GET /b")))
        .isEqualTo(new Reference(Kind.INTEGRATION, "all/shop"));
    assertThat(http.shared(new Reference(Kind.INTEGRATION, "shop/GET /c")))
        .isEqualTo(new Reference(Kind.INTEGRATION, "shop/GET /c"));
    assertThat(http.shared(new Reference(Kind.INTEGRATION, "other/GET /a")))
        .isEqualTo(new Reference(Kind.INTEGRATION, "all/other"));
  }

  @Test
  void oneRouteLetsTheWholeStageInvoke() {
    assertThat(plan.webSockets().getFirst().routes()).extracting(each -> each.caller().map(Plans::text))
        .containsExactly(
            Optional.of("<API ws EXECUTION_ARN>/prod/*"), Optional.empty(),
            Optional.of("<API ws EXECUTION_ARN>/prod/$default"));
  }

  @Test
  void settingsThatSnapStartExcludesSwitchItOffWithAWarning() {
    Plan slow = Plans.of(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> {}).function("all").provisionedConcurrency(3);
      ws.onMessage((c, body) -> {}).function("all");
      ws.onDisconnect(c -> {}).ephemeralStorage(513);
      ws.onRoute("quick", (c, body) -> {}).ephemeralStorage(512).reservedConcurrency(3);
    }, Map.of());
    assertThat(slow.functions()).extracting(each -> each.settings().snapStart()).containsExactly(false, false, true);
    assertThat(slow.warnings()).satisfiesExactly(
        each -> assertThat(each).matches(
            "FunctionPlanTest.java:\\d+: warning: function 'all' has a provisioned concurrency, which Lambda's"
                + " SnapStart excludes: it is off for this function, and instances beyond those that are provisioned"
                + " start more slowly"),
        each -> assertThat(each).contains(
            "warning: handler 'ws/$disconnect' has an ephemeral storage of 513 MiB, more than 512, which Lambda's"));
  }

  @Test
  void whatLambdaRefusesIsAnError() {
    assertThatThrownBy(() -> Plans.of(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      var connect = ws.onConnect(c -> {}).provisionedConcurrency(3).reservedConcurrency(2);
      for (int i = 1; i <= 6; i++) {
        connect.layer("arn:aws:lambda:eu-west-1:123456789012:layer:a:" + i);
      }
      ws.onMessage((c, body) -> {}).function("both").provisionedConcurrency(1);
      cloud.queue("jobs", String.class).create().onMessage(text -> {}).function("both");
    }, Map.of())).isInstanceOf(PlanException.class)
        .hasMessageContaining("handler 'ws/$connect' has 6 layers, and Lambda allows 5")
        .hasMessageContaining("has a provisioned concurrency of 3 and a reserved concurrency of only 2")
        .hasMessageContaining("function 'both' has a provisioned concurrency, which is of one alias, but its handlers"
            + " are of 2 resources");
  }
}
