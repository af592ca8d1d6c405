package dev.pinion.tfaws;

import dev.pinion.DeploymentOption;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.aws.WebSocketPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the custom domains of APIs, whose names only the variable {@code domains} knows, by the API's id. Several
 * APIs may share a domain, so a domain is one resource for its name.
 */
final class DomainResources {
  static final String VARIABLE = "domains";
  private static final String MAPPINGS = "aws_apigatewayv2_api_mapping";
  private static final String NAMES = "aws_apigatewayv2_domain_name";
  private static final String RECORDS = "aws_route53_record";

  private final Plan plan;
  private final Hcl hcl;
  private final Block resources;
  private final Block locals;

  DomainResources(Plan plan, Hcl hcl, Block resources, Block locals) {
    this.plan = plan;
    this.hcl = hcl;
    this.resources = resources;
    this.locals = locals;
  }

  private static boolean offered(Plan plan) {
    return plan.options().contains(DeploymentOption.CUSTOM_DOMAINS);
  }

  /** Returns an API's address as a template. */
  static String address(Plan plan, Hcl hcl, Reference api) {
    if (offered(plan)) return "${local.addresses[" + Hcl.quoted(api.path()) + "]}";
    return standard(plan, hcl, api);
  }

  /** Returns an API's host with the path of its stage, which an HTTP API has not. */
  private static String standard(Plan plan, Hcl hcl, Reference api) {
    Optional<String> stage = plan.webSockets().stream().filter(each -> each.path().equals(api.path()))
        .map(WebSocketPlan::stage).findFirst();
    return hcl.template(api.get(Property.HOST)) + stage.map(each -> "/" + Hcl.escape(each)).orElse("");
  }

  /** Returns the addresses of what is there once clients can reach the APIs by their domains. */
  static List<String> last(Plan plan) {
    return offered(plan) ? List.of(MAPPINGS + ".apis", RECORDS + ".domains") : List.of();
  }

  static void output(Plan plan, Block outputs) {
    if (!offered(plan)) return;
    String targets = "${{for name, domain in " + NAMES + ".domains : name => {target_domain_name ="
        + " domain.domain_name_configuration[0].target_domain_name, hosted_zone_id ="
        + " domain.domain_name_configuration[0].hosted_zone_id}}}";
    outputs.put(VARIABLE, new Block()
        .put("description", "By custom domain: what its DNS record is an alias of, and the hosted zone of that.")
        .put("value", targets));
  }

  private Stream<Reference> apis() {
    return Stream.concat(
        plan.webSockets().stream().map(each -> new Reference(Kind.API, each.path())),
        plan.httpApis().stream().map(each -> new Reference(Kind.HTTP_API, each.path())));
  }

  void add() {
    if (!offered(plan)) return;
    // All that share a domain say the same about it.
    locals.put(VARIABLE, "${{for name, all in {for domain in values(var.domains) : domain.domain_name => domain...}"
        + " : name => all[0]}}");
    Block addresses = new Block();
    apis().forEach(api -> addresses.put(Hcl.escape(api.path()), address(api)));
    locals.put("addresses", addresses);
    apis().forEach(this::api);
    plan.webSockets().forEach(this::deployment);
    domains();
  }

  private String address(Reference api) {
    String id = Hcl.quoted(api.path());
    String domain = "var.domains[" + id + "]";
    return "${contains(keys(var.domains), " + id + ") ? join(\"/\", compact([" + domain + ".domain_name, " + domain
        + ".base_path])) : \"" + standard(plan, hcl, api) + "\"}";
  }

  private void api(Reference api) {
    String id = Hcl.quoted(api.path());
    resources.in("aws_apigatewayv2_api").in(Hcl.label(api))
        .put("disable_execute_api_endpoint", "${!" + endpoint(api.path()) + "}")
        .put("ip_address_type", "${try(var.domains[" + id + "].ip_address_type, \"ipv4\")}");
  }

  private static String endpoint(String api) {
    return "try(var.domains[" + Hcl.quoted(api) + "].default_endpoint, true)";
  }

  /** Switching the endpoint off takes effect with the next deployment. While it is on, no trigger differs. */
  private void deployment(WebSocketPlan webSocket) {
    String label = Hcl.label(new Reference(Kind.API, webSocket.path()));
    webSocket.deploymentTriggers().entrySet().stream().findFirst()
        .ifPresent(first -> resources.in("aws_apigatewayv2_deployment").in(label).in("triggers").put(
            Hcl.escape(first.getKey()), hcl.template(first.getValue()) + "${" + endpoint(webSocket.path())
                + " ? \"\" : \" without the default endpoint\"}"));
  }

  private String byId(String type, String attribute) {
    return "${{" + apis().map(api -> Hcl.quoted(api.path()) + " = " + type + "." + Hcl.label(api) + "." + attribute)
        .collect(Collectors.joining(", ")) + "}[each.key]}";
  }

  private void domains() {
    resources.in(NAMES).in(VARIABLE)
        .put("for_each", "${local.domains}")
        .put("domain_name", "${each.key}")
        .put("domain_name_configuration", new Block()
            .put("certificate_arn", "${each.value.certificate_arn}")
            .put("endpoint_type", "REGIONAL")
            .put("security_policy", "TLS_1_2")
            .put("ip_address_type", "${each.value.ip_address_type}"))
        .put("tags", "${var.tags}");
    resources.in(MAPPINGS).in("apis")
        .put("for_each", "${var.domains}")
        .put("api_id", byId("aws_apigatewayv2_api", "id"))
        .put("domain_name", "${" + NAMES + ".domains[each.value.domain_name].id}")
        .put("stage", byId("aws_apigatewayv2_stage", "id"))
        .put("api_mapping_key", "${each.value.base_path}");
    String configuration = NAMES + ".domains[each.value.name].domain_name_configuration[0]";
    resources.in(RECORDS).in(VARIABLE)
        .put("for_each", "${{for record in flatten([for name, domain in local.domains : [for type in"
            + " domain.ip_address_type == \"dualstack\" ? [\"A\", \"AAAA\"] : [\"A\"] : {name = name, type = type, zone"
            + " = domain.hosted_zone_id}] if domain.hosted_zone_id != \"\"]) : \"${record.name} ${record.type}\""
            + " => record}}")
        .put("name", "${each.value.name}")
        .put("type", "${each.value.type}")
        .put("zone_id", "${each.value.zone}")
        .put("alias", new Block()
            .put("name", "${" + configuration + ".target_domain_name}")
            .put("zone_id", "${" + configuration + ".hosted_zone_id}")
            .put("evaluate_target_health", false));
  }
}
