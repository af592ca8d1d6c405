package dev.pinion.aws;

import dev.pinion.aws.Statement.Allow;
import dev.pinion.aws.Statement.DecryptSecret;
import dev.pinion.aws.Statement.PassRole;
import dev.pinion.aws.Statement.ReadSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Distributes the statements of a role over IAM policies. During an update, a role has the policies of both versions of
 * its function, so each version uses at most half of what IAM allows: 10,240 characters of inline policies, and ten
 * managed policies of 6,144 characters each.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>
 */
final class Policies {
  private static final int INLINE = 10_240 / 2;
  private static final int MANAGED = 6_144;
  static final int MOST_MANAGED = 10 / 2;

  /** The longest {@code arn:aws-us-gov:execute-api:ap-southeast-2:123456789012:}. */
  private static final int ARN = 55;
  /** What surrounds a table's or function's id in an ARN: the type of the resource, the prefix and a generation. */
  private static final int AROUND_ID = 48;
  private static final int SECRET = 160;
  private static final int KEY = 110;
  /** A config in an ARN: the longest name of a bucket. */
  private static final int CONFIG = 63;

  private Policies() {}

  /** Merges statements with the same resources, and then those with the same actions. The order is kept. */
  static List<Statement> grouped(List<Statement> statements) {
    Map<List<Expression>, Set<String>> byResources = new LinkedHashMap<>();
    List<Statement> others = new ArrayList<>();
    for (Statement statement : statements) {
      if (statement instanceof Allow(var actions, var resources)) {
        byResources.computeIfAbsent(resources, _ -> new TreeSet<>()).addAll(actions);
      } else {
        others.add(statement);
      }
    }
    Map<Set<String>, Set<Expression>> byActions = new LinkedHashMap<>();
    byResources.forEach(
        (resources, actions) -> byActions.computeIfAbsent(actions, _ -> new LinkedHashSet<>()).addAll(resources));
    List<Statement> grouped = new ArrayList<>();
    byActions.forEach((actions, resources) -> grouped.add(allow(actions, resources)));
    grouped.addAll(others);
    return grouped;
  }

  /** Returns one inline policy, or managed policies if one would be too large; there may be too many of those. */
  static List<PolicyPlan> of(List<Statement> statements) {
    List<Statement> grouped = grouped(statements);
    if (size(grouped) <= INLINE) return List.of(new PolicyPlan(PolicyPlan.Kind.INLINE, grouped));
    List<PolicyPlan> policies = new ArrayList<>();
    List<Statement> current = new ArrayList<>();
    for (Statement statement : grouped.stream().flatMap(each -> parts(each).stream()).toList()) {
      current.add(statement);
      if (size(current) > MANAGED) {
        policies.add(new PolicyPlan(PolicyPlan.Kind.MANAGED, current.subList(0, current.size() - 1)));
        current = new ArrayList<>(List.of(statement));
      }
    }
    policies.add(new PolicyPlan(PolicyPlan.Kind.MANAGED, current));
    return policies;
  }

  /** Divides a statement that is too large for a policy by its resources. */
  private static List<Statement> parts(Statement statement) {
    if (!(statement instanceof Allow(var actions, var resources)) || size(List.of(statement)) <= MANAGED) {
      return List.of(statement);
    }
    List<Statement> parts = new ArrayList<>();
    List<Expression> current = new ArrayList<>();
    for (Expression resource : resources) {
      current.add(resource);
      if (current.size() > 1 && size(List.of(allow(actions, current))) > MANAGED) {
        parts.add(allow(actions, current.subList(0, current.size() - 1)));
        current = new ArrayList<>(List.of(resource));
      }
    }
    parts.add(allow(actions, current));
    return parts;
  }

  private static Allow allow(Collection<String> actions, Collection<Expression> resources) {
    return new Allow(List.copyOf(actions), List.copyOf(resources));
  }

  /** Returns an upper estimate of a policy's characters, without white space. */
  static int size(List<Statement> statements) {
    return "{'Version':'2012-10-17','Statement':[]}".length()
        + statements.stream().mapToInt(each -> size(each) + 1).sum();
  }

  private static int size(Statement statement) {
    return switch (statement) {
      case Allow(var actions, var resources) -> "{'Effect':'Allow','Action':[],'Resource':[]}".length()
          + actions.stream().mapToInt(each -> each.length() + 3).sum()
          + resources.stream().mapToInt(each -> size(each) + 3).sum();
      case PassRole(var role, var service) -> 140 + size(role) + service.length();
      case ReadSecret _ -> 120 + 2 * SECRET;
      case DecryptSecret _ -> 220 + KEY;
    };
  }

  /** Returns an upper estimate of the characters of an expression, where JSON escapes what it escapes in HTML too. */
  private static int size(Expression expression) {
    return switch (expression) {
      case Expression.Literal(String text) ->
          text.getBytes(StandardCharsets.UTF_8).length + 5 * text.replaceAll("[^<>&\"\\\\]", "").length();
      case Expression.Attribute(Reference resource, Reference.Property _) ->
          ARN + AROUND_ID + resource.slug().length();
      case Expression.Parameter _ -> CONFIG;
      case Expression.Join(var parts) -> parts.stream().mapToInt(Policies::size).sum();
      case Expression.Json(var values) -> values.values().stream().mapToInt(Policies::size).sum();
    };
  }
}
