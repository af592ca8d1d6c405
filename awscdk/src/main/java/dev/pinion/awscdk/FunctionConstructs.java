package dev.pinion.awscdk;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Reference.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LambdaRuntimeProps;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.RecursiveLoop;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.RuntimeFamily;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Adds functions, each with its log group, role and alias. */
final class FunctionConstructs {
  private static final int LONGEST_DESCRIPTION = 256;
  private static final int LONGEST_NAME = 64;
  private final TokenText text;
  private final Resources resources;
  private final SuppliedValues values;
  private final Code code;
  private final DeploymentSettings settings;
  private final RoleConstructs roles;
  private final Runtime runtime = new Runtime(
      FunctionPlan.RUNTIME, RuntimeFamily.JAVA, LambdaRuntimeProps.builder().supportsSnapStart(true).build());

  FunctionConstructs(TokenText text, Resources resources, SuppliedValues values, Code code,
      DeploymentSettings settings, RoleConstructs roles) {
    this.text = text;
    this.resources = resources;
    this.values = values;
    this.code = code;
    this.settings = settings;
    this.roles = roles;
  }

  /** Adds a function, and returns the policies of its role. */
  List<CfnResource> add(FunctionPlan plan, Construct scope) {
    LogGroup logs = LogGroup.Builder.create(scope, "Logs").retention(settings.logRetention).build();
    resources.put(Kind.LOG_GROUP, plan.path(), logs);
    Role role = roles.role(scope, "Role", "lambda.amazonaws.com");
    resources.put(Kind.ROLE, plan.path(), role);
    Function function = function(plan, scope, role, logs);
    resources.put(Kind.FUNCTION, plan.path(), function);
    // They are there before the function's snapshot is taken.
    List<CfnResource> policies = roles.policies(plan, scope, role);
    policies.forEach(function.getNode()::addDependency);
    // It asks for a published version, which the alias has.
    Annotations.of(function).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
    resources.put(
        Kind.ALIAS,
        plan.path(),
        Alias.Builder.create(scope, "Alias").aliasName(FunctionPlan.ALIAS).version(function.getCurrentVersion())
            .build());
    return policies;
  }

  /** Returns a name of the function that follows from where it is, as CloudFormation's own is known too late. */
  static String name(Construct scope) {
    return Names.uniqueResourceName(
        scope, UniqueResourceNameOptions.builder().maxLength(LONGEST_NAME).separator("-").build());
  }

  /**
   * CDK publishes a version when the template changes. Values that only CloudFormation knows do not change it, but they
   * change the version's description, and with it the version.
   */
  private VersionOptions version(FunctionPlan plan) {
    List<String> changes = plan.values().stream().map(values::change).filter(each -> !each.isEmpty()).toList();
    VersionOptions.Builder options = VersionOptions.builder();
    if (!changes.isEmpty()) options.description(String.join(" ", changes));
    return options.build();
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
        .currentVersionOptions(version(plan))
        .loggingFormat(LoggingFormat.TEXT)
        .logGroup(logs);
    if (plan.named()) builder.functionName(resources.name(plan.path()));
    if (plan.recursiveLoop()) builder.recursiveLoop(RecursiveLoop.ALLOW);
    settings.vpc.ifPresent(builder::vpc);
    settings.subnets.ifPresent(builder::vpcSubnets);
    if (!settings.securityGroups.isEmpty()) builder.securityGroups(settings.securityGroups);
    return builder.build();
  }
}
