package dev.pinion.tfaws;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Statement;
import java.util.List;

/** Writes functions, each with its log group, role and alias. */
final class FunctionResources {
  private static final int LONGEST_DESCRIPTION = 256;
  private static final String POLICY_VERSION = "2012-10-17";

  private final Hcl hcl;
  private final Block resources;
  private final Block locals;

  FunctionResources(Hcl hcl, Block resources, Block locals) {
    this.hcl = hcl;
    this.resources = resources;
    this.locals = locals;
    Block trust = new Block().put("Effect", "Allow")
        .put("Principal", new Block().put("Service", "lambda.amazonaws.com"))
        .put("Action", "sts:AssumeRole");
    locals.put("trust", policy(List.of(trust)));
  }

  void add(FunctionPlan function) {
    String label = hcl.label(function.path());
    resources.in("aws_cloudwatch_log_group").in(label)
        .put("name", "/aws/lambda/" + hcl.name(function.path()))
        .put("retention_in_days", "${var.log_retention_days}")
        .put("tags", "${var.tags}");
    resources.in("aws_iam_role").in(label)
        .put("name", hcl.name(function.path()))
        .put("assume_role_policy", "${jsonencode(local.trust)}")
        .put("tags", "${var.tags}");
    String policy = "policy_" + label;
    locals.put(policy, policy(function.statements().stream().map(this::statement).toList()));
    resources.in("aws_iam_role_policy").in(label)
        .put("name", "derived")
        .put("role", "${" + address(Kind.ROLE, function) + ".name}")
        .put("policy", "${jsonencode(local." + policy + ")}");
    function(function, label);
    resources.in("aws_lambda_alias").in(label)
        .put("name", FunctionPlan.ALIAS)
        .put("function_name", "${" + address(Kind.FUNCTION, function) + ".function_name}")
        .put("function_version", "${" + address(Kind.FUNCTION, function) + ".version}");
  }

  private void function(FunctionPlan function, String label) {
    Block variables = new Block();
    function.environment().forEach((name, value) -> variables.put(name, hcl.template(value)));
    resources.in("aws_lambda_function").in(label)
        .put("function_name", hcl.name(function.path()))
        .put("description", description(function))
        .put("role", "${" + address(Kind.ROLE, function) + ".arn}")
        .put("filename", "${path.module}/" + TerraformModule.ZIP)
        .put("source_code_hash", "${filebase64sha256(\"${path.module}/" + TerraformModule.ZIP + "\")}")
        .put("handler", FunctionPlan.HANDLER)
        .put("runtime", FunctionPlan.RUNTIME)
        .put("architectures", List.of("${var.architecture}"))
        .put("memory_size", "${lookup(var.memory, " + Hcl.quoted(function.path()) + ", " + function.memory() + ")}")
        .put("timeout", function.timeout())
        .put("publish", true)
        .put("snap_start", new Block().put("apply_on", "PublishedVersions"))
        .put("environment", new Block().put("variables", variables))
        .put("logging_config", new Block().put("log_format", "Text")
            .put("log_group", "${" + address(Kind.LOG_GROUP, function) + ".name}"))
        .put("tags", "${var.tags}")
        // A version's snapshot is taken while it is published, and by then the function reads its secrets.
        .put("depends_on", List.of("aws_iam_role_policy." + label));
  }

  private static String description(FunctionPlan function) {
    return Hcl.escape(function.path().substring(0, Math.min(LONGEST_DESCRIPTION, function.path().length())));
  }

  private String address(Kind kind, FunctionPlan function) {
    return hcl.address(new Reference(kind, function.path()));
  }

  private static Block policy(List<Block> statements) {
    return new Block().put("Version", POLICY_VERSION).blocks("Statement", statements);
  }

  private Block statement(Statement statement) {
    Block block = new Block().put("Effect", "Allow");
    return switch (statement) {
      case Statement.Allow(var actions, var resources) ->
          block.put("Action", actions).put("Resource", resources.stream().map(hcl::template).toList());
      case Statement.ReadSecret(String secret) -> {
        String arn = hcl.parameter(secret);
        yield block.put("Action", List.of(
            "${split(\":\", " + arn + ")[2] == \"ssm\" ? \"ssm:GetParameter\" : \"secretsmanager:GetSecretValue\"}"))
            .put("Resource", List.of("${" + arn + "}"));
      }
    };
  }
}
