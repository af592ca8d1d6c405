package dev.pinion.aws;

import dev.pinion.spi.HttpApiModel.Cors;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP API with its routes and its stage, which is deployed automatically.
 *
 * @param path the HTTP API's id
 * @param name the API's name, which follows the prefix
 * @param cors what pages of other origins may do
 * @param authorizer of all routes
 * @param routes in order
 */
public record HttpApiPlan(
    String path, String name, Optional<Cors> cors, Optional<JwtPlan> authorizer, List<HttpRoutePlan> routes) {

  /** The stage, which is no part of the URL. */
  public static final String STAGE = "$default";

  /** The format of events and answers. */
  public static final String PAYLOAD_FORMAT = "2.0";

  public HttpApiPlan {
    routes = List.copyOf(routes);
  }

  /**
   * A JWT authorizer, which API Gateway itself has.
   *
   * @param path the API's, a slash and {@code $authorize}
   * @param issuer of the tokens
   * @param audiences one of which a token must have
   * @param identitySource where the token is
   */
  public record JwtPlan(String path, Expression issuer, List<Expression> audiences, String identitySource) {
    /** The authorizer's name, of which an API has one. */
    public static final String NAME = "jwt";

    public JwtPlan {
      audiences = List.copyOf(audiences);
    }
  }

  /**
   * A route, the integration that it targets, and the permission for API Gateway to invoke the function's alias.
   *
   * @param path the handler's
   * @param key the route key
   * @param timeout how long API Gateway waits for the function, in milliseconds
   * @param caller the source ARN that may invoke the function; empty if a route before it permits that
   */
  public record HttpRoutePlan(String path, String key, int timeout, Optional<Expression> caller) {}
}
