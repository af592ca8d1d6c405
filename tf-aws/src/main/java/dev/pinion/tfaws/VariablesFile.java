package dev.pinion.tfaws;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.SecretArns;
import dev.pinion.aws.TableHistory;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.ValueModel;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code variables.tf.json}: the deployment settings. */
final class VariablesFile {
  private static final String RETENTIONS =
      "0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";

  static final String SUBNETS = "subnet_ids";
  static final String SECURITY_GROUPS = "security_group_ids";

  private final Block variables = new Block();

  private VariablesFile() {}

  static Block of(Plan plan, TableHistory history, String comment) {
    VariablesFile file = new VariablesFile();
    file.common(plan);
    if (!plan.httpApis().isEmpty()) file.throttling("API", "");
    else if (!plan.webSockets().isEmpty()) file.throttling("WebSocket", " over all its connections");
    file.roles();
    if (plan.functions().stream().anyMatch(each -> each.settings().vpc())) file.network();
    if (!plan.functions().isEmpty()) file.versions();
    if (!plan.tables().isEmpty() || !history.removed(plan).isEmpty()) file.tables();
    OptionVariables.add(plan, file.variables);
    plan.values().forEach(file::value);
    return new Block().put("//", comment).put("variable", file.variables);
  }

  private void common(Plan plan) {
    variable("prefix", "string", "The prefix of all names. Two prefixes are two deployments.")
        .put("default", plan.prefix());
    validate(
        "prefix",
        "length(var.prefix) <= " + Plan.LONGEST_PREFIX
            + " && can(regex(\"^[a-zA-Z0-9_]+(-[a-zA-Z0-9_]+)*$\", var.prefix))",
        "A prefix has 1 to " + Plan.LONGEST_PREFIX
            + " of a-z, A-Z, 0-9, _ and -, with single hyphens between other characters.");
    variable("tags", "map(string)", "The tags of all resources that support tags.").put("default", new Block());
    variable("log_retention_days", "number", "The number of days that logs are kept; 0 keeps them forever.")
        .put("default", 30);
    validate(
        "log_retention_days",
        "contains([" + RETENTIONS + "], var.log_retention_days)",
        "CloudWatch Logs allows " + RETENTIONS + ".");
    variable("memory", "map(number)", "MiB of memory by handler, such as { \"" + example(plan)
        + "\" = 1024 }. Default: what the program states.").put("default", new Block());
    String handlers = plan.functions().stream().map(each -> Hcl.quoted(each.path())).collect(Collectors.joining(", "));
    validate(
        "memory",
        "alltrue([for handler, mebibytes in var.memory : contains([" + handlers
            + "], handler) && mebibytes >= 128 && mebibytes <= 10240])",
        "Memory is 128 to 10240 MiB, for a handler of the app: "
            + plan.functions().stream().map(FunctionPlan::path).map(Hcl::escape).collect(Collectors.joining(", "))
            + ".");
    variable("architecture", "string", "The processor architecture of the functions: arm64 or x86_64.").put("default",
        "arm64");
    validate(
        "architecture", "contains([\"arm64\", \"x86_64\"], var.architecture)",
        "The architecture must be arm64 or x86_64.");
  }

  private static String example(Plan plan) {
    return plan.functions().stream().findFirst().map(FunctionPlan::path).map(Hcl::escape).orElse("handler");
  }

  private void throttling(String each, String over) {
    variable(
        "throttling_rate_limit", "number", "The rate limit of each " + each + ", in requests per second" + over + ".")
        .put("default", 10_000);
    variable("throttling_burst_limit", "number", "The burst limit of each " + each + ", in requests.")
        .put("default", 5_000);
    for (String limit : new String[] {"throttling_rate_limit", "throttling_burst_limit"}) {
      validate(limit, "var." + limit + " >= 1", "With a limit below 1, every request is answered 429.");
    }
  }

  private void roles() {
    variable("role_path", "string", "The path of the roles and policies in IAM, such as /apps/.").put("default", "/");
    validate(
        "role_path",
        "can(regex(\"^/([a-zA-Z0-9_.,+=@-]+/)*$\", var.role_path))",
        "A path begins and ends with a slash.");
    variable("permissions_boundary", "string", "The ARN of the permissions boundary of the roles; empty without one.")
        .put("default", "");
    validate(
        "permissions_boundary",
        "var.permissions_boundary == \"\""
            + " || can(regex(\"^arn:[^:]+:iam::[^:]*:policy/.+$\", var.permissions_boundary))",
        "A permissions boundary is the ARN of an IAM policy.");
  }

  private void network() {
    network(SUBNETS, "The ids of the subnets of the functions that run in a network.", "subnet-");
    network(SECURITY_GROUPS, "The ids of the security groups of those functions.", "sg-");
  }

  private void network(String name, String description, String start) {
    variable(name, "list(string)", description);
    validate(
        name,
        "length(var." + name + ") > 0 && alltrue([for id in var." + name + " : startswith(id, \"" + start + "\")])",
        "At least one is needed, and each begins with " + start + ".");
  }

  private void versions() {
    variable(
        OldVersions.VARIABLE, "number", "The number of versions of each function that are kept; older ones are deleted"
            + " with the AWS CLI after a deployment. 0 keeps all, and needs no AWS CLI.")
        .put("default", 0);
    validate(
        OldVersions.VARIABLE,
        "var." + OldVersions.VARIABLE + " >= 0 && floor(var." + OldVersions.VARIABLE + ") == var."
            + OldVersions.VARIABLE,
        "The number of versions is a whole number, 0 or more.");
  }

  private void tables() {
    variable(
        "protect_tables", "bool",
        "Whether AWS refuses to delete the tables. Recommended where builds begin with an empty"
            + " folder, as `pinion compile` cannot compare with the last compilation there.")
        .put("default", false);
    variable(
        "table_generations", "map(number)", "By table id, the number of an empty table that replaces the one before,"
            + " whose rows are lost, such as { \"users\" = 2 }. Keep the entry while the table exists.")
        .put("default", new Block());
    validate(
        "table_generations",
        "alltrue([for number in values(var.table_generations) : number >= 1 && floor(number) == number])",
        "A generation is a whole number, 1 or more.");
    variable(
        "destroyed_tables", "set(string)", "The ids of tables that are no longer in the program and may be destroyed"
            + " with their rows.")
        .put("default", List.of());
  }

  private void value(ValueModel value) {
    String name = Hcl.variable(value);
    String place = " (" + value.location() + ")";
    switch (value) {
      case ConfigModel config -> variable(name, "string", "The app's config " + config.id() + place + ".");
      case SecretModel secret -> {
        variable(
            name,
            "string",
            "The ARN of the app's secret " + secret.id() + place
                + ": of a Secrets Manager secret, or of a parameter of Systems Manager.")
            .put("sensitive", true);
        validate(
            name,
            "can(regex(\"^" + SecretArns.PATTERN + "$\", var." + name + "))",
            "This must be the ARN of one secret or parameter, without wildcards, and never the secret's value.");
        String key = Hcl.keyVariable(secret);
        variable(
            key,
            "string",
            "The ARN of the customer-managed key that encrypts the secret " + secret.id() + "; empty without one.")
            .put("default", "");
        validate(
            key,
            "var." + key + " == \"\" || can(regex(\"^" + SecretArns.KEY_PATTERN + "$\", var." + key + "))",
            "This must be the ARN of a key, not of an alias.");
      }
    }
  }

  private Block variable(String name, String type, String description) {
    return variables.in(name).put("type", type).put("description", description).put("nullable", false);
  }

  private void validate(String name, String condition, String message) {
    variables.in(name)
        .put("validation", new Block().put("condition", "${" + condition + "}").put("error_message", message));
  }
}
