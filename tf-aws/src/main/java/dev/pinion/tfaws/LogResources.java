package dev.pinion.tfaws;

import dev.pinion.DeploymentOption;
import dev.pinion.aws.ApiLogs;
import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.WebSocketPlan;
import java.util.List;

/** Writes what API Gateway logs and measures of APIs, as far as variables turn it on. */
final class LogResources {
  static final String ACCESS = "access_logs";
  static final String EXECUTION = "execution_logs";
  static final String METRICS = "detailed_metrics";
  static final String ACCOUNT = "api_gateway_account_role";

  private static final String STAGES = "aws_apigatewayv2_stage";
  private static final String GROUPS = "aws_cloudwatch_log_group";
  /**
   * The provider's resource of the account's settings resets them when it is destroyed, for all APIs of the account,
   * and replaces a role that others have set. So the AWS CLI does this, once, and nothing undoes it. A new role is not
   * known everywhere at once.
   */
  private static final String SCRIPT = """
      role=$(aws apigateway get-account --query cloudwatchRoleArn --output text) || exit 1
      if [ "$role" != None ]; then exit 0; fi
      name="api-gateway-logs-$AWS_REGION"
      aws iam get-role --role-name "$name" > /dev/null 2>&1 \
      || aws iam create-role --role-name "$name" --assume-role-policy-document "$TRUST" > /dev/null || exit 1
      aws iam attach-role-policy --role-name "$name" --policy-arn "arn:$PARTITION:iam::aws:policy/$POLICY" || exit 1
      role=$(aws iam get-role --role-name "$name" --query Role.Arn --output text) || exit 1
      for attempt in 1 2 3 4 5 6 7 8 9 10 11 12; do
        aws apigateway update-account \
      --patch-operations "op=replace,path=/cloudwatchRoleArn,value=$role" > /dev/null && exit 0
        sleep 5
      done
      exit 1
      """;
  private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
      + "\"sts:AssumeRole\",\"Principal\":{\"Service\":\"apigateway.amazonaws.com\"}}]}";

  private final Plan plan;
  private final Hcl hcl;
  private final Block resources;

  LogResources(Plan plan, Hcl hcl, Block resources) {
    this.plan = plan;
    this.hcl = hcl;
    this.resources = resources;
  }

  void add() {
    if (!plan.options().contains(DeploymentOption.API_LOGS)) return;
    if (!plan.webSockets().isEmpty()) account();
    plan.webSockets().forEach(this::add);
    for (HttpApiPlan api : plan.httpApis()) {
      access(new Reference(Kind.HTTP_API, api.path()), ApiLogs.HTTP);
    }
  }

  private void add(WebSocketPlan webSocket) {
    Reference api = new Reference(Kind.API, webSocket.path());
    Block stage = access(api, ApiLogs.WEB_SOCKET);
    stage.in("default_route_settings").put("logging_level", "${var." + EXECUTION + "}");
    String group = Hcl.label(api) + "--execution";
    // API Gateway would make it, without a retention.
    resources.in(GROUPS).in(group)
        .put("count", "${var." + EXECUTION + " == \"OFF\" ? 0 : 1}")
        .put("name", "/aws/apigateway/${" + hcl.address(api) + ".id}/" + Hcl.escape(webSocket.stage()))
        .put("retention_in_days", "${var.log_retention_days}")
        .put("tags", "${var.tags}");
    stage.add("depends_on", GROUPS + "." + group).add("depends_on", "terraform_data." + ACCOUNT);
  }

  /** Writes the access log of an API, and returns the API's stage. */
  private Block access(Reference api, String format) {
    String group = Hcl.label(api) + "--access";
    resources.in(GROUPS).in(group)
        .put("count", "${var." + ACCESS + " ? 1 : 0}")
        // The policy by which API Gateway writes to groups of this path does not grow with their number.
        .put("name", "/aws/vendedlogs/" + Hcl.name(api) + "--access")
        .put("retention_in_days", "${var.log_retention_days}")
        .put("tags", "${var.tags}");
    Block stage = resources.in(STAGES).in(Hcl.label(api));
    stage.in("default_route_settings").put("detailed_metrics_enabled", "${var." + METRICS + "}");
    Block settings = new Block().put("destination_arn", "${access_log_settings.value}").put("format", format);
    return stage.put("dynamic", new Block().put("access_log_settings", new Block()
        .put("for_each", "${" + GROUPS + "." + group + "[*].arn}").put("content", settings)));
  }

  /** The region and the partition are known from a log group: the module has no data source. */
  private void account() {
    String logs = hcl.address(new Reference(Kind.LOG_GROUP, plan.functions().getFirst().path()));
    Block environment = new Block()
        .put("AWS_REGION", "${" + logs + ".region}")
        .put("PARTITION", "${split(\":\", " + logs + ".arn)[1]}")
        .put("POLICY", ApiLogs.ACCOUNT_POLICY)
        .put("TRUST", TRUST);
    resources.in("terraform_data").in(ACCOUNT)
        .put("count", "${var." + ACCOUNT + " ? 1 : 0}")
        .put("triggers_replace", "${" + logs + ".region}")
        .blocks("provisioner", List.of(new Block().put("local-exec", new Block()
            .put("interpreter", List.of("/bin/sh", "-c"))
            .put("command", Hcl.escape(SCRIPT))
            .put("environment", environment))));
  }
}
