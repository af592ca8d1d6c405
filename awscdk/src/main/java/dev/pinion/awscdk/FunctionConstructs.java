package dev.pinion.awscdk;

import dev.pinion.aws.AliasPlan;
import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.spi.FunctionSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
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
import software.constructs.IConstruct;

import static java.util.Objects.requireNonNull;

/** Adds functions, each with its log group, role and aliases. */
final class FunctionConstructs {
  private static final int LONGEST_DESCRIPTION = 256;
  private static final int LONGEST_NAME = 64;
  /** What contains the functions that handlers share. No id of the app becomes this one. */
  private static final String SHARED = "%46unctions";

  private final Construct app;
  private final Map<String, Construct> shared = new LinkedHashMap<>();
  private final Map<String, List<CfnResource>> added = new LinkedHashMap<>();
  private final TokenText text;
  private final Resources resources;
  private final SuppliedValues values;
  private final Code code;
  private final DeploymentSettings settings;
  private final RoleConstructs roles;
  private final Runtime runtime = new Runtime(
      FunctionPlan.RUNTIME, RuntimeFamily.JAVA, LambdaRuntimeProps.builder().supportsSnapStart(true).build());

  FunctionConstructs(Construct app, TokenText text, Resources resources, SuppliedValues values, Code code,
      DeploymentSettings settings, RoleConstructs roles) {
    this.app = app;
    this.text = text;
    this.resources = resources;
    this.values = values;
    this.code = code;
    this.settings = settings;
    this.roles = roles;
  }

  /**
   * Adds the function of a handler, unless another handler shares it and came first, and returns the policies of its
   * role.
   */
  List<CfnResource> add(FunctionPlan plan, Construct scope) {
    return added.computeIfAbsent(plan.path(), _ -> create(plan, scope(plan, scope)));
  }

  private Construct scope(FunctionPlan plan, Construct handler) {
    if (!plan.shared()) return handler;
    Construct all = shared.computeIfAbsent("", _ -> new Construct(app, SHARED));
    return shared.computeIfAbsent(plan.path(), path -> new Construct(all, ConstructIds.scope(path)));
  }

  private void put(Kind kind, FunctionPlan plan, IConstruct construct) {
    resources.put(kind, plan.path(), construct);
    plan.handlers().forEach(each -> resources.put(kind, each, construct));
  }

  private List<CfnResource> create(FunctionPlan plan, Construct scope) {
    LogGroup logs = LogGroup.Builder.create(scope, "Logs").retention(settings.logRetention).build();
    put(Kind.LOG_GROUP, plan, logs);
    Role role = roles.role(scope, "Role", "lambda.amazonaws.com");
    put(Kind.ROLE, plan, role);
    Function function = function(plan, scope, role, logs);
    put(Kind.FUNCTION, plan, function);
    // They are there before the function's snapshot is taken.
    List<CfnResource> policies = roles.policies(plan, scope, role);
    policies.forEach(function.getNode()::addDependency);
    // It asks for a published version, which the alias has.
    Annotations.of(function).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
    plan.aliases().forEach(each -> alias(each, plan, scope, function));
    return policies;
  }

  private void alias(AliasPlan plan, FunctionPlan of, Construct scope, Function function) {
    Alias.Builder builder = Alias.Builder.create(scope, of.aliases().size() == 1 ? "Alias" : "Alias-" + plan.name())
        .aliasName(plan.name()).version(function.getCurrentVersion());
    of.settings().provisionedConcurrency().ifPresent(builder::provisionedConcurrentExecutions);
    Alias alias = builder.build();
    resources.put(Kind.ALIAS, plan.path(), alias);
    plan.handlers().forEach(each -> resources.put(Kind.ALIAS, each, alias));
  }

  /**
   * Returns a name of a function that follows from where it is, as CloudFormation's own is known too late.
   *
   * @param handler the scope of the handler, in which the function is unless others share it
   */
  String name(FunctionPlan plan, Construct handler) {
    return Names.uniqueResourceName(
        scope(plan, handler), UniqueResourceNameOptions.builder().maxLength(LONGEST_NAME).separator("-").build());
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
        .architecture(plan.settings().architecture().map(FunctionConstructs::architecture)
            .orElse(settings.architecture))
        .memorySize(settings.memory(plan))
        .timeout(Duration.seconds(plan.timeout()))
        .environment(environment)
        .currentVersionOptions(version(plan))
        .loggingFormat(LoggingFormat.TEXT)
        .logGroup(logs);
    if (plan.settings().snapStart()) builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
    if (plan.named()) builder.functionName(name(plan, scope));
    if (plan.recursiveLoop()) builder.recursiveLoop(RecursiveLoop.ALLOW);
    plan.settings().reservedConcurrency().ifPresent(builder::reservedConcurrentExecutions);
    if (plan.settings().ephemeralStorage() > FunctionSettings.EPHEMERAL_STORAGE) {
      builder.ephemeralStorageSize(Size.mebibytes(plan.settings().ephemeralStorage()));
    }
    if (settings.inNetwork(plan)) network(builder);
    Function function = builder.build();
    settings(plan, (CfnFunction) requireNonNull(function.getNode().getDefaultChild()));
    return function;
  }

  private void network(Function.Builder builder) {
    settings.vpc.ifPresent(builder::vpc);
    settings.subnets.ifPresent(builder::vpcSubnets);
    if (!settings.securityGroups.isEmpty()) builder.securityGroups(settings.securityGroups);
  }

  /** Sets what CDK's own function would set with more permissions, or with constructs that are unknown here. */
  private void settings(FunctionPlan plan, CfnFunction function) {
    if (!plan.settings().layers().isEmpty()) function.setLayers(plan.settings().layers());
    if (plan.settings().tracing()) {
      function.setTracingConfig(CfnFunction.TracingConfigProperty.builder().mode("Active").build());
    }
    if (plan.settings().vpc()) {
      settings.network.ifPresent(
          network -> function.setVpcConfig(
              CfnFunction.VpcConfigProperty.builder().subnetIds(network.subnets())
                  .securityGroupIds(network.securityGroups()).build()));
    }
  }

  private static Architecture architecture(String id) {
    return id.equals("arm64") ? Architecture.ARM_64 : Architecture.X86_64;
  }
}
