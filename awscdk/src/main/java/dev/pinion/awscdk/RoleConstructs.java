package dev.pinion.awscdk;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.PolicyPlan;
import dev.pinion.aws.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.CfnManagedPolicy;
import software.amazon.awscdk.services.iam.CfnRolePolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.ServicePrincipalOpts;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/**
 * Adds roles with their policies. A policy's logical id follows its content, so that an update adds a role's new
 * policies before it removes the old ones, which the old version of the function needs until the alias has moved.
 */
final class RoleConstructs {
  private final TokenText text;
  private final SuppliedValues values;
  private final DeploymentSettings settings;

  RoleConstructs(TokenText text, SuppliedValues values, DeploymentSettings settings) {
    this.text = text;
    this.values = values;
    this.settings = settings;
  }

  /**
   * Returns a role without policies: CDK's own role of a function may write to every log group.
   *
   * @param principal the service that assumes it, for this account
   */
  Role role(Construct scope, String id, String principal) {
    Role.Builder role = Role.Builder.create(scope, id)
        .assumedBy(
            new ServicePrincipal(
                principal,
                ServicePrincipalOpts.builder()
                    .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(scope).getAccount())))
                    .build()));
    settings.rolePath.ifPresent(role::path);
    settings.permissionsBoundary.ifPresent(role::permissionsBoundary);
    return role.build();
  }

  /** Returns the policies of a function's role, as resources of their own. */
  List<CfnResource> policies(FunctionPlan plan, Construct scope, Role role) {
    List<CfnResource> policies = new ArrayList<>();
    for (PolicyPlan each : plan.policies()) {
      String id = plan.policies().size() == 1 ? "Policy" : "Policy" + (policies.size() + 1);
      List<Object> statements = new ArrayList<>(each.statements().stream().flatMap(this::statement).toList());
      boolean network = settings.vpc.isPresent() && !settings.vpcByHandler && policies.isEmpty();
      if (network) statements.add(allow(FunctionPlan.NETWORK, List.of("*")));
      Map<String, Object> document = sorted(Map.of("Version", "2012-10-17", "Statement", statements));
      policies.add(policy(each.kind(), scope, id, role, document));
    }
    return policies;
  }

  /** Adds the only policy of a role by which a service invokes a function. */
  CfnRolePolicy policy(Construct scope, String id, Role role, List<? extends Statement> statements) {
    return CfnRolePolicy.Builder.create(scope, id)
        .roleName(role.getRoleName())
        .policyName("invoke")
        .policyDocument(
            sorted(
                Map.of("Version", "2012-10-17", "Statement", statements.stream().flatMap(this::statement).toList())))
        .build();
  }

  private CfnResource policy(PolicyPlan.Kind kind, Construct scope, String id, Role role,
      Map<String, Object> document) {
    Stack stack = Stack.of(scope);
    String digest = Lazy.uncachedString(_ -> ConstructIds.digest(String.valueOf(stack.resolve(document))));
    CfnResource policy = switch (kind) {
      case INLINE -> CfnRolePolicy.Builder.create(scope, id)
          .roleName(role.getRoleName())
          .policyName("derived-" + digest)
          .policyDocument(document)
          .build();
      case MANAGED -> {
        CfnManagedPolicy.Builder managed = CfnManagedPolicy.Builder.create(scope, id)
            .roles(List.of(role.getRoleName()))
            .policyDocument(document);
        settings.rolePath.ifPresent(managed::path);
        yield managed.build();
      }
    };
    policy.overrideLogicalId(stack.getLogicalId(policy) + digest);
    return policy;
  }

  private Stream<Object> statement(Statement statement) {
    return switch (statement) {
      case Statement.Allow(var actions, var on) -> Stream.of(allow(actions, on.stream().map(text::text).toList()));
      case Statement.PassRole(var role, var service) -> Stream.of(
          Map.of(
              "Effect", "Allow", "Action", List.of("iam:PassRole"), "Resource", List.of(text.text(role)), "Condition",
              Map.of("StringEquals", Map.of("iam:PassedToService", service))));
      case Statement.ReadSecret(String secret) ->
          Stream.of(allow(List.of(values.secret(secret).action()), values.secret(secret).resources()));
      case Statement.DecryptSecret(String secret) -> values.secret(secret).decrypt(text.dnsSuffix()).stream();
    };
  }

  static Map<String, Object> allow(List<String> actions, List<String> on) {
    return Map.of("Effect", "Allow", "Action", actions, "Resource", on);
  }

  /** Keys in one order: the policy's name and logical id come from its text. */
  static Map<String, Object> sorted(Map<?, ?> document) {
    Map<String, Object> sorted = new TreeMap<>();
    document.forEach((key, value) -> sorted.put(String.valueOf(key), sortedValue(requireNonNull(value))));
    return sorted;
  }

  private static Object sortedValue(Object value) {
    return switch (value) {
      case Map<?, ?> map -> sorted(map);
      case List<?> list -> list.stream().map(RoleConstructs::sortedValue).toList();
      default -> value;
    };
  }
}
