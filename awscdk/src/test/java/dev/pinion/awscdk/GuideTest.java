package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.DeploymentOption;
import dev.pinion.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What docs/deploy-cdk.md shows.
@NeedsNode
final class GuideTest {
  /// A lobby, as in the examples.
  static final class Lobby implements App {
    @Override
    public void define(Cloud cloud) {
      Config greeting = cloud.config("greeting");
      var password = cloud.secret("password");
      WebSocket ws = cloud.webSocket("lobby").create();
      ws.onMessage((c, name) -> ws.sendMessage(c.id(), greeting.value() + password.value() + name));
    }
  }

  /// A stack with that lobby.
  static final class LobbyStack extends Stack {
    LobbyStack() {
      PinionApp.Builder.create(this, "Lobby", Lobby.class)
          .config("greeting", "Welcome")
          .secret("password", Secret.fromSecretNameV2(this, "Password", "lobby-password"))
          .memory("lobby/$default", 1024)
          .logRetention(RetentionDays.ONE_YEAR)
          .build();
    }
  }

  /// Another app.
  static final class Chat implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.webSocket("chat").create().onMessage((c, body) -> {});
    }
  }

  /// An app whose deployment offers all settings.
  static final class Operated implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.deploymentOptions(
          DeploymentOption.CUSTOM_DOMAINS, DeploymentOption.API_LOGS, DeploymentOption.ALARMS);
      cloud.webSocket("chat").create().onMessage((c, body) -> {});
    }
  }

  /// A stack with everything that operators set.
  static final class OperatedStack extends Stack {
    OperatedStack() {
      var certificate = Certificate.fromCertificateArn(
          this, "Certificate", "arn:aws:acm:eu-west-1:123456789012:certificate/one");
      var zone = HostedZone.fromHostedZoneAttributes(
          this, "Zone", HostedZoneAttributes.builder().hostedZoneId("Z1").zoneName("example.com").build());
      var topic = new Topic(this, "Operators");
      var chat = PinionApp.Builder.create(this, "Chat", Operated.class)
          .code(Program.ZIP)
          .operators(OperatorSettings.create()
              .domain("chat", CustomDomain.of("ws.example.com", certificate).hostedZone(zone).dualStack())
              .accessLogs()
              .executionLogs("ERROR")
              .accountRole()
              .alarms(topic))
          .build();
      var stage = (CfnStage) requireNonNull(chat.stage("chat").getNode().getDefaultChild());
      stage.addPropertyOverride("RouteSettings", Map.of("$connect", Map.of("ThrottlingRateLimit", 100)));
    }
  }

  /// A stack whose functions' file is named.
  static final class NamedStack extends Stack {
    NamedStack() {
      PinionApp.Builder.create(this, "Chat", Chat.class).code(Path.of("chat/target/tf-aws/function.zip")).build();
    }
  }

  @Test
  void settingsAreTaken() {
    Template template = Template.fromStack(new LobbyStack());
    template.hasResourceProperties("AWS::Lambda::Function", Map.of("MemorySize", 1024));
    template.hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 365));
  }

  @Test
  void whatOperatorsSetIsTaken() {
    Template template = Template.fromStack(new OperatedStack());
    template.hasResourceProperties("AWS::ApiGatewayV2::DomainName", Map.of("DomainName", "ws.example.com"));
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", Map.of(
        "RouteSettings", Map.of("$connect", Map.of("ThrottlingRateLimit", 100))));
    template.hasResourceProperties("AWS::CloudWatch::Alarm", Map.of("MetricName", "ExecutionError"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(NamedStack::new).hasMessageContaining("function.zip: it is not a file");
  }
}
