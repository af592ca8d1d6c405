package dev.pinion.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A handler's Lambda function, with its role, log group and alias.
 *
 * @param path the handler's
 * @param memory MiB
 * @param timeout seconds
 * @param named whether others know it by a name that is given before it exists: functions may know each other
 * @param recursiveLoop whether it may be part of a loop, which Lambda ends otherwise
 * @param environment its environment variables, in a fixed order
 * @param policies the policies of its role
 */
public record FunctionPlan(
    String path, int memory, int timeout, boolean named, boolean recursiveLoop, Map<String, Expression> environment,
    List<PolicyPlan> policies) {

  /** Lambda's managed runtime. */
  public static final String RUNTIME = "java25";

  /** The method that Lambda calls. */
  public static final String HANDLER = "dev.pinion.lambda.Function::handleRequest";

  /** The alias that AWS's services invoke: SnapStart works for published versions only. */
  public static final String ALIAS = "live";

  public FunctionPlan {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    policies = List.copyOf(policies);
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
