package dev.pinion.awscdk;

import dev.pinion.App;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.RemovalPolicies;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteOptions;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.ssm.SecureStringParameterAttributes;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.IConstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// An app among other constructs.
@NeedsNode
@Tag("slow")
final class PinionAppTest {
  private static final String DEPLOYMENT = "AWS::ApiGatewayV2::Deployment";
  private static final Class<? extends App> CHAT = Program.example("Chat").app();
  private static final Class<? extends App> LOBBY = Program.example("Lobby").app();

  private software.amazon.awscdk.App cdk = new software.amazon.awscdk.App();
  private Stack stack = new Stack();

  @BeforeEach
  void newStack() {
    cdk = new software.amazon.awscdk.App(AppProps.builder().analyticsReporting(false).build());
    stack = new Stack(cdk, "Stack");
  }

  private PinionApp chat() {
    return builder("Chat", CHAT).build();
  }

  private PinionApp.Builder builder(String id, Class<? extends App> app) {
    return PinionApp.Builder.create(stack, id, app).code(Program.ZIP);
  }

  @Test
  void otherConstructsAttachAsUsual() {
    PinionApp chat = chat();
    Role reader = Role.Builder.create(stack, "Reader").assumedBy(new ServicePrincipal("lambda.amazonaws.com")).build();
    chat.table("WebSocketTable").grantReadData(reader);
    Alarm.Builder.create(stack, "Errors").metric(chat.function("my-websocket/$default").metricErrors()).threshold(1)
        .evaluationPeriods(1).build();
    chat.stage("my-websocket").metric("MessageCount");
    Template template = Template.fromStack(stack);
    template.hasResourceProperties("AWS::CloudWatch::Alarm", Map.of("Namespace", "AWS/Lambda"));
    template.hasResourceProperties("AWS::IAM::Policy", Map.of(
        "PolicyDocument", Map.of("Statement", Match.arrayWith(List.of(
            Match.objectLike(Map.of("Action", Match.arrayWith(List.of("dynamodb:Query")))))))));
    assertThat(stack.resolve(chat.url("my-websocket"))).asString().contains("wss://").endsWith("/prod]]}");
    assertThat(stack.resolve(chat.callbackUrl("my-websocket"))).asString().contains("https://").endsWith("/prod]]}");
  }

  @Test
  void aNameThatIsNotThereIsToldWithThoseThatAre() {
    PinionApp chat = chat();
    assertThatThrownBy(() -> chat.function("my-websocket/$conect")).hasMessage(
        "the app has no function 'my-websocket/$conect': it has my-websocket/$connect, my-websocket/$disconnect,"
            + " my-websocket/$default");
    assertThatThrownBy(() -> chat.table("Table")).hasMessage("the app has no table 'Table': it has WebSocketTable");
    assertThatThrownBy(() -> chat.url("ws")).hasMessage("the app has no webSocket 'ws': it has my-websocket");
  }

  @Test
  void appsAndStacksDoNotCollide() {
    chat();
    builder("Second", CHAT).build();
    PinionApp.Builder.create(new Stack(cdk, "Other"), "Chat", CHAT).code(Program.ZIP).build();
    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::DynamoDB::GlobalTable", 2);
    template.resourceCountIs(DEPLOYMENT, 2);
    assertThat(String.valueOf(template.toJSON().get("Resources"))).contains("FunctionName={Ref=")
        .doesNotContainPattern("\\b(TableName|FunctionName|RoleName|LogGroupName)=[A-Za-z]");
    assertThat(String.valueOf(template.toJSON().get("Outputs"))).contains("Url").doesNotContain("Export");
  }

  @Test
  void tagsAndRemovalPoliciesReachEverything() {
    chat();
    Tags.of(stack).add("team", "talk");
    RemovalPolicies.of(stack).destroy();
    Template template = Template.fromStack(stack);
    Map<String, Object> tag = Map.of("Key", "team", "Value", "talk");
    for (String type : List.of("AWS::Lambda::Function", "AWS::IAM::Role", "AWS::Logs::LogGroup")) {
      template.allResourcesProperties(type, Map.of("Tags", List.of(tag)));
    }
    template.allResourcesProperties("AWS::ApiGatewayV2::Api", Map.of("Tags", Map.of("team", "talk")));
    template.allResourcesProperties("AWS::ApiGatewayV2::Stage", Map.of("Tags", Map.of("team", "talk")));
    template.allResourcesProperties(
        "AWS::DynamoDB::GlobalTable", Map.of("Replicas", List.of(Match.objectLike(Map.of("Tags", List.of(tag))))));
    template.allResources("AWS::DynamoDB::GlobalTable", Map.of("DeletionPolicy", "Delete"));
    template.allResources("AWS::Logs::LogGroup", Map.of("DeletionPolicy", "Delete"));
  }

  @Test
  void aNetworkAddsOneStatement() {
    builder("Chat", CHAT).vpc(Vpc.Builder.create(stack, "Vpc").build()).build();
    Template template = Template.fromStack(stack);
    template.allResourcesProperties("AWS::Lambda::Function", Map.of("VpcConfig", Match.anyValue()));
    assertThat(template.findResources("AWS::IAM::RolePolicy").values()).hasSize(3)
        .allSatisfy(policy -> assertThat(policy.toString()).containsOnlyOnce("Resource=[*]")
            .contains("ec2:CreateNetworkInterface"));
    template.allResourcesProperties("AWS::IAM::Role", Map.of("ManagedPolicyArns", Match.absent()));
  }

  @Test
  void settingsAreTaken() {
    builder("Chat", CHAT).memory("my-websocket/$default", 2048).architecture(Architecture.X86_64)
        .logRetention(RetentionDays.ONE_WEEK).throttle(ThrottleSettings.builder().rateLimit(7).build()).build();
    Template template = Template.fromStack(stack);
    template.resourcePropertiesCountIs("AWS::Lambda::Function", Map.of("MemorySize", 2048), 1);
    template.allResourcesProperties("AWS::Lambda::Function", Map.of("Architectures", List.of("x86_64")));
    template.allResourcesProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 7));
    template.allResourcesProperties("AWS::ApiGatewayV2::Stage", Map.of(
        "DefaultRouteSettings", Map.of("ThrottlingRateLimit", 7, "ThrottlingBurstLimit", 5000)));
  }

  @Test
  void settingsThatDoNotFitAreTold() {
    assertThatThrownBy(() -> builder("A", CHAT).memory("my-websocket", 128).build())
        .hasMessageStartingWith(
            "PinionApp 'A' has no handler 'my-websocket' whose memory could be set: it has my-websocket/");
    assertThatThrownBy(() -> builder("B", CHAT).throttle(ThrottleSettings.builder().burstLimit(0).build()))
        .hasMessageContaining("burstLimit is 0");
    assertThatThrownBy(() -> builder("C", CHAT).code(Program.ROOT.resolve("README.md")).build())
        .hasMessageContaining("README.md: its name ends neither in .zip nor in .jar");
  }

  @Test
  void eachKindOfSecretIsReadByItsOwnAction() {
    builder("One", LOBBY).config("greeting", "Hello").secret("password", new Secret(stack, "Secret")).build();
    builder("Two", LOBBY).config("greeting", "Hello")
        .secret("password", StringParameter.fromSecureStringParameterAttributes(
            stack, "Parameter", SecureStringParameterAttributes.builder().parameterName("/password").build()))
        .build();
    builder("Three", LOBBY).config("greeting", "Hello")
        .secret("password", "arn:aws:ssm:eu-west-1:123456789012:parameter/other").build();
    Template template = Template.fromStack(stack);
    Set<String> readers = template.findResources("AWS::IAM::RolePolicy").values().stream().map(Objects::toString)
        .filter(role -> role.contains("password") || role.contains("GetSecretValue") || role.contains("GetParameter"))
        .map(role -> role.contains("secretsmanager:GetSecretValue") ? "secret"
            : role.contains("parameter/other") ? "arn" : "parameter")
        .collect(Collectors.toSet());
    assertThat(readers).containsExactlyInAnyOrder("secret", "parameter", "arn");
  }

  @Test
  void aSecretIsReadWithAndWithoutTheCharactersAtTheEndOfItsArn() {
    builder("Lobby", LOBBY).config("greeting", "Hello")
        .secret("password", Secret.fromSecretNameV2(stack, "Password", "lobby-password")).build();
    assertThat(readers()).singleElement().asString()
        .contains(":secret:lobby-password]]}", ":secret:lobby-password-??????]]}").doesNotContain("kms");
  }

  @Test
  void aKeyOfItsOwnMayBeUsedThroughTheServiceThatStoresTheSecret() {
    Key key = new Key(stack, "Key");
    builder("One", LOBBY).config("greeting", "Hello")
        .secret("password", Secret.Builder.create(stack, "Secret").encryptionKey(key).build()).build();
    assertThat(readers()).singleElement().asString().contains("kms:Decrypt", "kms:ViaService", "Arn");
    newStack();
    builder("Two", LOBBY).config("greeting", "Hello")
        .secret("password", "arn:aws:ssm:eu-west-1:123456789012:parameter/password")
        .secretKey("password", new Key(stack, "Key")).build();
    assertThat(readers()).singleElement().asString().contains("kms:Decrypt", "ssm.eu-west-1.");
    assertThatThrownBy(() -> builder("Three", LOBBY).config("greeting", "Hello")
        .secret("password", "arn:aws:ssm:eu-west-1:123456789012:parameter/password")
        .secretKey("greeting", new Key(stack, "Other")).build())
        .hasMessageContaining("PinionApp 'Three' is given a key of 'greeting', but its app declares no");
  }

  private List<String> readers() {
    return Template.fromStack(stack).findResources("AWS::IAM::RolePolicy").values().stream().map(Objects::toString)
        .filter(policy -> policy.contains("GetSecretValue") || policy.contains("GetParameter")).toList();
  }

  @Test
  void aConfigThatCloudFormationWouldReplaceIsRefused() {
    for (String value : List.of("Hello {{resolve:ssm:name}}", "{{resolve:secretsmanager:password}}")) {
      assertThatThrownBy(() -> builder("Lobby" + value.length(), LOBBY).config("greeting", value)
          .secret("password", new Secret(stack, "Secret" + value.length())).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("config 'greeting' has a value that CloudFormation would replace by another one");
    }
    builder("Token", LOBBY).config("greeting", StringParameter.valueForStringParameter(stack, "greeting"))
        .secret("password", new Secret(stack, "Secret")).build();
  }

  @Test
  void noWildcardIsASecret() {
    assertThatThrownBy(() -> builder("Lobby", LOBBY).config("greeting", "Hello")
        .secret("password", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:*").build())
        .hasMessageContaining("secret 'password' is not given as the ARN of a secret");
  }

  @Test
  void aTokensValueIsEscapedInJsonAndPublishesAVersion() {
    CfnParameter greeting = CfnParameter.Builder.create(stack, "Greeting").build();
    builder("Lobby", LOBBY).config("greeting", greeting.getValueAsString()).secret("password", new Secret(stack, "S"))
        .build();
    Template.fromStack(stack).hasResourceProperties("AWS::Lambda::Function", Map.of("Environment", Map.of("Variables",
        Map.of("PINION_CONFIG", Map.of("Fn::Join", List.of("", List.of(
            "{\"greeting\":\"",
            escaped(List.of("\t", "\r", "\n", "\"", "\\"), List.of("\\t", "\\r", "\\n", "\\\"", "\\\\")),
            "\"}")))))));
    assertThat(Template.fromStack(stack).findResources("AWS::Lambda::Version").values().toString())
        .contains("Description=", "{Ref=Greeting}");
  }

  private static Map<String, Object> escaped(List<String> characters, List<String> escapes) {
    Object inner = characters.size() == 1 ? Map.of("Ref", "Greeting")
        : escaped(characters.subList(1, characters.size()), escapes.subList(1, escapes.size()));
    return Map.of(
        "Fn::Join", List.of(escapes.getFirst(), Map.of("Fn::Split", List.of(characters.getFirst(), inner))));
  }

  @Test
  void roleSettingsAreTaken() {
    builder("Chat", CHAT).rolePath("/apps/")
        .permissionsBoundary(ManagedPolicy.fromManagedPolicyArn(stack, "B", "arn:aws:iam::123456789012:policy/b"))
        .build();
    Template.fromStack(stack).allResourcesProperties("AWS::IAM::Role", Map.of(
        "Path", "/apps/", "PermissionsBoundary", "arn:aws:iam::123456789012:policy/b"));
  }

  @Test
  void otherKeysOfATableAreRefusedUnlessAParameterNamesThem() {
    chat();
    Map<String, Object> template = Template.fromStack(stack).toJSON();
    assertThat(String.valueOf(template.get("Parameters"))).contains("Default=connectionId S");
    assertThat(String.valueOf(template.get("Rules")))
        .containsPattern("Fn::Equals=\\[\\{Ref=ChatWebSocketTableKeys\\w+}, connectionId S]")
        .contains("Table 'WebSocketTable' would be replaced by an empty one");
  }

  @Test
  void otherPermissionsAreAnotherPolicySoThatTheOldOneGoesLast() {
    chat();
    Set<String> first = Template.fromStack(stack).findResources("AWS::IAM::RolePolicy").keySet();
    newStack();
    builder("Chat", CHAT).vpc(Vpc.Builder.create(stack, "Vpc").build()).build();
    assertThat(Template.fromStack(stack).findResources("AWS::IAM::RolePolicy").keySet())
        .hasSize(3).doesNotContainAnyElementsOf(first);
  }

  @Test
  void allValuesThatAreMissingOrWrongAreToldAtOnce() {
    assertThatThrownBy(() -> builder("Lobby", LOBBY).secret("password", "open sesame").config("colour", "red").build())
        .hasMessage(
            """
                Lobby.java:28: config 'greeting' has no value: add .config("greeting", …) to the app's builder
                Lobby.java:29: secret 'password' is not given as the ARN of a secret or a parameter: never pass the \
                secret's value
                PinionApp 'Lobby' is given 'colour', but its app declares no config or secret of that name: it has \
                greeting, password""");
    assertThatThrownBy(() -> builder("Other", LOBBY).config("greeting", "Hello")
        .secret("password", new Secret(stack, "Secret").getSecretArn()).build())
        .hasMessageContaining("only CloudFormation knows: pass the secret or parameter itself");
  }

  @Test
  void anotherRouteOrIntegrationIsAnotherDeploymentAndOtherCodeIsNot() {
    chat();
    Set<String> first = Template.fromStack(stack).findResources(DEPLOYMENT).keySet();
    newStack();
    PinionApp same = builder("Chat", CHAT).memory("my-websocket/$default", 1024).build();
    same.function("my-websocket/$default").addEnvironment("OTHER", "value");
    assertThat(Template.fromStack(stack).findResources(DEPLOYMENT).keySet()).isEqualTo(first);
    newStack();
    ((CfnRoute) route(chat(), "$connect")).setAuthorizationType("AWS_IAM");
    assertThat(Template.fromStack(stack).findResources(DEPLOYMENT).keySet()).doesNotContainAnyElementsOf(first);
    newStack();
    route(chat(), "$connect").addPropertyOverride("AuthorizationType", "AWS_IAM");
    Template overridden = Template.fromStack(stack);
    assertThat(overridden.findResources(DEPLOYMENT).keySet()).doesNotContainAnyElementsOf(first);
    overridden.resourcePropertiesCountIs("AWS::ApiGatewayV2::Route", Map.of("AuthorizationType", "AWS_IAM"), 1);
  }

  @Test
  void aRouteOfOthersIsDeployedWithTheAppsOwn() {
    PinionApp chat = chat();
    chat.webSocket("my-websocket").addRoute("extra", WebSocketRouteOptions.builder()
        .integration(new AliasIntegration("arn:aws:apigateway:eu-west-1:lambda:path/x", 1000)).build());
    Template template = Template.fromStack(stack);
    String extra = template.findResources("AWS::ApiGatewayV2::Route", Map.of("Properties", Map.of("RouteKey", "extra")))
        .keySet().iterator().next();
    template.hasResource(DEPLOYMENT, Map.of("DependsOn", Match.arrayWith(List.of(extra))));
  }

  @Test
  void whatMayBeWrongIsAWarningOfTheConstructAndNothingElseIs() {
    chat();
    assertThat(Annotations.fromStack(stack).findWarning("*", Match.anyValue())).isEmpty();
    builder("Slow", Slow.class).build();
    Annotations.fromStack(stack).hasWarning("/Stack/Slow", Match.stringLikeRegexp(
        "PinionAppTest.java:[0-9]+: warning: handler 'ws/\\$default' has a timeout of 60 s.*"));
  }

  /// An app whose client receives a time-out before its function ends.
  static final class Slow implements App {
    @Override
    public void define(dev.pinion.Cloud cloud) {
      cloud.webSocket("ws").create().onMessage((c, body) -> {}).timeout(Duration.ofMinutes(1));
    }
  }

  @Test
  void anAppThatNeedsCdkItselfIsToldApart() {
    assertThatThrownBy(() -> PinionApp.Builder.create(stack, "No", InStack.Inner.class)).hasMessage(
        "the app dev.pinion.awscdk.PinionAppTest$InStack$Inner cannot be loaded without software/amazon/awscdk/Stack,"
            + " which functions do not have: put it in a class that does not use CDK, and not inside one");
  }

  /// A stack with an app inside.
  static final class InStack extends Stack {
    /// It can be loaded with its host only.
    static final class Inner implements App {
      @Override
      public void define(dev.pinion.Cloud cloud) {
        cloud.webSocket("ws").create().onMessage((c, body) -> {});
      }
    }
  }

  @Test
  void anAppMustBeMadeWithoutParameters() {
    assertThatThrownBy(() -> PinionApp.Builder.create(stack, "No", NeedsText.class))
        .hasMessageContaining("NeedsText must be a class with a constructor without parameters");
  }

  /// An app that no function could make.
  static final class NeedsText implements App {
    NeedsText(String text) {
      assert !text.isEmpty();
    }

    @Override
    public void define(dev.pinion.Cloud cloud) {}
  }

  private static CfnResource route(PinionApp app, String key) {
    IConstruct route = app.webSocket("my-websocket").getNode().findChild(key + "-Route");
    return (CfnResource) Objects.requireNonNull(route.getNode().getDefaultChild());
  }
}
