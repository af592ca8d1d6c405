package dev.pinion.tfaws;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import java.util.List;

/**
 * Writes what deletes old versions of the functions, if the variable {@code versions_to_keep} says so. The AWS provider
 * publishes versions, but deletes none, so the AWS CLI does it, after the aliases have moved. A version that an alias
 * names is kept.
 */
final class OldVersions {
  static final String VARIABLE = "versions_to_keep";
  private static final String SCRIPT = """
      for function in $FUNCTIONS; do
        used=" $(aws lambda list-aliases --function-name "$function" \
      --query 'Aliases[].FunctionVersion' --output text | tr '\\t\\n' '  ') "
        versions=$(aws lambda list-versions-by-function --function-name "$function" \
      --query 'Versions[].Version' --output text) || exit 1
        for version in $(echo "$versions" | tr '\\t' '\\n' | grep '^[0-9]' | sort -rn | tail -n +$((KEEP + 1))); do
          case "$used" in *" $version "*) continue ;; esac
          aws lambda delete-function --function-name "$function" --qualifier "$version" || exit 1
        done
      done
      """;

  private OldVersions() {}

  static void add(Plan plan, Hcl hcl, Block resources) {
    if (plan.functions().isEmpty()) return;
    Block aliases = new Block();
    for (FunctionPlan function : plan.functions()) {
      String label = Hcl.label(new Reference(Reference.Kind.FUNCTION, function.path()));
      Reference alias = new Reference(Reference.Kind.ALIAS, function.aliases().getFirst().path());
      aliases.put(label, "${" + hcl.address(alias) + ".function_version}");
    }
    Reference first = new Reference(Reference.Kind.LOG_GROUP, plan.functions().getFirst().path());
    String functions = "${join(\" \", [" + String.join(", ", plan.functions().stream()
        .map(each -> hcl.address(new Reference(Reference.Kind.FUNCTION, each.path())) + ".function_name").toList())
        + "])}";
    Block environment = new Block()
        .put("AWS_REGION", "${" + hcl.address(first) + ".region}")
        .put("FUNCTIONS", functions)
        .put("KEEP", "${var." + VARIABLE + "}");
    resources.in("terraform_data").in("old_versions")
        .put("count", "${var." + VARIABLE + " > 0 ? 1 : 0}")
        .put("triggers_replace", new Block().put("keep", "${var." + VARIABLE + "}").put("versions", aliases))
        .blocks("provisioner", List.of(new Block().put("local-exec", new Block()
            .put("interpreter", List.of("/bin/sh", "-c"))
            .put("command", Hcl.escape(SCRIPT))
            .put("environment", environment))));
  }
}
