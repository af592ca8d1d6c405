package dev.pinion.aws;

import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.aws.WebSocketPlan.AuthorizerPlan;
import dev.pinion.aws.WebSocketPlan.RouteAuthorization;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.List;

/** Plans who may connect to a WebSocket. */
final class AccessPlanner {
  private AccessPlanner() {}

  /** API Gateway authorizes on {@code $connect} only. */
  static RouteAuthorization authorization(AccessModel access, RouteModel route) {
    if (!route.key().equals("$connect")) return RouteAuthorization.NONE;
    if (access.authorizer().isPresent()) return RouteAuthorization.CUSTOM;
    return access.iam() ? RouteAuthorization.AWS_IAM : RouteAuthorization.NONE;
  }

  static AuthorizerPlan authorizer(WebSocketModel webSocket, AuthorizerModel authorizer) {
    Expression api = new Reference(Kind.API, webSocket.id()).get(Property.EXECUTION_ARN);
    Expression id = new Reference(Kind.AUTHORIZER, authorizer.path()).get(Property.ID);
    return new AuthorizerPlan(
        authorizer.path(), authorizer.identitySource(), Expression.join(api, "/authorizers/", id));
  }

  static Expression trigger(AuthorizerPlan authorizer) {
    return spaced(
        List.of(
            new Reference(Kind.AUTHORIZER, authorizer.path()).get(Property.ID),
            new Reference(Kind.ALIAS, authorizer.path()).get(Property.INVOKE_ARN),
            new Expression.Literal(authorizer.identitySource().orElse("-"))));
  }

  /** Joins what a deployment follows. */
  static Expression spaced(List<Expression> parts) {
    List<Expression> spaced = new ArrayList<>();
    parts.forEach(part -> {
      if (!spaced.isEmpty()) spaced.add(new Expression.Literal(" "));
      spaced.add(part);
    });
    return new Expression.Join(spaced);
  }
}
