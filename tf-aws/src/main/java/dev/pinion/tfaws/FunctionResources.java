package dev.pinion.tfaws;

import dev.pinion.aws.AliasPlan;
import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.spi.FunctionSettings;
import java.util.List;

/** Writes functions, each with its log group, role and aliases. */
final class FunctionResources {
  private static final int LONGEST_DESCRIPTION = 256;

  private final Hcl hcl;
  private final Block resources;
  private final RoleResources roles;

  FunctionResources(Hcl hcl, Block resources, Block locals) {
    this.hcl = hcl;
    this.resources = resources;
    this.roles = new RoleResources(hcl, resources, locals);
  }

  /** Writes a function, and returns the addresses of the policies of its role. */
  List<String> add(FunctionPlan function) {
    String label = Hcl.label(of(Kind.FUNCTION, function));
    resources.in("aws_cloudwatch_log_group").in(label)
        .put("name", "/aws/lambda/" + Hcl.name(of(Kind.FUNCTION, function)))
        .put("retention_in_days", "${var.log_retention_days}")
        .put("tags", "${var.tags}");
    List<String> policies = roles.add(function);
    function(function, label, policies);
    function.aliases().forEach(each -> alias(each, function, policies));
    if (function.recursiveLoop()) {
      resources.in("aws_lambda_function_recursion_config").in(label)
          .put("function_name", "${" + address(Kind.FUNCTION, function) + ".function_name}")
          .put("recursive_loop", "Allow");
    }
    return policies;
  }

  private void alias(AliasPlan alias, FunctionPlan function, List<String> policies) {
    Reference reference = new Reference(Kind.ALIAS, alias.path());
    String label = Hcl.label(reference);
    resources.in("aws_lambda_alias").in(label)
        .put("name", alias.name())
        .put("function_name", "${" + address(Kind.FUNCTION, function) + ".function_name}")
        .put("function_version", "${" + address(Kind.FUNCTION, function) + ".version}")
        // The policies of the old version are removed only after the alias has left it.
        .put("depends_on", policies);
    function.settings().provisionedConcurrency().ifPresent(
        instances -> resources.in("aws_lambda_provisioned_concurrency_config").in(label)
            .put("function_name", "${" + hcl.address(reference) + ".function_name}")
            .put("qualifier", "${" + hcl.address(reference) + ".name}")
            .put("provisioned_concurrent_executions", instances));
  }

  private void function(FunctionPlan function, String label, List<String> policies) {
    Block variables = new Block();
    function.environment().forEach((name, value) -> variables.put(name, hcl.template(value)));
    FunctionSettings settings = function.settings();
    Block block = resources.in("aws_lambda_function").in(label)
        .put("function_name", Hcl.name(of(Kind.FUNCTION, function)))
        .put("description", description(function))
        .put("role", "${" + address(Kind.ROLE, function) + ".arn}")
        // Its name follows its content, but for line numbers: a hash of the file would publish a comment.
        .put("filename", "${local.package}")
        .put("handler", FunctionPlan.HANDLER)
        .put("runtime", FunctionPlan.RUNTIME)
        .put("architectures", List.of(settings.architecture().orElse("${var.architecture}")))
        .put("memory_size", "${lookup(var.memory, " + Hcl.quoted(function.path()) + ", " + function.memory() + ")}")
        .put("timeout", function.timeout())
        .put("publish", true);
    if (settings.snapStart()) block.put("snap_start", new Block().put("apply_on", "PublishedVersions"));
    settings(settings, block);
    block.put("environment", new Block().put("variables", variables))
        .put("logging_config", new Block().put("log_format", "Text")
            .put("log_group", "${" + address(Kind.LOG_GROUP, function) + ".name}"))
        .put("tags", "${var.tags}")
        // A version's snapshot is taken while it is published, and by then the function reads its secrets.
        .put("depends_on", policies);
  }

  private static void settings(FunctionSettings settings, Block block) {
    settings.reservedConcurrency().ifPresent(calls -> block.put("reserved_concurrent_executions", calls));
    if (!settings.layers().isEmpty()) block.put("layers", settings.layers());
    if (settings.vpc()) {
      block.put("vpc_config", new Block().put("subnet_ids", "${var." + VariablesFile.SUBNETS + "}")
          .put("security_group_ids", "${var." + VariablesFile.SECURITY_GROUPS + "}"));
    }
    if (settings.tracing()) block.put("tracing_config", new Block().put("mode", "Active"));
    if (settings.ephemeralStorage() > FunctionSettings.EPHEMERAL_STORAGE) {
      block.put("ephemeral_storage", new Block().put("size", settings.ephemeralStorage()));
    }
  }

  private static String description(FunctionPlan function) {
    return Hcl.escape(function.path().substring(0, Math.min(LONGEST_DESCRIPTION, function.path().length())));
  }

  private String address(Kind kind, FunctionPlan function) {
    return hcl.address(of(kind, function));
  }

  private static Reference of(Kind kind, FunctionPlan function) {
    return new Reference(kind, function.path());
  }
}
