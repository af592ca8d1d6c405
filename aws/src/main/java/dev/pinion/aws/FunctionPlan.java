package dev.pinion.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A handler's Lambda function, with its role, log group and alias.
 *
 * @param path the handler's
 * @param memory MiB
 * @param timeout seconds
 * @param environment its environment variables, in a fixed order
 * @param statements the statements of its role's policy
 */
public record FunctionPlan(
    String path, int memory, int timeout, Map<String, Expression> environment, List<Statement> statements) {

  /** Lambda's managed runtime. */
  public static final String RUNTIME = "java25";

  /** The method that Lambda calls. */
  public static final String HANDLER = "dev.pinion.lambda.Function::handleRequest";

  /** The alias that API Gateway invokes: SnapStart works for published versions only. */
  public static final String ALIAS = "live";

  public FunctionPlan {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    statements = List.copyOf(statements);
  }
}
