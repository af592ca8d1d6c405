package dev.pinion.aws;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.aws.Expression.Attribute;
import dev.pinion.aws.Expression.Join;
import dev.pinion.aws.Expression.Json;
import dev.pinion.aws.Expression.Literal;
import dev.pinion.aws.Expression.Parameter;
import dev.pinion.inspect.Use;
import dev.pinion.spi.RowOperation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/// Plans of small apps, and expressions as text.
final class Plans {
  private Plans() {}

  static Plan of(App app, Map<String, ? extends Collection<Use>> uses) {
    return Planner.plan(Definition.of(app).model(), "app.Chat", uses);
  }

  static Plan of(App app) {
    return of(app, Map.of());
  }

  static Use rows(String table, RowOperation operation) {
    return new Use.Rows(table, operation, Optional.empty());
  }

  static String text(@Nullable Expression expression) {
    return switch (requireNonNull(expression)) {
      case Literal(var text) -> text;
      case Attribute(var resource, var property) ->
          "<" + resource.kind() + " " + resource.path() + " " + property + ">";
      case Parameter(var id) -> "<given " + id + ">";
      case Join(var parts) -> parts.stream().map(Plans::text).collect(Collectors.joining());
      case Json(var values) -> values.entrySet().stream().map(each -> each.getKey() + "=" + text(each.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  /// A function's statements, a line for each, such as `logs:PutLogEvents on <LOG_GROUP ws/$connect ARN>:*`.
  static List<String> statements(Plan plan, String path) {
    return plan.function(path).statements().stream().map(Plans::text).toList();
  }

  private static String text(Statement statement) {
    return switch (statement) {
      case Statement.Allow(var actions, var resources) -> String.join(", ", actions) + " on "
          + resources.stream().map(Plans::text).collect(Collectors.joining(", "));
      case Statement.PassRole(var role, var service) -> "pass " + text(role) + " to " + service;
      case Statement.ReadSecret(var secret) -> "read secret " + secret;
      case Statement.DecryptSecret(var secret) -> "decrypt secret " + secret;
    };
  }

  /// Every expression of a plan.
  static Stream<Expression> expressions(Plan plan) {
    return Stream.of(
        plan.functions().stream().flatMap(each -> each.environment().values().stream()),
        plan.functions().stream().flatMap(each -> each.statements().stream())
            .flatMap(each -> each instanceof Statement.Allow allow ? allow.resources().stream() : Stream.of()),
        plan.webSockets().stream().flatMap(each -> each.deploymentTriggers().values().stream()),
        plan.webSockets().stream().flatMap(each -> each.routes().stream())
            .flatMap(each -> each.caller().stream()),
        plan.outputs().values().stream()).flatMap(each -> each);
  }
}
