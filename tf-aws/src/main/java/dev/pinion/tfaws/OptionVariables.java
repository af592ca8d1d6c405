package dev.pinion.tfaws;

import dev.pinion.DeploymentOption;
import dev.pinion.aws.ApiLogs;
import dev.pinion.aws.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the variables of the deployment options. */
final class OptionVariables {
  private static final String DOMAIN = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\\\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})";

  private final Plan plan;
  private final Block variables;

  private OptionVariables(Plan plan, Block variables) {
    this.plan = plan;
    this.variables = variables;
  }

  static void add(Plan plan, Block variables) {
    OptionVariables all = new OptionVariables(plan, variables);
    for (DeploymentOption option : plan.options()) {
      switch (option) {
        case CUSTOM_DOMAINS -> all.domains();
        case API_LOGS -> all.logs();
        case ALARMS -> all.alarms();
      }
    }
  }

  private Block variable(String name, String type, String description) {
    return variables.in(name).put("type", type).put("description", description).put("nullable", false);
  }

  private static Block validation(String condition, String message) {
    return new Block().put("condition", "${" + condition + "}").put("error_message", message);
  }

  private static String list(Stream<String> ids) {
    return ids.map(Hcl::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private void domains() {
    List<String> ids = new ArrayList<>(plan.webSockets().stream().map(each -> each.path()).toList());
    List<String> http = plan.httpApis().stream().map(each -> each.path()).toList();
    ids.addAll(http);
    Block domains = variable(
        DomainResources.VARIABLE,
        "map(object({domain_name = string, certificate_arn = string, hosted_zone_id = optional(string, \"\"),"
            + " base_path = optional(string, \"\"), ip_address_type = optional(string, \"ipv4\"), default_endpoint ="
            + " optional(bool, true)}))",
        "By API, its custom domain: name, ARN of its certificate, id of the hosted zone that gets its DNS records,"
            + " path, ipv4 or dualstack, and whether the default endpoint stays.")
        .put("default", new Block());
    String of = "for domain in values(var.domains) : ";
    List<Block> checks = new ArrayList<>(List.of(
        validation("length(setsubtract(keys(var.domains), " + list(ids.stream()) + ")) == 0",
            "The APIs of the app are " + ids.stream().map(Hcl::escape).collect(Collectors.joining(", ")) + "."),
        validation("alltrue([" + of + "can(regex(\"^" + DOMAIN + "$\", domain.domain_name))])",
            "A domain_name is a name such as ws.example.com, in lower case."),
        validation("alltrue([" + of + "can(regex(\"^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$\","
            + " domain.certificate_arn))])", "A certificate_arn is that of a certificate of ACM in the APIs' region."),
        validation("alltrue([" + of + "can(regex(\"^[A-Za-z0-9._-]*$\", domain.base_path))])",
            "A base_path is one segment of a path, without slashes: letters, digits, dots, hyphens and underscores."),
        validation("alltrue([" + of + "contains([\"ipv4\", \"dualstack\"], domain.ip_address_type)])",
            "An ip_address_type is ipv4 or dualstack."),
        validation("length(distinct([" + of + "[domain.domain_name, domain.base_path]])) == length(var.domains)",
            "Two APIs have the same domain_name and base_path: give one of them another base_path."),
        validation("length(distinct([" + of + "domain.domain_name])) == length(distinct([" + of
            + "[domain.domain_name, domain.certificate_arn, domain.hosted_zone_id, domain.ip_address_type]]))",
            "APIs that share a domain_name need the same certificate_arn, hosted_zone_id and ip_address_type.")));
    if (!plan.webSockets().isEmpty() && !http.isEmpty()) {
      String kind = "for id, domain in var.domains : domain.domain_name if contains(" + list(http.stream()) + ", id)";
      checks.add(validation(
          "length(setintersection([" + kind + "], [" + kind.replace(" if ", " if !") + "])) == 0",
          "A WebSocket and an HTTP API cannot share a domain_name: API Gateway refuses that."));
    }
    domains.blocks("validation", checks);
  }

  private void logs() {
    variable(LogResources.ACCESS, "bool", "Whether API Gateway logs each connection, message and request, as JSON."
        + " For WebSockets, the account needs a role, see " + LogResources.ACCOUNT + ".").put("default", false);
    variable(LogResources.METRICS, "bool", "Whether API Gateway's metrics are also by route.").put("default", false);
    if (plan.webSockets().isEmpty()) return;
    String levels = ApiLogs.LEVELS.stream().map(Hcl::quoted).collect(Collectors.joining(", ", "[", "]"));
    variable(LogResources.EXECUTION, "string", "What API Gateway logs of its own work for WebSockets: OFF, ERROR or"
        + " INFO.")
        .put("default", "OFF")
        .blocks("validation", List.of(validation(
            "contains(" + levels + ", var." + LogResources.EXECUTION + ")", "The level must be OFF, ERROR or INFO.")));
    variable(LogResources.ACCOUNT, "bool", "Whether the AWS CLI makes the role by which API Gateway writes logs, if the"
        + " account has none in this region. All APIs of the region use it, so it is never removed.")
        .put("default", false);
  }

  private void alarms() {
    variable(AlarmResources.VARIABLE, "string", "The ARN of the SNS topic that alarms notify; empty without alarms.")
        .put("default", "")
        .blocks("validation", List.of(validation(
            "var." + AlarmResources.VARIABLE + " == \"\" || can(regex(\"^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:"
                + "[A-Za-z0-9_-]+(\\\\.fifo)?$\", var." + AlarmResources.VARIABLE + "))",
            "This must be the ARN of a topic.")));
  }
}
