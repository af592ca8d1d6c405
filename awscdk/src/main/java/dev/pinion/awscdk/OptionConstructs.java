package dev.pinion.awscdk;

import dev.pinion.aws.AlarmPlan;
import dev.pinion.aws.ApiLogs;
import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.WebSocketPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigateway.CfnAccount;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import software.constructs.IConstruct;

import static java.util.Objects.requireNonNull;

/** Adds what operators set: domains, the logs and metrics of APIs, and alarms. */
final class OptionConstructs {
  private static final String SETTINGS = "DefaultRouteSettings.";

  private final Construct app;
  private final Plan plan;
  private final TokenText text;
  private final Resources resources;
  private final DeploymentSettings settings;
  private final OperatorSettings operators;
  private @Nullable CfnAccount account;

  private OptionConstructs(
      Construct app, Plan plan, TokenText text, Resources resources, DeploymentSettings settings) {
    this.app = app;
    this.plan = plan;
    this.text = text;
    this.resources = resources;
    this.settings = settings;
    this.operators = settings.operators;
  }

  static void add(Construct app, Plan plan, TokenText text, Resources resources, DeploymentSettings settings) {
    OptionConstructs all = new OptionConstructs(app, plan, text, resources, settings);
    new DomainConstructs(app, resources, settings.operators).add(plan);
    all.logs();
    if (settings.operators.alarms.possible()) plan.alarms().forEach(all::alarm);
  }

  private void logs() {
    for (HttpApiPlan api : plan.httpApis()) {
      stage(api.path(), resource(resources.get(Kind.STAGE, api.path(), HttpStage.class)), ApiLogs.HTTP);
    }
    if (operators.accountRole.possible()) account = account();
    plan.webSockets().forEach(this::stage);
  }

  private void stage(WebSocketPlan api) {
    CfnResource stage = resource(resources.stage(api.path()));
    stage(api.path(), stage, afterAccount(stage, ApiLogs.WEB_SOCKET));
    if (operators.executionLogs.possible()) {
      String id = resources.get(Kind.API, api.path(), WebSocketApi.class).getApiId();
      // API Gateway would make it, without a retention.
      LogGroup group = LogGroup.Builder.create(scope(api.path()), "ExecutionLogs")
          .logGroupName("/aws/apigateway/" + id + "/" + api.stage())
          .retention(settings.logRetention)
          // It has a name, so one that is kept would be in the way of another stack with this API.
          .removalPolicy(RemovalPolicy.DESTROY)
          .build();
      operators.executionLogs.decides(resource(group));
      String level = operators.executionLogs.after(resource(group), stage, operators.executionLevel);
      stage.addPropertyOverride(SETTINGS + "LoggingLevel", afterAccount(stage, level));
    }
  }

  private String afterAccount(CfnResource stage, String text) {
    return account == null ? text : operators.accountRole.after(account, stage, text);
  }

  private void stage(String api, CfnResource stage, String format) {
    if (operators.accessLogs.possible()) {
      LogGroup group = LogGroup.Builder.create(scope(api), "AccessLogs").retention(settings.logRetention).build();
      operators.accessLogs.decides(resource(group));
      String arn = text.arn(group);
      stage.addPropertyOverride(
          "AccessLogSettings", operators.accessLogs.value(Map.of("DestinationArn", arn, "Format", format)));
    }
    if (operators.detailedMetrics.possible()) {
      stage.addPropertyOverride(SETTINGS + "DetailedMetricsEnabled", operators.detailedMetrics.value(true));
    }
  }

  private CfnAccount account() {
    Construct scope = new Construct(app, ConstructIds.scope("/ApiGatewayAccount"));
    Map<String, Object> statement = Map.of("Effect", "Allow", "Action", "sts:AssumeRole",
        "Principal", Map.of("Service", "apigateway.amazonaws.com"));
    CfnRole role = CfnRole.Builder.create(scope, "Role")
        .assumeRolePolicyDocument(Map.of("Version", "2012-10-17", "Statement", List.of(statement)))
        .managedPolicyArns(List.of(text.managedPolicy(ApiLogs.ACCOUNT_POLICY)))
        .build();
    CfnAccount made = CfnAccount.Builder.create(scope, "Account").cloudWatchRoleArn(role.getAttrArn()).build();
    for (CfnResource each : List.of(role, made)) {
      operators.accountRole.decides(each);
      each.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
    return made;
  }

  private void alarm(AlarmPlan plan) {
    CfnAlarm alarm = CfnAlarm.Builder.create(scope("/Alarms"), ConstructIds.of(plan.of().path() + "--" + plan.what()))
        .alarmDescription(plan.description())
        .namespace(plan.namespace())
        .metricName(plan.metric())
        .dimensions(plan.dimensions().entrySet().stream()
            .map(each -> CfnAlarm.DimensionProperty.builder().name(each.getKey()).value(text.text(each.getValue()))
                .build())
            .toList())
        .statistic(plan.statistic())
        .threshold(plan.threshold())
        .period(AlarmPlan.PERIOD)
        .evaluationPeriods(AlarmPlan.PERIODS)
        .comparisonOperator(AlarmPlan.COMPARISON)
        .treatMissingData(AlarmPlan.MISSING)
        .alarmActions(List.of(requireNonNull(operators.topic)))
        .okActions(List.of(requireNonNull(operators.topic)))
        .build();
    operators.alarms.decides(alarm);
  }

  private Construct scope(String path) {
    String id = ConstructIds.scope(path);
    IConstruct found = app.getNode().tryFindChild(id);
    return found == null ? new Construct(app, id) : (Construct) found;
  }

  private static CfnResource resource(IConstruct construct) {
    return (CfnResource) requireNonNull(construct.getNode().getDefaultChild());
  }
}
