package dev.pinion.spi;

import dev.pinion.Authorization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What the function of an authorizer returns to API Gateway: an IAM policy for {@code $connect}, the principal and the
 * context.
 *
 * <p>Source: API Gateway developer guide, "Output from an API Gateway Lambda authorizer".
 */
public final class AuthorizerResult {
  /** The longest result that API Gateway takes. */
  static final int MOST_BYTES = 8 * 1024;

  private AuthorizerResult() {}

  /**
   * Writes the result.
   *
   * @param decided what the {@link Dispatcher} returned, and not {@code Unauthorized}, which has no result
   * @param methodArn the ARN of the stage's {@code $connect}, which the policy covers and nothing else
   * @throws IllegalArgumentException if it has more than 8 KB
   */
  public static String write(Authorization decided, String methodArn, JsonCodec json) {
    String text = switch (decided) {
      case Authorization.Allow(String principal, Map<String, Object> context) ->
          json.write(result(principal, "Allow", methodArn, context));
      case Authorization.Deny _ -> json.write(result("denied", "Deny", methodArn, Map.of()));
      case Authorization.Unauthorized _ -> throw new IllegalArgumentException("unauthorized is no result");
    };
    int bytes = text.getBytes(UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the authorizer's result has " + bytes + " bytes of JSON, and API Gateway takes " + MOST_BYTES
              + ": put less into the context");
    }
    return text;
  }

  private static Map<String, Object> result(
      String principal, String effect, String methodArn, Map<String, Object> context) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Action", "execute-api:Invoke");
    statement.put("Effect", effect);
    statement.put("Resource", methodArn);
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("Version", "2012-10-17");
    policy.put("Statement", List.of(statement));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("principalId", principal);
    result.put("policyDocument", policy);
    result.put("context", context);
    return result;
  }

  /** Returns what later events of the connection have, with numbers and booleans as JSON text. */
  public static Map<String, String> context(Authorization.Allow allowed, long latencyMillis, JsonCodec json) {
    Map<String, String> values = new LinkedHashMap<>();
    allowed.context().forEach((key, value) -> values.put(key, json.text(value)));
    values.put("principalId", allowed.principal());
    values.put("integrationLatency", Long.toString(latencyMillis));
    return values;
  }
}
