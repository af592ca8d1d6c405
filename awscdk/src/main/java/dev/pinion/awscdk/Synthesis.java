package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.PlanException;
import dev.pinion.aws.QueuePlan;
import dev.pinion.aws.SecretArns;
import dev.pinion.aws.TablePlan;
import dev.pinion.aws.TaskPlan;
import dev.pinion.aws.ValueNames;
import dev.pinion.aws.WebSocketPlan;
import dev.pinion.inspect.ApiLoader;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.ValueModel;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/**
 * Synthesizes a program as a cloud assembly: one stack, whose parameters are the app's configs and the ARNs of its
 * secrets. The command runs it in a process of its own, with CDK on the class path.
 */
public final class Synthesis {
  private static final int USER_MISTAKE = 2;
  private static final int LONGEST_DESCRIPTION = 256;
  /** Without a flag, as CloudFormation, cfn-lint and JavaScript read it alike. */
  private static final String NO_REFERENCE = "^(?![\\s\\S]*\\{\\{resolve:)[\\s\\S]*$";

  private Synthesis() {}

  /**
   * Writes a cloud assembly.
   *
   * @param arguments the binary name of the app's class; its class path; the zip of its functions; the folder to
   *     write; the stack's name
   */
  public static void main(String... arguments) throws ReflectiveOperationException, IOException {
    URL[] path = Stream.of(arguments[1].split(File.pathSeparator, -1)).map(Path::of).map(ClassPath::url)
        .toArray(URL[]::new);
    try (URLClassLoader program = new URLClassLoader("program", path, new ApiLoader())) {
      Class<? extends App> app = Class.forName(arguments[0], false, program).asSubclass(App.class);
      write(app, Path.of(arguments[2]), Path.of(arguments[3]), arguments[4]);
    } catch (StackTooLargeException mistake) {
      System.err.println("error: " + mistake.getMessage());
      System.exit(USER_MISTAKE);
    } catch (PlanException mistake) {
      System.err.println(mistake.getMessage());
      System.exit(USER_MISTAKE);
    }
  }

  /** Writes an app's cloud assembly. */
  static void write(Class<? extends App> app, Path zip, Path folder, String name) {
    AppCode code = AppCode.of(app);
    ValueNames.check(code.plan(), "stack parameter", Synthesis::parameters);
    software.amazon.awscdk.App cdk = new software.amazon.awscdk.App(
        AppProps.builder().outdir(folder.toString()).analyticsReporting(false).stackTraces(false).build());
    Stack stack =
        new Stack(cdk, name, StackProps.builder().description("The app " + app.getName() + " of Pinion.").build());
    PinionApp.Builder builder = new PinionApp.Builder(stack, "App", code).code(zip);
    for (ValueModel value : code.plan().values()) {
      switch (value) {
        case ConfigModel config ->
            builder.config(config.id(), config(stack, config, longest(config, code.plan())).getValueAsString());
        case SecretModel secret ->
            builder.secret(secret.id(), secret(stack, secret)).secretKey(secret.id(), key(stack, secret));
      }
    }
    if (code.plan().functions().stream().anyMatch(each -> each.settings().vpc())) {
      builder.network(network(stack, "SubnetIds", "Subnet"), network(stack, "SecurityGroupIds", "SecurityGroup"));
    }
    PinionApp made = builder.operators(OptionParameters.of(stack, code.plan())).build();
    outputs(new Construct(stack, "Outputs"), code.plan(), made);
    long resources = StackSize.of(stack);
    if (resources > StackSize.LARGEST) throw new StackTooLargeException(code.plan().functions().size(), resources);
    StackSize.warning(stack).ifPresent(each -> System.err.println("warning: " + each));
    cdk.synth();
  }

  private static void outputs(Construct outputs, Plan plan, PinionApp made) {
    for (WebSocketPlan each : plan.webSockets()) {
      Construct scope = new Construct(outputs, ConstructIds.scope(each.path()));
      output(scope, "CallbackUrl", made.callbackUrl(each.path()));
      output(scope, "ApiId", made.webSocket(each.path()).getApiId());
      output(scope, "ExecutionArn", made.output(each.path(), "executionArn"));
      output(scope, "Policy", made.policy(each.path()));
      output(scope, "StageArn", made.output(each.path(), "stageArn"));
    }
    plan.httpApis().forEach(each -> outputs(outputs, each, made));
    for (TablePlan each : plan.tables()) {
      Construct scope = new Construct(outputs, ConstructIds.scope(each.path()));
      output(scope, "Name", made.table(each.path()).getTableName());
      each.changes().ifPresent(path -> {
        output(scope, "StreamArn", requireNonNull(made.table(each.path()).getTableStreamArn()));
        deadLetters(scope, made, path);
        function(scope, made, path);
      });
    }
    plan.schedules().forEach(
        each -> function(new Construct(outputs, ConstructIds.scope(each.path())), made, each.path()));
    plan.tasks().forEach(each -> outputs(outputs, each, made));
    plan.queues().forEach(each -> outputs(outputs, each, plan, made));
  }

  private static void outputs(Construct outputs, HttpApiPlan each, PinionApp made) {
    Construct scope = new Construct(outputs, ConstructIds.scope(each.path()));
    output(scope, "ApiId", made.httpApi(each.path()).getApiId());
    output(scope, "ExecutionArn", made.httpOutput(each.path(), "executionArn"));
    for (HttpApiPlan.HttpRoutePlan route : each.routes()) {
      Construct handler = new Construct(scope, ConstructIds.scope(route.key()));
      function(handler, made, route.path());
    }
  }

  private static void outputs(Construct outputs, TaskPlan each, PinionApp made) {
    Construct scope = new Construct(outputs, ConstructIds.scope(each.path()));
    function(scope, made, each.path());
    output(scope, "Policy", made.policy(each.path()));
    output(scope, "AliasArn", made.alias(each.path()).getFunctionArn());
    deadLetters(scope, made, each.path());
  }

  private static void outputs(Construct outputs, QueuePlan each, Plan plan, PinionApp made) {
    Construct scope = new Construct(outputs, ConstructIds.scope(each.path()));
    output(scope, "Url", made.queue(each.path()).getQueueUrl());
    output(scope, "Arn", made.queue(each.path()).getQueueArn());
    output(scope, "Policy", made.policy(each.path()));
    deadLetters(scope, made, each.path());
    boolean handled = plan.eventSources().stream().anyMatch(source -> source.path().equals(each.path()));
    if (handled) function(scope, made, each.path());
  }

  private static void function(Construct scope, PinionApp made, String handler) {
    output(scope, "FunctionName", made.function(handler).getFunctionName());
    output(scope, "FunctionArn", made.function(handler).getFunctionArn());
  }

  private static void deadLetters(Construct scope, PinionApp made, String path) {
    output(scope, "DeadLettersUrl", made.deadLetters(path).getQueueUrl());
    output(scope, "DeadLettersArn", made.deadLetters(path).getQueueArn());
  }

  /** A stack that CloudFormation would refuse. */
  private static final class StackTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    StackTooLargeException(int functions, long resources) {
      super(
          "the app is too large for a stack: its " + functions + " functions and all else are " + resources
              + " resources, and CloudFormation allows " + StackSize.LARGEST + ": " + StackSize.ADVICE
              + "; or divide it into several apps, or use the target tf-aws");
    }
  }

  /** Returns how long a config may be: the values of a function have to fit into its version's description. */
  private static int longest(ConfigModel config, Plan plan) {
    return plan.functions().stream()
        .map(FunctionPlan::values)
        .filter(values -> values.contains(config.id()))
        .mapToInt(values -> (LONGEST_DESCRIPTION + 1) / values.size() - 1)
        .min()
        .orElse(LONGEST_DESCRIPTION);
  }

  private static CfnParameter config(Stack stack, ConfigModel config, int longest) {
    return CfnParameter.Builder.create(stack, parameters(config).getFirst())
        .maxLength(longest)
        .allowedPattern(NO_REFERENCE)
        .constraintDescription("CloudFormation would replace a value with {{resolve: by another one.")
        .description("The app's config " + config.id() + " (" + config.location() + ").")
        .build();
  }

  private static CfnParameter secret(Stack stack, SecretModel secret) {
    return CfnParameter.Builder.create(stack, parameters(secret).getFirst())
        .description(
            "The ARN of the app's secret " + secret.id() + " (" + secret.location()
                + "): of a Secrets Manager secret, or of a parameter of Systems Manager.")
        .allowedPattern("^" + SecretArns.PATTERN + "$")
        .noEcho(true)
        .constraintDescription(
            "This must be the ARN of one secret or parameter, without wildcards, and never the secret's value.")
        .build();
  }

  private static List<String> network(Stack stack, String name, String type) {
    return CfnParameter.Builder.create(stack, name)
        .type("List<AWS::EC2::" + type + "::Id>")
        .description("The " + name + " of the functions that run in a network.")
        .build()
        .getValueAsList();
  }

  private static CfnParameter key(Stack stack, SecretModel secret) {
    return CfnParameter.Builder.create(stack, parameters(secret).getLast())
        .description(
            "The ARN of the customer-managed key that encrypts the secret " + secret.id() + "; empty without one.")
        .defaultValue("")
        .allowedPattern("^(" + SecretArns.KEY_PATTERN + ")?$")
        .constraintDescription("This must be the ARN of a key, not of an alias.")
        .build();
  }

  /** Returns the names of the stack's parameters for a value: of a secret, its ARN and its key's. */
  static List<String> parameters(ValueModel value) {
    return switch (value) {
      case ConfigModel _ -> List.of("Config" + camel(value));
      case SecretModel _ -> List.of("Secret" + camel(value) + "Arn", "Secret" + camel(value) + "KmsKeyArn");
    };
  }

  private static String camel(ValueModel value) {
    return Stream.of(value.environmentName().split("_", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private static void output(Construct scope, String name, String value) {
    CfnOutput.Builder.create(scope, name).value(value).build();
  }
}
