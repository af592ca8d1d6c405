package dev.pinion;

import dev.pinion.spi.JwtRules;
import java.util.Map;
import java.util.Optional;

/**
 * Decides by JWTs who may call an {@link HttpApi}. On AWS it is API Gateway's own JWT authorizer, which calls no
 * function: it is told {@link #rules}. On the developer's machine, {@link #claims} decides in its place. The module
 * {@code pinion-jwt} has one, {@code Jwt}.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">API Gateway:
 *     JWT authorizers</a>
 */
public interface HttpAuthorizer {
  /**
   * What API Gateway checks. Called in {@link App#define}.
   *
   * @throws IllegalStateException if API Gateway cannot check it; the message says why
   */
  JwtRules rules();

  /**
   * Returns the claims of a request's token, as API Gateway passes them on; empty if the request gets 401. Any thread.
   */
  Optional<Map<String, String>> claims(HttpCall request);
}
