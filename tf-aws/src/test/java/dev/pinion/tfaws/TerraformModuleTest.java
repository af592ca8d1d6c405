package dev.pinion.tfaws;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Definition;
import dev.pinion.DeploymentOption;
import dev.pinion.WebSocket;
import dev.pinion.aws.Plan;
import dev.pinion.aws.PlanException;
import dev.pinion.aws.Planner;
import dev.pinion.aws.Reference;
import dev.pinion.aws.SecretArns;
import dev.pinion.inspect.Use;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RowOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  private static final String CONNECT = "ws-connect-1c44b0db";
  private static final String ASK = Hcl.label(new Reference(Reference.Kind.ROUTE, "ws/a/${b}"));

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
    assertThat(text(resource("aws_apigatewayv2_api", "ws"), "name")).isEqualTo("${local.prefix}$${API}");
    assertThat(text(resource("aws_apigatewayv2_route", ASK), "route_key")).isEqualTo("a/$${b}");
  }

  /// The last part of a name in another script begins with xn--.
  @Test
  void aCustomDomainMayBeInternational() {
    Plan offering = Planner.plan(Definition.of(cloud -> {
      cloud.deploymentOptions(DeploymentOption.CUSTOM_DOMAINS);
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    }).model(), "Chat", Map.of());
    String variables = requireNonNull(TerraformModule.files(offering).get("variables.tf.json"));
    Matcher form = Pattern.compile("regex\\(\\\\\"(\\^\\(\\[a-z0-9].*?\\$)\\\\\"").matcher(variables);
    assertThat(form.find()).isTrue();
    String domain = form.group(1).replace("\\\\\\\\", "\\");
    assertThat(List.of("ws.example.com", "ws.xn--e1afmkfd.xn--p1ai")).allMatch(each -> each.matches(domain));
    assertThat(List.of("WS.example.com", "com", "ws.example.xn--", "ws..com")).noneMatch(each -> each.matches(domain));
  }

  /// To IAM, two names that differ only in case are one.
  @Test
  void prefixesThatDifferInCaseHaveOtherRoles() {
    assertThat(text(resource("aws_iam_role", CONNECT), "name"))
        .contains("}-${var.prefix == lower(var.prefix) ? \"1c44b0db\" : ", "sha256(\"${var.prefix}/ws/$connect\")");
  }

  @Test
  void secretsWithOneVariableAreRefused() {
    assertThatThrownBy(() -> TerraformModule.files(Planner.plan(Definition.of(cloud -> {
      cloud.secret("password");
      cloud.secret("passwordKmsKey");
      cloud.config("password-kms-key2");
      cloud.table("rows").hashKey("id", AttributeType.STRING).create();
    }).model(), "Chat", Map.of()))).isInstanceOf(PlanException.class).message().matches(
        "TerraformModuleTest.java:\\d+: secret 'passwordKmsKey' has the Terraform variable secret_password_kms_key_arn,"
            + " which secret 'password' declared at TerraformModuleTest.java:\\d+ also has: rename one of them");
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
    assertThat(resource("aws_apigatewayv2_route", ASK).get("depends_on").toString())
        .isEqualTo("[\"aws_apigatewayv2_route." + CONNECT + "\"]");
  }

  @Test
  void aTwoWayRouteHasAResponse() {
    assertThat(text(resource("aws_apigatewayv2_route", ASK), "route_response_selection_expression"))
        .isEqualTo("$default");
    assertThat(resources.getAsJsonObject("aws_apigatewayv2_route_response").keySet()).containsExactly(ASK);
  }

  @Test
  void theSnapshotsAliasIsWhatIsInvokedAndPermitted() {
    JsonObject function = resource("aws_lambda_function", CONNECT);
    assertThat(function.get("publish").getAsBoolean()).isTrue();
    assertThat(text(function.getAsJsonObject("snap_start"), "apply_on")).isEqualTo("PublishedVersions");
    assertThat(text(resource("aws_lambda_alias", CONNECT), "function_version"))
        .isEqualTo("${aws_lambda_function." + CONNECT + ".version}");
    assertThat(text(resource("aws_apigatewayv2_integration", CONNECT), "integration_uri"))
        .isEqualTo("${aws_lambda_alias." + CONNECT + ".invoke_arn}");
    assertThat(text(resource("aws_lambda_permission", CONNECT), "qualifier"))
        .isEqualTo("${aws_lambda_alias." + CONNECT + ".name}");
    assertThat(text(resource("aws_lambda_permission", CONNECT), "source_arn"))
        .isEqualTo("${aws_apigatewayv2_api.ws.execution_arn}/test/$connect");
  }

  @Test
  void noPolicyHasAResourceThatIsAnything() {
    JsonObject locals = parse("main.tf.json").getAsJsonObject("locals");
    List<String> policies = locals.keySet().stream().filter(name -> name.startsWith("policy_")).toList();
    assertThat(policies).containsExactly("policy_" + CONNECT, "policy_" + ASK);
    for (String policy : policies) {
      for (JsonElement statement : locals.getAsJsonObject(policy).getAsJsonArray("Statement")) {
        JsonElement on = statement.getAsJsonObject().get("Resource");
        assertThat(on instanceof JsonArray array ? array.asList() : List.of(on)).isNotEmpty()
            .allMatch(resource -> resource.getAsString().startsWith("${"));
      }
    }
  }

  /// In an update, what a resource depends on is created before it, and what it depended on is deleted after it.
  @Test
  void anUpdateMovesTheStageAndTheAliasInBetween() {
    assertThat(resource("aws_apigatewayv2_stage", "ws").get("depends_on").toString()).isEqualTo(
        "[\"aws_lambda_permission." + CONNECT + "\",\"aws_lambda_permission." + ASK + "\"]");
    for (String type : List.of("aws_lambda_alias", "aws_lambda_function")) {
      assertThat(resource(type, CONNECT).get("depends_on").toString()).as(type)
          .isEqualTo("[\"aws_iam_role_policy." + CONNECT + "\"]");
    }
    for (String type : List.of("aws_lambda_permission", "aws_iam_role_policy")) {
      assertThat(resource(type, CONNECT).getAsJsonObject("lifecycle").get("create_before_destroy").getAsBoolean())
          .as(type).isTrue();
    }
  }

  @Test
  void aTableWhoseGenerationIsForgottenIsRefusedByAPlan() {
    assertThat(text(resource("aws_dynamodb_table", "rows"), "name")).isEqualTo(
        "${local.prefix}rows${lookup(var.table_generations, \"rows\", 1) == 1 ? \"\" :"
            + " \".${lookup(var.table_generations, \"rows\", 1)}\"}");
    JsonObject lifecycle = resource("terraform_data", "generation_rows").getAsJsonObject("lifecycle");
    assertThat(lifecycle.get("ignore_changes").toString()).isEqualTo("[\"input\"]");
    assertThat(lifecycle.getAsJsonArray("postcondition").get(0).getAsJsonObject().get("condition").getAsString())
        .isEqualTo("${contains(keys(var.table_generations), \"rows\")"
            + " || self.input == terraform_data.first_rows.input}");
  }

  @Test
  void aTableThatWouldBeReplacedIsRefusedByAPlan() {
    JsonObject guard = resource("terraform_data", "table_rows");
    assertThat(text(guard, "input")).isEqualTo("${local.prefix}rows (id S, at N)");
    JsonObject lifecycle = guard.getAsJsonObject("lifecycle");
    assertThat(lifecycle.get("ignore_changes").toString()).isEqualTo("[\"input\"]");
    assertThat(lifecycle.getAsJsonArray("postcondition").get(0).getAsJsonObject().get("condition").getAsString())
        .isEqualTo("${self.input == \"${local.prefix}rows (id S, at N)\"}");
  }

  @Test
  void aTimeToLiveThatTheProgramNoLongerStatesIsDisabled() {
    Plan without = Planner.plan(
        Definition.of(cloud -> cloud.table("rows").hashKey("id", AttributeType.STRING).create()).model(), "Chat",
        Map.of());
    JsonObject all = JsonParser.parseString(requireNonNull(TerraformModule.files(without).get("main.tf.json")))
        .getAsJsonObject().getAsJsonObject("resource");
    assertThat(all.getAsJsonObject("aws_dynamodb_table").getAsJsonObject("rows").get("dynamic").toString()).isEqualTo(
        "{\"ttl\":{\"for_each\":\"${compact([terraform_data.time_to_live_rows.input])}\","
            + "\"content\":{\"attribute_name\":\"${ttl.value}\",\"enabled\":false}}}");
  }

  @Test
  void noResourceReadsADataSource() {
    assertThat(parse("main.tf.json").keySet()).containsExactly("//", "locals", "resource");
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
    assertThat(variable.get("sensitive").getAsBoolean()).isTrue();
  }

  @Test
  void anArnWithAWildcardIsNoSecret() {
    String secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";
    assertThat(List.of(secret + "name-a1b2c3", secret + "a/b")).allMatch(arn -> arn.matches(SecretArns.PATTERN));
    assertThat(List.of(secret + "*", secret + "name-??????", secret, "arn:aws:ssm:eu-west-1:123456789012:parameter/*",
        "arn:aws:secretsmanager:*:123456789012:secret:a")).noneMatch(arn -> arn.matches(SecretArns.PATTERN));
  }

  @Test
  void outputsAreThereOnceClientsCanConnect() {
    JsonObject outputs = parse("outputs.tf.json").getAsJsonObject("output");
    assertThat(outputs.keySet()).containsExactly("websockets", "tables", "functions", "policies");
    outputs.asMap().values().forEach(output -> assertThat(output.getAsJsonObject().get("depends_on").toString())
        .isEqualTo("[\"aws_apigatewayv2_stage.ws\"]"));
    JsonObject webSocket = outputs.getAsJsonObject("websockets").getAsJsonObject("value").getAsJsonObject("ws");
    assertThat(text(webSocket, "stage_arn")).isEqualTo("${aws_apigatewayv2_stage.ws.arn}");
    assertThat(text(webSocket, "execution_arn")).isEqualTo("${aws_apigatewayv2_api.ws.execution_arn}");
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
