package dev.pinion.awscdk;

import dev.pinion.DeploymentOption;
import dev.pinion.aws.ApiLogs;
import dev.pinion.aws.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;

/** Adds the parameters of a stack for the deployment options of its app, and the settings that follow them. */
final class OptionParameters {
  private static final String DOMAIN = "^(([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63})?$";

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
          plan.webSockets().forEach(each -> all.domain(each.path()));
          plan.httpApis().forEach(each -> all.domain(each.path()));
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

  private Choice all(String name, CfnCondition... conditions) {
    CfnCondition condition = new CfnCondition(stack, name);
    condition.setExpression(Fn.conditionAnd(conditions));
    return Choice.when(condition);
  }

  private void domain(String api) {
    String start = camel(api) + "Domain";
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
    domain.chosen = unless(name, "");
    domain.basePath = path.getValueAsString();
    domain.hasBasePath = unless(path, "");
    domain.zone = zone.getValueAsString();
    CfnCondition chosen = condition(domain.chosen);
    CfnCondition hasZone = condition(unless(zone, ""));
    domain.dualStack = unless(type, "ipv4");
    domain.hasZone = all(start + "HasRecord", chosen, hasZone);
    domain.hasSecondRecord = all(start + "HasSecondRecord", chosen, hasZone, condition(domain.dualStack));
    settings.domain(api, domain);
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
