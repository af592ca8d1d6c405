package dev.pinion.spi;

import java.util.Set;

/**
 * The environment variables of a function that an app cannot set.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda: defined runtime
 *     environment variables</a>
 */
public final class ReservedVariables {
  private static final Set<String> LAMBDA = Set.of(
      "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
      "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT",
      "LAMBDA_RUNTIME_DIR");

  private ReservedVariables() {}

  /** Returns whether Lambda or Pinion itself sets a variable. */
  public static boolean contains(String name) {
    return name.startsWith("PINION_") || LAMBDA.contains(name);
  }
}
