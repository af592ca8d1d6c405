package dev.pinion.awscdk;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LambdaRuntimeProps;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.RuntimeFamily;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Adds functions, each with its log group, role and alias. */
final class FunctionConstructs {
  private static final int LONGEST_DESCRIPTION = 256;
  /** The actions that Lambda needs to run a function in a network; they do not support resource-level permissions. */
  private static final List<String> NETWORK = List.of(
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses");

  private final TokenText text;
  private final Resources resources;
  private final SuppliedValues values;
  private final Code code;
  private final DeploymentSettings settings;
  private final Runtime runtime = new Runtime(
      FunctionPlan.RUNTIME, RuntimeFamily.JAVA, LambdaRuntimeProps.builder().supportsSnapStart(true).build());

  FunctionConstructs(TokenText text, Resources resources, SuppliedValues values, Code code,
      DeploymentSettings settings) {
    this.text = text;
    this.resources = resources;
    this.values = values;
    this.code = code;
    this.settings = settings;
  }

  void add(FunctionPlan plan, Construct scope) {
    LogGroup logs = LogGroup.Builder.create(scope, "Logs").retention(settings.logRetention).build();
    resources.put(Kind.LOG_GROUP, plan.path(), logs);
    // CDK's own role may write to every log group. This one's policy is there before the function's snapshot is taken.
    Role role = Role.Builder.create(scope, "Role")
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .inlinePolicies(Map.of("derived", policy(plan)))
        .build();
    resources.put(Kind.ROLE, plan.path(), role);
    Function function = function(plan, scope, role, logs);
    resources.put(Kind.FUNCTION, plan.path(), function);
    // It asks for a published version, which the alias has.
    Annotations.of(function).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
    resources.put(
        Kind.ALIAS,
        plan.path(),
        Alias.Builder.create(scope, "Alias").aliasName(FunctionPlan.ALIAS).version(function.getCurrentVersion())
            .build());
  }

  private Function function(FunctionPlan plan, Construct scope, Role role, LogGroup logs) {
    Map<String, String> environment = new LinkedHashMap<>();
    plan.environment().forEach((name, value) -> environment.put(name, text.text(value)));
    Function.Builder builder = Function.Builder.create(scope, "Function")
        .description(plan.path().substring(0, Math.min(LONGEST_DESCRIPTION, plan.path().length())))
        .role(role)
        .code(code)
        .handler(FunctionPlan.HANDLER)
        .runtime(runtime)
        .architecture(settings.architecture)
        .memorySize(settings.memory(plan))
        .timeout(Duration.seconds(plan.timeout()))
        .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
        .environment(environment)
        .loggingFormat(LoggingFormat.TEXT)
        .logGroup(logs);
    settings.vpc.ifPresent(builder::vpc);
    settings.subnets.ifPresent(builder::vpcSubnets);
    if (!settings.securityGroups.isEmpty()) builder.securityGroups(settings.securityGroups);
    return builder.build();
  }

  private PolicyDocument policy(FunctionPlan plan) {
    List<PolicyStatement> statements = new ArrayList<>();
    plan.statements().forEach(each -> statements.add(statement(each)));
    if (settings.vpc.isPresent()) statements.add(allow(NETWORK, List.of("*")));
    return PolicyDocument.Builder.create().minimize(false).statements(statements).build();
  }

  private PolicyStatement statement(Statement statement) {
    return switch (statement) {
      case Statement.Allow(var actions, var on) -> allow(actions, on.stream().map(text::text).toList());
      case Statement.ReadSecret(String secret) -> allow(List.of(values.action(secret)), List.of(values.text(secret)));
    };
  }

  private static PolicyStatement allow(List<String> actions, List<String> on) {
    return PolicyStatement.Builder.create().actions(actions).resources(on).build();
  }
}
