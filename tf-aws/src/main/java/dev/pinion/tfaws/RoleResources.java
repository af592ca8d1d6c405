package dev.pinion.tfaws;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.PolicyPlan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Slugs;
import dev.pinion.aws.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes roles with their policies. A policy's name follows its content, so that an update adds a role's new policies
 * before it removes the old ones.
 *
 * <p>Account and region are taken from the function's log group. A data source would not be read before an apply when
 * the module depends on other resources, and every resource would seem to change.
 */
final class RoleResources {
  private static final String POLICY_VERSION = "2012-10-17";
  /** The most characters of a role's name, without two hyphens and the digits that follow its path. */
  private static final int LONGEST_NAME = 64 - 2 - 8;

  private final Hcl hcl;
  private final Block resources;
  private final Block locals;

  RoleResources(Hcl hcl, Block resources, Block locals) {
    this.hcl = hcl;
    this.resources = resources;
    this.locals = locals;
  }

  /** Writes a function's role, and returns the addresses of its policies. */
  List<String> add(FunctionPlan function) {
    String label = Hcl.label(of(Kind.ROLE, function));
    String logs = hcl.address(of(Kind.LOG_GROUP, function));
    role(of(Kind.ROLE, function), function.path(), "lambda.amazonaws.com", logs);
    List<String> addresses = new ArrayList<>();
    for (PolicyPlan policy : function.policies()) {
      String numbered = function.policies().size() == 1 ? label : label + "-" + (addresses.size() + 1);
      locals.put("policy_" + numbered, policy(policy.statements().stream().flatMap(this::statement).toList()));
      addresses.add(policy(function, policy, numbered));
    }
    return addresses;
  }

  /**
   * Writes the role by which a service invokes a function, with its only policy, and returns the address of the policy.
   */
  String add(Reference role, String principal, List<? extends Statement> statements, FunctionPlan function) {
    String label = Hcl.label(role);
    role(role, role.path() + "/schedule", principal, hcl.address(of(Kind.LOG_GROUP, function)));
    locals.put("policy_" + label, policy(statements.stream().flatMap(this::statement).toList()));
    resources.in("aws_iam_role_policy").in(label)
        .put("name", "invoke")
        .put("role", "${" + hcl.address(role) + ".name}")
        .put("policy", "${jsonencode(local.policy_" + label + ")}");
    return "aws_iam_role_policy." + label;
  }

  private void role(Reference role, String unique, String principal, String logs) {
    String label = Hcl.label(role);
    locals.put("trust_" + label, policy(List.of(trust(principal, logs))));
    resources.in("aws_iam_role").in(label)
        .put("name", name(role, unique, logs))
        .put("path", "${var.role_path}")
        .put("permissions_boundary", "${var.permissions_boundary == \"\" ? null : var.permissions_boundary}")
        .put("assume_role_policy", "${jsonencode(local.trust_" + label + ")}")
        .put("tags", "${var.tags}");
  }

  private static Block trust(String principal, String logs) {
    return new Block().put("Effect", "Allow")
        .put("Principal", new Block().put("Service", principal))
        .put("Action", "sts:AssumeRole")
        .put("Condition", new Block().put(
            "StringEquals", new Block().put("aws:SourceAccount", "${split(\":\", " + logs + ".arn)[4]}")));
  }

  /**
   * Returns a name with the region, as IAM is global; the path is cut where the name would be too long. To IAM, two
   * names that differ only in case are the same, so the digits of a prefix with capitals follow the prefix too.
   */
  private static String name(Reference role, String unique, String logs) {
    String region = logs + ".region";
    String digits = "${var.prefix == lower(var.prefix) ? \"" + Slugs.digest(unique)
        + "\" : substr(sha256(\"${var.prefix}/" + Hcl.inQuotes(unique) + "\"), 0, 8)}";
    return "${local.prefix}${substr(" + Hcl.quoted(role.readable()) + ", 0, " + LONGEST_NAME
        + " - length(local.prefix) - length(" + region + "))}-" + digits + "-${" + region + "}";
  }

  /** Writes a policy, and returns the address of what allows its statements to the role. */
  private String policy(FunctionPlan function, PolicyPlan policy, String label) {
    String role = hcl.address(of(Kind.ROLE, function));
    String document = "jsonencode(" + document("local.policy_" + label, policy) + ")";
    String digest = "${substr(sha256(" + document + "), 0, 8)}";
    Block replacedFirst = new Block().put("create_before_destroy", true);
    if (policy.kind() == PolicyPlan.Kind.INLINE) {
      resources.in("aws_iam_role_policy").in(label)
          .put("name", "derived-" + digest)
          .put("role", "${" + role + ".name}")
          .put("policy", "${" + document + "}")
          .put("lifecycle", replacedFirst);
      return "aws_iam_role_policy." + label;
    }
    resources.in("aws_iam_policy").in(label)
        .put("name", "${" + role + ".name}-" + digest)
        .put("path", "${var.role_path}")
        .put("policy", "${" + document + "}")
        .put("tags", "${var.tags}")
        .put("lifecycle", replacedFirst);
    resources.in("aws_iam_role_policy_attachment").in(label)
        .put("role", "${" + role + ".name}")
        .put("policy_arn", "${aws_iam_policy." + label + ".arn}")
        .put("lifecycle", replacedFirst);
    return "aws_iam_role_policy_attachment." + label;
  }

  /** Returns the policy with the statements that depend on whether a key's ARN is given. */
  private String document(String local, PolicyPlan policy) {
    String decrypting = policy.statements().stream()
        .filter(Statement.DecryptSecret.class::isInstance)
        .map(each -> ", " + decrypt(((Statement.DecryptSecret) each).secret()))
        .collect(Collectors.joining());
    if (decrypting.isEmpty()) return local;
    return "merge(" + local + ", {Statement = concat(" + local + ".Statement" + decrypting + ")})";
  }

  private String decrypt(String secret) {
    String parts = "split(\":\", " + hcl.parameter(secret) + ")";
    String service = "\"${" + parts + "[2]}.${" + parts + "[3]}.amazonaws.com${" + parts
        + "[1] == \"aws-cn\" ? \".cn\" : \"\"}\"";
    return "[for key in compact([" + hcl.key(secret)
        + "]) : {Effect = \"Allow\", Action = [\"kms:Decrypt\"], Resource ="
        + " [key], Condition = {StringEquals = {\"kms:ViaService\" = " + service + "}}}]";
  }

  private static Block policy(List<Block> statements) {
    return new Block().put("Version", POLICY_VERSION).blocks("Statement", statements);
  }

  private Stream<Block> statement(Statement statement) {
    Block block = new Block().put("Effect", "Allow");
    return switch (statement) {
      case Statement.Allow(var actions, var on) -> Stream.of(
          block.put("Action", actions).put("Resource", on.stream().map(hcl::template).toList()));
      case Statement.PassRole(var role, var service) -> Stream.of(
          block.put("Action", List.of("iam:PassRole")).put("Resource", List.of(hcl.template(role)))
              .put("Condition", new Block().put("StringEquals", new Block().put("iam:PassedToService", service))));
      case Statement.ReadSecret(String secret) -> Stream.of(read(hcl.parameter(secret), block));
      case Statement.DecryptSecret _ -> Stream.of();
    };
  }

  /** An ARN of Secrets Manager may lack the six characters at its end, and does not show whether it does. */
  private static Block read(String arn, Block block) {
    String parameter = "split(\":\", " + arn + ")[2] == \"ssm\" ? ";
    return block
        .put("Action", List.of("${" + parameter + "\"ssm:GetParameter\" : \"secretsmanager:GetSecretValue\"}"))
        .put("Resource", "${" + parameter + "[" + arn + "] : [" + arn + ", \"${" + arn + "}-??????\"]}");
  }

  private static Reference of(Kind kind, FunctionPlan function) {
    return new Reference(kind, function.path());
  }
}
