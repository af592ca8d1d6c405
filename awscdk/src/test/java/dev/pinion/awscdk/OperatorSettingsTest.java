package dev.pinion.awscdk;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.pinion.App;
import dev.pinion.tfaws.TerraformModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.sns.Topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Domains, logs and alarms, set in a CDK app and as parameters of a stack.
@NeedsNode
@Tag("slow")
final class OperatorSettingsTest {
  private static final Program OPERATED = Program.compiled(Program.ROOT.resolve(".ci/programs/Operated.java"));
  private static final Class<? extends App> APP = OPERATED.app();
  private static final String CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/one";
  private static final String DEPLOYMENT = "AWS::ApiGatewayV2::Deployment";
  private static final String STAGE = "AWS::ApiGatewayV2::Stage";

  private Stack stack = new Stack();

  @BeforeEach
  void newStack() {
    stack = new Stack(
        new software.amazon.awscdk.App(AppProps.builder().analyticsReporting(false).build()), "Stack");
  }

  private ICertificate certificate() {
    return Certificate.fromCertificateArn(stack, "Certificate" + stack.getNode().getChildren().size(), CERTIFICATE);
  }

  private CustomDomain domain(String name) {
    return CustomDomain.of(name, certificate());
  }

  private PinionApp app(OperatorSettings settings) {
    return PinionApp.Builder.create(stack, "App", APP).code(Program.ZIP).operators(settings).build();
  }

  private Set<String> deployments() {
    return Template.fromStack(stack).findResources(DEPLOYMENT).keySet();
  }

  @Test
  void aDomainIsWhereClientsAndHandlersReachTheApi() {
    var zone = HostedZone.fromHostedZoneAttributes(
        stack, "Zone", HostedZoneAttributes.builder().hostedZoneId("Z1").zoneName("example.com").build());
    PinionApp app = app(OperatorSettings.create()
        .domain("chat", domain("ws.example.com").hostedZone(zone).dualStack())
        .domain("news", domain("ws.example.com").hostedZone(zone).dualStack().basePath("news"))
        .domain("shop", domain("api.example.com").basePath("shop")));
    assertThat(app.url("chat")).isEqualTo("wss://ws.example.com");
    assertThat(app.callbackUrl("news")).isEqualTo("https://ws.example.com/news");
    assertThat(app.httpUrl("shop")).isEqualTo("https://api.example.com/shop");
    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::ApiGatewayV2::DomainName", 2);
    template.resourceCountIs("AWS::ApiGatewayV2::ApiMapping", 3);
    template.hasResourceProperties("AWS::ApiGatewayV2::ApiMapping", Map.of("ApiMappingKey", "news", "Stage", "live"));
    template.hasResourceProperties("AWS::Route53::RecordSet", Map.of("Type", "A", "HostedZoneId", "Z1"));
    template.hasResourceProperties("AWS::Route53::RecordSet", Map.of("Type", "AAAA", "Name", "ws.example.com"));
    template.resourceCountIs("AWS::Route53::RecordSet", 2);
    assertThat(template.toJSON().toString()).contains("wss://ws.example.com/news")
        .contains("/live/POST/@connections/*").doesNotContain("/news/POST/@connections");
  }

  @Test
  void switchingOffTheEndpointIsAnotherDeploymentAndADomainAloneIsNot() {
    app(OperatorSettings.create());
    Set<String> before = deployments();
    newStack();
    app(OperatorSettings.create().domain("chat", domain("ws.example.com")));
    assertThat(deployments()).isEqualTo(before);
    newStack();
    app(OperatorSettings.create().domain("chat", domain("ws.example.com").withoutDefaultEndpoint()));
    Set<String> after = new HashSet<>(deployments());
    Template.fromStack(stack).hasResourceProperties("AWS::ApiGatewayV2::Api",
        Map.of("DisableExecuteApiEndpoint", true));
    after.removeAll(before);
    assertThat(after).hasSize(1).allMatch(id -> id.contains("chat"));
  }

  @Test
  void logsAndAlarmsAreSet() {
    app(OperatorSettings.create().accessLogs().executionLogs("ERROR").detailedMetrics().accountRole()
        .alarms(Topic.fromTopicArn(stack, "Topic", "arn:aws:sns:eu-west-1:123456789012:operators")));
    Template template = Template.fromStack(stack);
    template.resourcePropertiesCountIs(STAGE, Map.of("DefaultRouteSettings", Map.of(
        "LoggingLevel", "ERROR", "DetailedMetricsEnabled", true, "ThrottlingBurstLimit", 5000)), 2);
    template.allResourcesProperties(STAGE, Map.of("AccessLogSettings", Map.of("Format", Match.anyValue())));
    template.hasResource("AWS::ApiGateway::Account", Map.of("DeletionPolicy", "Retain"));
    template.allResourcesProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 30));
    template.allResourcesProperties("AWS::CloudWatch::Alarm", Map.of(
        "AlarmActions", List.of("arn:aws:sns:eu-west-1:123456789012:operators")));
  }

  @Test
  void whatDoesNotFitIsTold() {
    assertThatThrownBy(() -> app(OperatorSettings.create().domain("chats", domain("ws.example.com"))))
        .hasMessage("PinionApp 'App' has no API 'chats' that could have a domain: it has chat, news, shop");
    newStack();
    assertThatThrownBy(() -> app(OperatorSettings.create().domain("chat", domain("ws.example.com"))
        .domain("shop", domain("ws.example.com").basePath("shop"))))
        .hasMessageContaining("a WebSocket and an HTTP API cannot share the domain ws.example.com");
    newStack();
    assertThatThrownBy(() -> app(OperatorSettings.create().domain("chat", domain("ws.example.com"))
        .domain("news", domain("ws.example.com")))).hasMessageContaining("have the same domain and path");
    assertThat(domain("ws.xn--e1afmkfd.xn--p1ai").name).isEqualTo("ws.xn--e1afmkfd.xn--p1ai");
    assertThatThrownBy(() -> domain("WS.example.com")).hasMessageContaining("in lower case");
    assertThatThrownBy(() -> domain("ws.example.com").basePath("a/b")).hasMessageContaining("one segment");
    assertThatThrownBy(() -> OperatorSettings.create().executionLogs("DEBUG")).hasMessageContaining("ERROR or INFO");
  }

  @Test
  void theParametersOfAStackDecide(@TempDir Path folder) throws IOException {
    Path out = OPERATED.assembly(folder.resolve("out"));
    var template = JsonParser.parseString(Files.readString(out.resolve("Operated.template.json"))).getAsJsonObject();
    assertThat(template.getAsJsonObject("Parameters").keySet()).contains(
        "ChatDomainName", "ChatDomainCertificateArn", "ChatDomainHostedZoneId", "ChatDomainBasePath",
        "ShopDomainIpAddressType", "AccessLogs", "ExecutionLogs", "DetailedMetrics", "ApiGatewayAccountRole",
        "AlarmTopicArn");
    Set<String> optional = new TreeSet<>();
    for (JsonElement each : template.getAsJsonObject("Resources").asMap().values()) {
      String type = each.getAsJsonObject().get("Type").getAsString();
      if (each.getAsJsonObject().has("Condition")) optional.add(type);
      else assertThat(type).doesNotMatch("AWS::(CloudWatch|ApiGateway|Route53)::.*|.*(DomainName|ApiMapping)");
    }
    assertThat(optional).containsExactly("AWS::ApiGateway::Account", "AWS::ApiGatewayV2::ApiMapping",
        "AWS::ApiGatewayV2::Deployment", "AWS::ApiGatewayV2::DomainName", "AWS::CloudWatch::Alarm", "AWS::IAM::Role",
        "AWS::Logs::LogGroup", "AWS::Route53::RecordSet");
    assertThat(template.toString()).contains("{\"Fn::If\":[\"HasChatDomainName\"");
  }

  @Test
  void bothTargetsHaveTheSameAlarmsAndFormats() {
    app(OperatorSettings.create().accessLogs()
        .alarms(Topic.fromTopicArn(stack, "Topic", "arn:aws:sns:eu-west-1:123456789012:operators")));
    Template template = Template.fromStack(stack);
    var resources = JsonParser.parseString(Objects.requireNonNull(
        TerraformModule.files(AppCode.of(APP).plan()).get("main.tf.json"))).getAsJsonObject()
        .getAsJsonObject("resource");
    Set<String> cdk = new TreeSet<>();
    template.findResources("AWS::CloudWatch::Alarm").values()
        .forEach(each -> cdk.add(alarm((Map<?, ?>) Objects.requireNonNull(each.get("Properties")), "AlarmDescription",
            "MetricName", "Namespace", "Statistic", "Threshold", "Period", "EvaluationPeriods", "ComparisonOperator",
            "TreatMissingData")));
    Set<String> terraform = new TreeSet<>();
    resources.getAsJsonObject("aws_cloudwatch_metric_alarm").asMap().values()
        .forEach(each -> terraform.add(alarm(each.getAsJsonObject().asMap(), "alarm_description", "metric_name",
            "namespace", "statistic", "threshold", "period", "evaluation_periods", "comparison_operator",
            "treat_missing_data")));
    assertThat(cdk).isEqualTo(terraform).hasSizeGreaterThan(20);
    assertThat(template.findResources(STAGE).values().toString()).contains(
        resources.getAsJsonObject("aws_apigatewayv2_stage").asMap().values().stream()
            .map(each -> each.getAsJsonObject().getAsJsonObject("dynamic").getAsJsonObject("access_log_settings")
                .getAsJsonObject("content").get("format").getAsString())
            .toArray(String[]::new));
  }

  private static String alarm(Map<?, ?> properties, String... names) {
    return Stream.of(names)
        .map(name -> String.valueOf(properties.get(name)).replace("\"", "").replaceFirst("\\.0$", ""))
        .collect(Collectors.joining("|"));
  }
}
