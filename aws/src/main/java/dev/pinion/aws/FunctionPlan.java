package dev.pinion.aws;

import dev.pinion.spi.FunctionSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Lambda function of a handler, or of several that share it, with its role, log group and aliases.
 *
 * @param path the handler's, or the name of the function that handlers share
 * @param aliases by which it is invoked, at least one
 * @param memory MiB
 * @param timeout seconds
 * @param named whether others know it by a name that is given before it exists: functions may know each other
 * @param recursiveLoop whether it may be part of a loop, which Lambda ends otherwise
 * @param settings what else the app states
 * @param environment its environment variables, in a fixed order
 * @param policies the policies of its role
 */
public record FunctionPlan(
    String path, List<AliasPlan> aliases, int memory, int timeout, boolean named, boolean recursiveLoop,
    FunctionSettings settings, Map<String, Expression> environment, List<PolicyPlan> policies) {

  /** Lambda's managed runtime. */
  public static final String RUNTIME = "java25";

  /** The method that Lambda calls. */
  public static final String HANDLER = "dev.pinion.lambda.Function::handleRequest";

  /** The name of an alias that is the only one: SnapStart works for published versions only. */
  public static final String ALIAS = "live";

  /** The actions that Lambda needs to run a function in a network; they do not support resource-level permissions. */
  public static final List<String> NETWORK = List.of(
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses");

  public FunctionPlan {
    aliases = List.copyOf(aliases);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    policies = List.copyOf(policies);
  }

  /** Returns the paths of the handlers that it runs. */
  public List<String> handlers() {
    return aliases.stream().flatMap(each -> each.handlers().stream()).toList();
  }

  /** Whether several handlers may share it. */
  public boolean shared() {
    return settings.name().isPresent();
  }

  /** Returns the alias that is invoked for a handler. */
  public AliasPlan alias(String handler) {
    return aliases.stream().filter(each -> each.handlers().contains(handler)).findFirst().orElseThrow();
  }

  /** Returns the statements of all policies of its role. */
  public List<Statement> statements() {
    return policies.stream().flatMap(each -> each.statements().stream()).toList();
  }

  /** Returns the ids of the configs and secrets in its environment. */
  public List<String> values() {
    return environment.values().stream().flatMap(FunctionPlan::values).toList();
  }

  private static Stream<String> values(Expression expression) {
    return switch (expression) {
      case Expression.Parameter(String id) -> Stream.of(id);
      case Expression.Join(var parts) -> parts.stream().flatMap(FunctionPlan::values);
      case Expression.Json(var members) -> members.values().stream().flatMap(FunctionPlan::values);
      case Expression.Literal _, Expression.Attribute _ -> Stream.of();
    };
  }
}
