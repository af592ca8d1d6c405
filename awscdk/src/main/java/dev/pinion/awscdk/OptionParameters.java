package dev.pinion.awscdk;

import dev.pinion.DeploymentOption;
import dev.pinion.aws.ApiLogs;
import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.WebSocketPlan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnRule;
import software.amazon.awscdk.CfnRuleAssertion;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.Stack;

/** Adds the parameters of a stack for the deployment options of its app, and the settings that follow them. */
final class OptionParameters {
  private static final String DOMAIN = "^(([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59}))?$";

  private final Stack stack;
  private final OperatorSettings settings = OperatorSettings.create();

  private OptionParameters(Stack stack) {
    this.stack = stack;
  }

  static OperatorSettings of(Stack stack, Plan plan) {
    OptionParameters all = new OptionParameters(stack);
    for (DeploymentOption option : plan.options()) {
      switch (option) {
        case CUSTOM_DOMAINS -> {
          List<String> webSockets = plan.webSockets().stream().map(WebSocketPlan::path).toList();
          List<String> httpApis = plan.httpApis().stream().map(HttpApiPlan::path).toList();
          all.domains(webSockets);
          webSockets.forEach(all::deployments);
          all.domains(httpApis);
          webSockets.forEach(each -> httpApis.forEach(other -> all.apart(each, other)));
        }
        case API_LOGS -> all.logs(plan);
        case ALARMS -> all.alarms();
      }
    }
    return all.settings;
  }

  private CfnParameter text(String name, String description, String pattern) {
    return CfnParameter.Builder.create(stack, name).description(description).defaultValue("").allowedPattern(pattern)
        .build();
  }

  private CfnParameter oneOf(String name, String description, List<String> values) {
    return CfnParameter.Builder.create(stack, name).description(description).defaultValue(values.getFirst())
        .allowedValues(values).build();
  }

  private Choice unless(CfnParameter parameter, String value) {
    CfnCondition condition = new CfnCondition(stack, "Has" + parameter.getNode().getId());
    condition.setExpression(Fn.conditionNot(Fn.conditionEquals(parameter.getValueAsString(), value)));
    return Choice.when(condition);
  }

  private Choice when(String name, ICfnConditionExpression expression) {
    CfnCondition condition = new CfnCondition(stack, name);
    condition.setExpression(expression);
    return Choice.when(condition);
  }

  /** Adds the parameters for the domains of APIs of one kind, which may share a domain. */
  private void domains(List<String> apis) {
    for (int i = 0; i < apis.size(); i++) {
      CustomDomain domain = domain(apis.get(i));
      share(apis.get(i), domain, apis.subList(0, i));
      zone(apis.get(i), domain);
      settings.domain(apis.get(i), domain);
    }
  }

  /** A WebSocket with its default endpoint has another deployment than without. */
  private void deployments(String webSocket) {
    CustomDomain domain = settings.domain(webSocket).orElseThrow();
    domain.withEndpoint = when(start(webSocket) + "NotOnly", Fn.conditionNot(condition(domain.withoutEndpoint)));
  }

  private CustomDomain domain(String api) {
    String start = start(api);
    CfnParameter name = text(start + "Name", "The custom domain of " + api + "; empty without one.", DOMAIN);
    CustomDomain domain = new CustomDomain(
        name.getValueAsString(),
        text(start + "CertificateArn", "The ARN of the certificate of that domain.", "^(arn:aws[a-z-]*:acm:.+)?$")
            .getValueAsString());
    CfnParameter zone = text(
        start + "HostedZoneId", "The hosted zone that gets the domain's DNS records; empty without records.",
        "^[A-Z0-9]*$");
    CfnParameter path = text(
        start + "BasePath", "The path of " + api + " in that domain: one segment, or empty.", "^[A-Za-z0-9._-]*$");
    CfnParameter type = oneOf(start + "IpAddressType", "Who can connect to that domain.", List.of("ipv4", "dualstack"));
    CfnParameter endpoint = oneOf(
        start + "DefaultEndpoint", "Whether " + api + " can also be reached without that domain.",
        List.of("true", "false"));
    domain.chosen = unless(name, "");
    domain.basePath = path.getValueAsString();
    domain.hasBasePath = unless(path, "");
    domain.zone = zone.getValueAsString();
    domain.hasZone = unless(zone, "");
    domain.dualStack = unless(type, "ipv4");
    domain.withoutEndpoint = when(
        start + "Only",
        Fn.conditionAnd(condition(domain.chosen), Fn.conditionEquals(endpoint.getValueAsString(), "false")));
    return domain;
  }

  /** Lets an API share the domain of one of the APIs before it, which the domain is made for then. */
  private void share(String api, CustomDomain domain, List<String> before) {
    ICfnConditionExpression made = condition(domain.chosen);
    for (String each : before) {
      CustomDomain other = settings.domain(each).orElseThrow();
      ICfnConditionExpression same = Fn.conditionEquals(domain.name, other.name);
      Choice shares = when(
          start(api) + "IsThatOf" + camel(each),
          Fn.conditionAnd(condition(domain.chosen), condition(other.made()), same));
      domain.shared.put(each, shares);
      made = Fn.conditionAnd(made, Fn.conditionNot(condition(shares)));
      rule(start(api) + "LikeThatOf" + camel(each), Fn.conditionAnd(named(domain), same), List.of(
          assertion("APIs that share a domain need the same certificate, hosted zone and IP address type: " + api
              + " and " + each + " differ.",
              Fn.conditionAnd(
                  Stream.of("CertificateArn", "HostedZoneId", "IpAddressType").map(name -> same(api, each, name))
                      .toArray(ICfnConditionExpression[]::new))),
          assertion(api + " and " + each + " have the same domain and path: give one of them another base path.",
              Fn.conditionNot(Fn.conditionEquals(domain.basePath, other.basePath)))));
    }
    if (!before.isEmpty()) domain.made = when(start(api) + "Made", made);
  }

  /** Refuses a domain that a WebSocket and an HTTP API share. */
  private void apart(String webSocket, String http) {
    CustomDomain domain = settings.domain(webSocket).orElseThrow();
    String other = settings.domain(http).orElseThrow().name;
    rule(start(webSocket) + "ApartFrom" + camel(http), named(domain), List.of(assertion(
        "A WebSocket and an HTTP API cannot share a domain, but " + webSocket + " and " + http + " do.",
        Fn.conditionNot(Fn.conditionEquals(domain.name, other)))));
  }

  private static ICfnConditionExpression named(CustomDomain domain) {
    return Fn.conditionNot(Fn.conditionEquals(domain.name, ""));
  }

  private static CfnRuleAssertion assertion(String description, ICfnConditionExpression value) {
    return CfnRuleAssertion.builder().assertValue(value).assertDescription(description).build();
  }

  private void rule(String name, ICfnConditionExpression when, List<CfnRuleAssertion> assertions) {
    CfnRule.Builder.create(stack, name).ruleCondition(when).assertions(assertions).build();
  }

  private ICfnConditionExpression same(String api, String other, String parameter) {
    return Fn.conditionEquals(value(api, parameter), value(other, parameter));
  }

  private String value(String api, String parameter) {
    return ((CfnParameter) stack.getNode().findChild(start(api) + parameter)).getValueAsString();
  }

  private void zone(String api, CustomDomain domain) {
    CfnCondition made = condition(domain.made());
    CfnCondition hasZone = condition(domain.hasZone);
    domain.hasZone = when(start(api) + "HasRecord", Fn.conditionAnd(made, hasZone));
    domain.hasSecondRecord =
        when(start(api) + "HasSecondRecord", Fn.conditionAnd(made, hasZone, condition(domain.dualStack)));
  }

  private static String start(String api) {
    return camel(api) + "Domain";
  }

  private static CfnCondition condition(Choice choice) {
    if (choice.when() == null) throw new IllegalArgumentException("decided already");
    return choice.when();
  }

  private void logs(Plan plan) {
    List<String> no = List.of("false", "true");
    settings.accessLogs = unless(
        oneOf("AccessLogs", "Whether API Gateway logs each connection, message and request.", no), "false");
    settings.detailedMetrics =
        unless(oneOf("DetailedMetrics", "Whether API Gateway's metrics are also by route.", no), "false");
    if (plan.webSockets().isEmpty()) return;
    CfnParameter level =
        oneOf("ExecutionLogs", "What API Gateway logs of its own work for WebSockets.", ApiLogs.LEVELS);
    settings.executionLogs = unless(level, "OFF");
    settings.executionLevel = level.getValueAsString();
    settings.accountRole = unless(
        oneOf("ApiGatewayAccountRole", "Whether this stack makes the role by which API Gateway writes logs. All APIs of"
            + " the region use it, so it stays when the stack is deleted.", no),
        "false");
  }

  private void alarms() {
    CfnParameter topic = text(
        "AlarmTopicArn", "The ARN of the SNS topic that alarms notify; empty without alarms.",
        "^(arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\\.fifo)?)?$");
    settings.topic = topic.getValueAsString();
    settings.alarms = unless(topic, "");
  }

  private static String camel(String api) {
    String words = Stream.of(api.split("[^a-zA-Z0-9]+", -1)).filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)).collect(Collectors.joining());
    // Two ids may have the same letters and digits.
    return words.equalsIgnoreCase(api) ? words : words + ConstructIds.digest(api).substring(0, 4);
  }
}
