package dev.pinion.aws;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Authorization;
import dev.pinion.HttpApi;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.aws.WebSocketPlan.RouteAuthorization;
import dev.pinion.aws.WebSocketPlan.RoutePlan;
import dev.pinion.inspect.Use;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.TaskOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static dev.pinion.aws.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/// The traps of a deployed API, each with what the plan does about it.
final class PlannerTest {
  private static final App APP = cloud -> {
    cloud.table("rows").hashKey("id", AttributeType.STRING).rangeKey("at", AttributeType.NUMBER)
        .attribute("user", AttributeType.STRING).index("byUser", "user", "at").timeToLive("expires").create();
    cloud.config("greeting");
    cloud.secret("key");
    WebSocket ws = cloud.webSocket("ws").name("My API").create();
    ws.onConnect(c -> {});
    ws.onRequest("ask", (c, body) -> body).memory(1024).timeout(Duration.ofSeconds(5));
    ws.onRoute("slow", (c, body) -> {}).timeout(Duration.ofSeconds(60));
  };

  private final Plan plan = Plans.of(
      APP,
      Map.of("ws/ask", List.of(
          rows("rows", RowOperation.SCAN),
          new Use.Connections("ws", ConnectionOperation.URL),
          new Use.Value("greeting"),
          new Use.Value("key"))));
  private final WebSocketPlan ws = plan.webSockets().getFirst();

  @Test
  void routesComeOneAfterTheOther() {
    assertThat(ws.routes()).extracting(RoutePlan::after)
        .containsExactly(Optional.empty(), Optional.of("ws/$connect"), Optional.of("ws/ask"));
  }

  @Test
  void twoWayRoutesRespond() {
    assertThat(ws.routes()).extracting(RoutePlan::responds).containsExactly(false, true, false);
    assertThat(Plans.text(ws.deploymentTriggers().get("ask"))).contains("<ROUTE_RESPONSE ws/ask ID>");
  }

  @Test
  void aDeploymentFollowsRoutesIntegrationsAndTheSelectionExpression() {
    assertThat(ws.deploymentTriggers().keySet())
        .containsExactly("$routeSelectionExpression", "$connect", "ask", "slow");
    assertThat(Plans.text(ws.deploymentTriggers().get("slow"))).isEqualTo(
        "<ROUTE ws/slow ID> <INTEGRATION ws/slow ID> <ALIAS ws/slow INVOKE_ARN> 29000");
  }

  @Test
  void apiGatewayWaitsNoLongerThanItCan() {
    assertThat(ws.routes()).extracting(RoutePlan::timeout).containsExactly(29000, 5000, 29000);
    assertThat(plan.functions()).extracting(FunctionPlan::timeout).containsExactly(29, 5, 60);
    assertThat(plan.functions()).extracting(FunctionPlan::memory).containsExactly(512, 1024, 512);
    assertThat(plan.warnings()).singleElement().asString().matches("PlannerTest.*:\\d+: warning: handler 'ws/slow'.*");
  }

  @Test
  void eachRouteMayInvokeItsFunction() {
    assertThat(ws.routes()).extracting(route -> Plans.text(route.caller().orElseThrow())).containsExactly(
        "<API ws EXECUTION_ARN>/prod/$connect",
        "<API ws EXECUTION_ARN>/prod/ask",
        "<API ws EXECUTION_ARN>/prod/slow");
  }

  @Test
  void onlyConnectIsAuthorizedAndTheDeploymentFollowsTheAuthorizer() {
    WebSocketPlan guarded = Plans.of(cloud -> {
      WebSocket door = cloud.webSocket("door").create();
      door.onAuthorize(TokenFrom.query("token"), request -> Authorization.deny()).memory(256);
      door.onMessage((c, body) -> {});
    }, Map.of()).webSockets().getFirst();
    assertThat(guarded.handlers()).containsExactly("door/$authorize", "door/$connect", "door/$default");
    assertThat(guarded.routes()).extracting(RoutePlan::authorization)
        .containsExactly(RouteAuthorization.CUSTOM, RouteAuthorization.NONE);
    assertThat(Plans.text(guarded.authorizer().orElseThrow().caller())).isEqualTo(
        "<API door EXECUTION_ARN>/authorizers/<AUTHORIZER door/$authorize ID>");
    assertThat(Plans.text(guarded.deploymentTriggers().get("$authorize"))).isEqualTo(
        "<AUTHORIZER door/$authorize ID> <ALIAS door/$authorize INVOKE_ARN> route.request.querystring.token");
    assertThat(Plans.text(guarded.deploymentTriggers().get("$connect"))).endsWith(" 29000 CUSTOM");
  }

  @Test
  void iamAuthorizesConnectWithoutAnAuthorizer() {
    WebSocketPlan signed = Plans.of(
        cloud -> cloud.webSocket("signed").iam().create().onMessage((c, body) -> {}), Map.of()).webSockets().getFirst();
    assertThat(signed.authorizer()).isEmpty();
    assertThat(signed.routes()).extracting(RoutePlan::authorization)
        .containsExactly(RouteAuthorization.AWS_IAM, RouteAuthorization.NONE);
    assertThat(signed.handlers()).containsExactly("signed/$connect", "signed/$default");
  }

  @Test
  void urlsAreBuiltFromTheApiNotTheStage() {
    assertThat(Plans.text(plan.outputs().get("webSockets"))).isEqualTo(
        "{ws={url=wss://<API ws ADDRESS>, callbackUrl=https://<API ws ADDRESS>, stage=prod,"
            + " stageArn=<STAGE ws ARN>, apiId=<API ws ID>, executionArn=<API ws EXECUTION_ARN>}}");
  }

  @Test
  void noArnNamesAPartition() {
    assertThat(Plans.expressions(plan).map(Plans::text)).isNotEmpty().noneMatch(each -> each.contains("arn:"));
  }

  @Test
  void aFunctionKnowsWhatItUses() {
    assertThat(plan.function("ws/ask").environment().values().stream().map(Plans::text)).containsExactly(
        "app.Chat",
        "ws/ask",
        "{rows=<TABLE rows NAME>}",
        "{ws={url=wss://<API ws ADDRESS>, callback=https://<API ws ADDRESS>}}",
        "{greeting=<given greeting>}",
        "{key=<given key>}");
    assertThat(plan.function("ws/slow").environment().values().stream().map(Plans::text))
        .containsExactly("app.Chat", "ws/slow", "{}", "{}", "{}", "{}");
  }

  @Test
  void noVariableIsOneOfLambdasOwn() {
    assertThat(plan.functions()).flatExtracting(each -> each.environment().keySet())
        .allMatch(name -> name.toString().startsWith("PINION_"));
  }

  @Test
  void aTableDeclaresEachAttributeOfItsKeysOnce() {
    TablePlan table = plan.tables().getFirst();
    assertThat(table.attributes()).extracting(KeyAttribute::name).containsExactly("id", "at", "user");
    assertThat(table.timeToLive()).contains("expires");
    assertThat(table.pointInTimeRecovery()).isTrue();
    assertThat(table.deletionProtection()).isFalse();
  }

  @Test
  void aScheduleInvokesItsAliasAndNothingElse() {
    Plan schedules = Plans.of(cloud -> {
      cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(tick -> {}).timeout(Duration.ofMinutes(15));
      cloud.schedule("opening").cron("0 9 ? * MON-FRI *").timeZone("Europe/Berlin").create().onTick(tick -> {});
    });
    assertThat(schedules.warnings()).isEmpty();
    assertThat(schedules.functions()).extracting(FunctionPlan::path, FunctionPlan::timeout)
        .containsExactly(tuple("tick", 900), tuple("opening", 29));
    assertThat(schedules.schedules()).extracting(SchedulePlan::expression, SchedulePlan::timeZone).containsExactly(
        tuple("rate(1 minute)", Optional.empty()), tuple("cron(0 9 ? * MON-FRI *)", Optional.of("Europe/Berlin")));
    SchedulePlan tick = schedules.schedules().getFirst();
    assertThat(tick.invoke().actions()).containsExactly("lambda:InvokeFunction");
    assertThat(tick.invoke().resources()).extracting(Plans::text).containsExactly("<ALIAS tick ARN>");
    assertThat(Plans.text(schedules.outputs().get("schedules"))).isEqualTo(
        "{tick={name=<SCHEDULE tick NAME>, arn=<SCHEDULE tick ARN>},"
            + " opening={name=<SCHEDULE opening NAME>, arn=<SCHEDULE opening ARN>}}");
    assertThat(plan.outputs()).as("without schedules").doesNotContainKey("schedules");
  }

  @Test
  void anHttpApiMayInvokeTheFunctionOfARouteForItsMethodAndPathOnly() {
    Plan hooks = Plans.of(cloud -> {
      HttpApi http = cloud.httpApi("hooks").allowOrigins("*").create();
      http.on("POST /orders/{id}/paid", request -> null).timeout(Duration.ofSeconds(31));
      http.on("ANY /{all+}", request -> null);
      http.on("$default", request -> null).timeout(Duration.ofSeconds(30));
    });
    HttpApiPlan api = hooks.httpApis().getFirst();
    assertThat(api.routes()).extracting(each -> Plans.text(each.caller().orElseThrow())).containsExactly(
        "<HTTP_API hooks EXECUTION_ARN>/*/POST/orders/{id}/paid", "<HTTP_API hooks EXECUTION_ARN>/*/*/{all+}",
        "<HTTP_API hooks EXECUTION_ARN>/*/$default");
    assertThat(api.routes()).extracting(HttpApiPlan.HttpRoutePlan::timeout).containsOnly(30_000);
    assertThat(hooks.functions()).extracting(FunctionPlan::path, FunctionPlan::timeout).containsExactly(
        tuple("hooks/POST /orders/{id}/paid", 31), tuple("hooks/ANY /{all+}", 29), tuple("hooks/$default", 30));
    assertThat(hooks.warnings()).singleElement().asString()
        .contains("handler 'hooks/POST /orders/{id}/paid' has a timeout of 31 s, but API Gateway waits 30 s");
    assertThat(Plans.text(hooks.outputs().get("httpApis"))).isEqualTo(
        "{hooks={url=https://<HTTP_API hooks ADDRESS>, apiId=<HTTP_API hooks ID>,"
            + " executionArn=<HTTP_API hooks EXECUTION_ARN>}}");
    assertThat(plan.outputs()).as("without HTTP APIs").doesNotContainKey("httpApis");
    assertThatThrownBy(() -> Plans.of(cloud -> cloud.httpApi("empty").create())).isInstanceOf(PlanException.class)
        .hasMessageMatching("PlannerTest.*:\\d+: httpApi 'empty' has no handler, .*");
  }

  @Test
  void functionsOfHttpApisKnowEachOthersUrls() {
    Plan both = Plans.of(
        cloud -> {
          cloud.httpApi("a").create().on("GET /", request -> "a");
          cloud.httpApi("b").create().on("GET /", request -> "b");
        },
        Map.of("a/GET /", List.of(new Use.HttpUrl("b")), "b/GET /", List.of(new Use.HttpUrl("a"))));
    assertThat(Plans.text(both.function("a/GET /").environment().get("PINION_HTTP_APIS")))
        .isEqualTo("{b=https://<HTTP_API b ADDRESS>}");
    assertThat(Plans.text(both.function("b/GET /").environment().get("PINION_HTTP_APIS")))
        .isEqualTo("{a=https://<HTTP_API a ADDRESS>}");
    assertThat(both.function("a/GET /").statements()).as("a URL needs no permission")
        .hasSameSizeAs(Plans.of(cloud -> cloud.httpApi("a").create().on("GET /", request -> "a"), Map.of())
            .function("a/GET /").statements());
  }

  @Test
  void aTaskIsKnownByANameThatIsGivenBefore() {
    Plan tasks = Plans.of(
        cloud -> {
          cloud.task("a", String.class).create().onStart(text -> {}).allowRecursiveLoop();
          cloud.task("b", String.class).maximumRetryAttempts(0).maximumEventAge(Duration.ofMinutes(1)).create()
              .onStart(text -> {});
        },
        Map.of(
            "a", List.of(new Use.Start("b", TaskOperation.START)),
            "b", List.of(new Use.Start("a", TaskOperation.START), new Use.Start("a", TaskOperation.START_IN))));
    assertThat(tasks.functions()).extracting(FunctionPlan::named, FunctionPlan::recursiveLoop)
        .containsExactly(tuple(true, true), tuple(true, false));
    assertThat(Plans.text(tasks.function("a").environment().get("PINION_TASKS")))
        .isEqualTo("{b={alias=<ALIAS b GIVEN_ARN>}}");
    assertThat(Plans.text(tasks.function("b").environment().get("PINION_TASKS"))).isEqualTo(
        "{a={alias=<ALIAS a GIVEN_ARN>, group=<SCHEDULE_GROUP a NAME>, role=<SCHEDULE_ROLE a ARN>,"
            + " deadLetters=<DEAD_LETTERS a ARN>}}");
    assertThat(tasks.tasks()).extracting(TaskPlan::maximumRetryAttempts, TaskPlan::maximumEventAge)
        .containsExactly(tuple(2, 21_600), tuple(0, 60));
    assertThat(tasks.tasks().getLast().delays()).isEmpty();
    assertThat(tasks.tasks().getFirst().delays().orElseThrow().statements())
        .extracting(Statement.Allow::actions)
        .containsExactly(List.of("lambda:InvokeFunction"), List.of("sqs:SendMessage"));
    assertThat(Plans.text(tasks.outputs().get("tasks"))).startsWith(
        "{a={aliasArn=<ALIAS a ARN>, deadLettersUrl=<DEAD_LETTERS a URL>, deadLettersArn=<DEAD_LETTERS a ARN>}, b=");
  }

  @Test
  void othersGetWhatTheyNeedToSendAndNothingElse() {
    assertThat(Plans.text(plan.outputs().get("policies"))).isEqualTo(
        "{ws={\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
            + "\"execute-api:ManageConnections\",\"Resource\":\"<API ws EXECUTION_ARN>/prod/POST/@connections/*\"}]}}");
  }

  @Test
  void manyRoutesOrderAndMuchMemoryAreWarnedOf() {
    Plan many = Plans.of(cloud -> {
      WebSocket ordered = cloud.webSocket("ws").ordered().create();
      ordered.onConnect(c -> {}).memory(4096);
      IntStream.range(0, 300).forEach(number -> ordered.onRoute("r" + number, (c, body) -> {}));
    });
    assertThat(many.warnings()).satisfiesExactly(
        first -> assertThat(first).contains("webSocket 'ws' has 301 routes", "quota"),
        second -> assertThat(second).contains("is ordered, which only works locally"),
        third -> assertThat(third).contains("handler 'ws/$connect' has a memory of 4096 MiB"));
  }

  @Test
  void whatAwsRefusesIsNamedAllAtOnce() {
    assertThatThrownBy(() -> Plans.of(cloud -> {
      cloud.webSocket("empty").create();
      cloud.webSocket("nothing").create();
    })).isInstanceOf(PlanException.class).message().satisfies(message -> assertThat(message.lines()).satisfiesExactly(
        first -> assertThat(first).matches("PlannerTest.*:\\d+: webSocket 'empty' has no handler, .*"),
        second -> assertThat(second).contains("webSocket 'nothing' has no handler")));
  }

  @Test
  void anAppOfNothingIsRefused() {
    assertThatThrownBy(() -> Plans.of(cloud -> cloud.config("only"))).isInstanceOf(PlanException.class)
        .hasMessageContaining("declares no WebSocket, no HTTP API, no schedule, no queue and no table");
  }

  @Test
  void anEnvironmentOverLambdasLimitNamesTheHandler() {
    List<String> ids = IntStream.range(0, 40).mapToObj(number -> "t".repeat(60) + number).toList();
    assertThatThrownBy(() -> Plans.of(cloud -> {
      ids.forEach(id -> cloud.table(id).hashKey("id", AttributeType.STRING).create());
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    }, Map.of("ws/$default", ids.stream().map(id -> rows(id, RowOperation.SCAN)).toList())))
        .isInstanceOf(PlanException.class)
        .hasMessageMatching("PlannerTest.*:\\d+: handler 'ws/\\$default' needs at least \\d+ bytes.*");
  }
}
