package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.WebSocket;
import dev.pinion.aws.Plan;
import dev.pinion.aws.PlanException;
import dev.pinion.aws.Planner;
import dev.pinion.aws.ValueNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Text that a stack cannot have, and values that it cannot tell apart.
final class DynamicReferencesTest {
  private static final String REFERENCE = "{{resolve:ssm:secret}}";

  @Test
  void textThatCloudFormationWouldReplaceIsRefusedWhereverItIs() {
    List<App> apps = List.of(
        cloud -> cloud.table("a" + REFERENCE).hashKey("id", STRING).create(),
        cloud -> cloud.table("a").hashKey(REFERENCE, STRING).create(),
        cloud -> cloud.table("a").hashKey("id", STRING).rangeKey("${Token[TOKEN.1]}", STRING).create(),
        cloud -> cloud.table("a").hashKey("id", STRING).attribute(REFERENCE, STRING).index("byA", REFERENCE).create(),
        cloud -> cloud.table("a").hashKey("id", STRING).timeToLive(REFERENCE).create(),
        cloud -> cloud.webSocket(REFERENCE).create().onMessage((c, body) -> {}),
        cloud -> cloud.webSocket("ws").name("#{Token[TOKEN.1]}").create().onMessage((c, body) -> {}),
        cloud -> cloud.webSocket("ws").create().onRoute(REFERENCE, (c, body) -> {}),
        cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {})
            .allow("s3:GetObject", "arn:aws:s3:::bucket/" + REFERENCE));
    for (App app : apps) {
      assertThatThrownBy(() -> DynamicReferences.check(Definition.of(app).model())).isInstanceOf(PlanException.class)
          .message().matches("DynamicReferencesTest.java:\\d+: (resource|webSocket|handler) '.*' contains "
              + "(\\{\\{resolve:|[$#]\\{Token\\[), which CloudFormation and the CDK replace by another value: .*");
    }
    assertThatCode(() -> DynamicReferences.check(Definition.of(cloud -> {
      cloud.table("{{resolve}} ${x} {{resolv:").hashKey("{{x}}", STRING).create();
      cloud.webSocket("ws").create().onRoute("in ${AWS::Region}", (c, body) -> {});
    }).model())).doesNotThrowAnyException();
  }

  @Test
  void eachHandlerThatHasOneIsNamedWithItsLine() {
    assertThatThrownBy(() -> DynamicReferences.check(Definition.of(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onRoute("a" + REFERENCE, (c, body) -> {});
      ws.onRoute("b", (c, body) -> {});
      ws.onRoute("c" + REFERENCE, (c, body) -> {});
    }).model())).message().satisfies(text -> assertThat(text.lines()).hasSize(2)
        .anyMatch(line -> line.contains("handler 'ws/a")).anyMatch(line -> line.contains("handler 'ws/c")));
  }

  @Test
  void valuesWithOneParameterAreRefused() {
    assertThatThrownBy(() -> parameters(cloud -> {
      cloud.config("a1b");
      cloud.config("a-1b");
      cloud.secret("password-kms-key");
      cloud.secret("password");
    })).isInstanceOf(PlanException.class).message().matches(
        "DynamicReferencesTest.java:\\d+: config 'a-1b' has the stack parameter ConfigA1b, which config 'a1b' declared"
            + " at DynamicReferencesTest.java:\\d+ also has: rename one of them\n"
            + "DynamicReferencesTest.java:\\d+: secret 'password' has the stack parameter SecretPasswordKmsKeyArn,"
            + " which secret 'password-kms-key' declared at Dynamic"
            + "ReferencesTest.java:\\d+ also has: rename one of them");
    assertThatCode(() -> parameters(cloud -> {
      cloud.config("a");
      cloud.secret("b");
      cloud.config("a-b");
      cloud.config("ab");
    })).doesNotThrowAnyException();
  }

  private static void parameters(App app) {
    Plan plan = Planner.plan(Definition.of(cloud -> {
      app.define(cloud);
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    }).model(), "Chat", Map.of());
    ValueNames.check(plan, "stack parameter", Synthesis::parameters);
  }
}
