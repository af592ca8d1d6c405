package dev.pinion.awscdk;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The HTTP APIs of an app among other constructs.
@NeedsNode
final class HttpApiConstructsTest {
  private final Stack stack = new Stack(
      new software.amazon.awscdk.App(AppProps.builder().analyticsReporting(false).build()), "Stack");
  private final PinionApp app =
      PinionApp.Builder.create(stack, "Orders", Program.example("Orders").app()).code(Program.ZIP)
          .memory("shop/GET /orders/{id}", 256).build();

  @Test
  void allOfItCanBeReached() {
    assertThat(app.httpApi("shop").getHttpApiName()).isEqualTo("shop");
    assertThat(app.httpStage("shop").getStageName()).isEqualTo("$default");
    assertThat(stack.resolve(app.httpUrl("shop")).toString()).contains("https://").doesNotContain("default");
    Template template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::ApiGatewayV2::Api",
        Map.of(
            "ProtocolType", "HTTP", "CorsConfiguration",
            Map.of(
                "AllowOrigins", List.of("http://localhost:5173"), "AllowMethods", List.of("GET", "POST"),
                "AllowHeaders", List.of("content-type", "idempotency-key"))));
    template.hasResourceProperties(
        "AWS::ApiGatewayV2::Stage", Map.of("StageName", "$default", "AutoDeploy", true));
    template.hasResourceProperties(
        "AWS::ApiGatewayV2::Integration", Map.of("PayloadFormatVersion", "2.0", "TimeoutInMillis", 30_000));
    template.hasResourceProperties(
        "AWS::Lambda::Function", Map.of("Description", "shop/GET /orders/{id}", "MemorySize", 256));
    template.hasResourceProperties(
        "AWS::Lambda::Permission",
        Map.of("SourceArn", Match.objectLike(Map.of("Fn::Join", List.of("", Match.arrayWith(List.of(
            "/*/POST/orders/{id}/paid")))))));
  }

  @Test
  void oneThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> app.httpApi("other")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the app has no HTTP API 'other': it has shop");
  }
}
