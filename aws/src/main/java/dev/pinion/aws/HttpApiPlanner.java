package dev.pinion.aws;

import dev.pinion.aws.HttpApiPlan.HttpRoutePlan;
import dev.pinion.aws.HttpApiPlan.JwtPlan;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.Event;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpRouteKey;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.JwtRules;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the plans of HTTP APIs. */
final class HttpApiPlanner {
  private HttpApiPlanner() {}

  /** Returns an API with its routes. */
  static HttpApiPlan plan(HttpApiModel api) {
    Set<String> shared = new HashSet<>();
    return new HttpApiPlan(
        api.id(), Planner.apiName(api.name()), api.cors(), api.authorizer().map(each -> authorizer(api, each.rules())),
        api.routes().stream().map(each -> route(each, caller(api, each, shared))).toList());
  }

  private static JwtPlan authorizer(HttpApiModel api, JwtRules rules) {
    return new JwtPlan(
        api.id() + "/" + Event.Authorize.KEY, text(rules.issuer()),
        rules.audiences().stream().map(HttpApiPlanner::text).toList(), rules.identitySource());
  }

  private static Expression text(JwtRules.Text text) {
    return switch (text) {
      case JwtRules.Literal(String value) -> new Expression.Literal(value);
      case JwtRules.OfConfig(String id) -> new Expression.Parameter(id);
    };
  }

  /**
   * Returns what may invoke a route's function. If routes share it, the first of them lets the whole API do it: a
   * function's policy would have no room for many routes.
   */
  private static Optional<Expression> caller(HttpApiModel api, HttpRouteModel route, Set<String> shared) {
    Expression arn = new Reference(Kind.HTTP_API, api.id()).get(Property.EXECUTION_ARN);
    Optional<String> name = route.options().settings().name();
    if (name.isEmpty()) return Optional.of(Expression.join(arn, "/*/" + resource(route)));
    return shared.add(name.get()) ? Optional.of(Expression.join(arn, "/*/*")) : Optional.empty();
  }

  private static String resource(HttpRouteModel route) {
    HttpRouteKey key = HttpRouteKey.parse(route.key());
    String method = key.method().equals(HttpRouteKey.ANY) ? "*" : key.method();
    return key.isDefault() ? HttpRouteKey.DEFAULT : method + "/" + String.join("/", key.segments());
  }

  private static HttpRoutePlan route(HttpRouteModel route, Optional<Expression> caller) {
    return new HttpRoutePlan(
        route.path(), route.key(), (int) ApiGatewayQuotas.HTTP_INTEGRATION_TIMEOUT.toMillis(), caller);
  }

  /** Returns where clients reach an API. The stage is no part of it, so it refers to no route and no function. */
  static Expression url(HttpApiModel api) {
    return Expression.join("https://", new Reference(Kind.HTTP_API, api.id()).get(Property.ADDRESS));
  }

  /** Returns what outputs say of an API. */
  static Expression output(HttpApiModel api) {
    Reference reference = new Reference(Kind.HTTP_API, api.id());
    Map<String, Expression> values = new LinkedHashMap<>();
    values.put("url", url(api));
    values.put("apiId", reference.get(Property.ID));
    values.put("executionArn", reference.get(Property.EXECUTION_ARN));
    return new Expression.Json(values);
  }
}
