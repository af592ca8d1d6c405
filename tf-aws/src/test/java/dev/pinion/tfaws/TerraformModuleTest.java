package dev.pinion.tfaws;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Definition;
import dev.pinion.WebSocket;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Planner;
import dev.pinion.inspect.Use;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RowOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/// What a module must have so that AWS does what the plan says.
final class TerraformModuleTest {
  private static final App APP = cloud -> {
    cloud.table("rows").hashKey("id", AttributeType.STRING).rangeKey("at", AttributeType.NUMBER)
        .attribute("user", AttributeType.STRING).index("byUser", "user").timeToLive("expires").deletionProtection(true)
        .pointInTimeRecovery(false).create();
    cloud.config("greeting");
    cloud.secret("key");
    WebSocket ws = cloud.webSocket("ws").name("${API}").stage("test")
        .routeSelectionExpression("${request.body.service}/${request.body.action}").create();
    ws.onConnect(c -> {});
    ws.onRequest("a/${b}", (c, body) -> body).memory(1024);
  };

  private final Plan plan = Planner.plan(Definition.of(APP).model(), "app.Chat", Map.of(
      "ws/$connect", List.of(
          new Use.Rows("rows", RowOperation.QUERY, Optional.of("byUser")),
          new Use.Connections("ws", ConnectionOperation.POST),
          new Use.Value("key"))));
  private final JsonObject resources = parse("main.tf.json").getAsJsonObject("resource");

  @Test
  void aDollarBraceIsText() {
    assertThat(text(resource("aws_apigatewayv2_api", "ws"), "route_selection_expression"))
        .isEqualTo("$${request.body.service}/$${request.body.action}");
    assertThat(text(resource("aws_apigatewayv2_api", "ws"), "name")).isEqualTo("${var.prefix}-$${API}");
    assertThat(text(resource("aws_apigatewayv2_route", "ws-a-b"), "route_key")).isEqualTo("a/$${b}");
  }

  @Test
  void aStageAlwaysHasBothThrottlingLimits() {
    JsonObject settings = resource("aws_apigatewayv2_stage", "ws").getAsJsonObject("default_route_settings");
    assertThat(settings.keySet()).containsExactly("throttling_burst_limit", "throttling_rate_limit");
  }

  @Test
  void aDeploymentIsReplacedBeforeTheOldOneGoes() {
    JsonObject deployment = resource("aws_apigatewayv2_deployment", "ws");
    assertThat(deployment.getAsJsonObject("lifecycle").get("create_before_destroy").getAsBoolean()).isTrue();
    assertThat(deployment.getAsJsonObject("triggers").keySet())
        .containsExactly("$routeSelectionExpression", "$connect", "a/$${b}");
  }

  @Test
  void routesAreMadeOneAfterTheOther() {
    assertThat(resource("aws_apigatewayv2_route", "ws-a-b").get("depends_on").toString())
        .isEqualTo("[\"aws_apigatewayv2_route.ws-connect\"]");
  }

  @Test
  void aTwoWayRouteHasAResponse() {
    assertThat(text(resource("aws_apigatewayv2_route", "ws-a-b"), "route_response_selection_expression"))
        .isEqualTo("$default");
    assertThat(resources.getAsJsonObject("aws_apigatewayv2_route_response").keySet()).containsExactly("ws-a-b");
  }

  @Test
  void theSnapshotsAliasIsWhatIsInvokedAndPermitted() {
    JsonObject function = resource("aws_lambda_function", "ws-connect");
    assertThat(function.get("publish").getAsBoolean()).isTrue();
    assertThat(text(function.getAsJsonObject("snap_start"), "apply_on")).isEqualTo("PublishedVersions");
    assertThat(text(resource("aws_lambda_alias", "ws-connect"), "function_version"))
        .isEqualTo("${aws_lambda_function.ws-connect.version}");
    assertThat(text(resource("aws_apigatewayv2_integration", "ws-connect"), "integration_uri"))
        .isEqualTo("${aws_lambda_alias.ws-connect.invoke_arn}");
    assertThat(text(resource("aws_lambda_permission", "ws-connect"), "qualifier"))
        .isEqualTo("${aws_lambda_alias.ws-connect.name}");
    assertThat(text(resource("aws_lambda_permission", "ws-connect"), "source_arn"))
        .isEqualTo("${aws_apigatewayv2_api.ws.execution_arn}/*/$connect");
  }

  @Test
  void noPolicyHasAResourceThatIsAnything() {
    JsonObject locals = parse("main.tf.json").getAsJsonObject("locals");
    assertThat(locals.keySet()).containsExactly("trust", "policy_ws-connect", "policy_ws-a-b");
    locals.remove("trust");
    for (JsonElement policy : locals.asMap().values()) {
      for (JsonElement statement : policy.getAsJsonObject().getAsJsonArray("Statement")) {
        assertThat(statement.getAsJsonObject().getAsJsonArray("Resource")).isNotEmpty()
            .allMatch(resource -> resource.getAsString().startsWith("${"));
      }
    }
  }

  @Test
  void aTablesOptionsAreWritten() {
    JsonObject table = resource("aws_dynamodb_table", "rows");
    assertThat(table.get("deletion_protection_enabled").getAsBoolean()).isTrue();
    assertThat(table.get("point_in_time_recovery").toString()).isEqualTo("{\"enabled\":false}");
    assertThat(table.get("ttl").toString()).isEqualTo("{\"attribute_name\":\"expires\",\"enabled\":true}");
    assertThat(table.getAsJsonArray("attribute")).hasSize(3);
  }

  @Test
  void aSecretIsInNoFileButByItsArn() {
    assertThat(TerraformModule.files(plan).values()).noneMatch(text -> text.contains("secret_string"));
    JsonObject variable = parse("variables.tf.json").getAsJsonObject("variable").getAsJsonObject("secret_key_arn");
    assertThat(variable.has("default")).isFalse();
    assertThat(variable.has("validation")).isTrue();
  }

  @Test
  void aModuleHasNoProviderBlock() {
    assertThat(TerraformModule.files(plan).keySet())
        .containsExactly("main.tf.json", "variables.tf.json", "outputs.tf.json", "versions.tf.json")
        .allMatch(file -> !parse(file).has("provider"));
  }

  @Test
  void theSamePlanGivesTheSameText() {
    Plan again = Planner.plan(Definition.of(APP).model(), "app.Chat", Map.of());
    assertThat(TerraformModule.files(again))
        .isEqualTo(TerraformModule.files(Planner.plan(Definition.of(APP).model(), "app.Chat", Map.of())));
  }

  private JsonObject parse(String file) {
    return JsonParser.parseString(requireNonNull(TerraformModule.files(plan).get(file))).getAsJsonObject();
  }

  private JsonObject resource(String type, String label) {
    return resources.getAsJsonObject(type).getAsJsonObject(label);
  }

  private static String text(JsonObject block, String name) {
    return block.get(name).getAsString();
  }
}
