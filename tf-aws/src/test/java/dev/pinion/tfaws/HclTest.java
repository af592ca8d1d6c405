package dev.pinion.tfaws;

import dev.pinion.Definition;
import dev.pinion.aws.Expression;
import dev.pinion.aws.Expression.Json;
import dev.pinion.aws.Expression.Literal;
import dev.pinion.aws.Expression.Parameter;
import dev.pinion.aws.Planner;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Expressions in Terraform's language.
final class HclTest {
  private final Hcl hcl = new Hcl(Planner.plan(Definition.of(cloud -> {
    cloud.config("greeting");
    cloud.secret("apiKey");
    cloud.webSocket("2nd").create().onMessage((c, body) -> {});
  }).model(), "Chat", Map.of()));

  @Test
  void whatTerraformWouldReadStaysText() {
    assertThat(hcl.template(new Literal("${a}/%{b} $c"))).isEqualTo("$${a}/%%{b} $c");
    assertThat(hcl.expression(new Literal("${a}\"\\\n"))).isEqualTo("\"$${a}\\\"\\\\\\n\"");
  }

  /// To Terraform, two dollars before a brace are one, and so is what another part of a text ends with.
  @Test
  void aDollarBeforeADollarOrAValueStaysText() {
    assertThat(hcl.template(new Literal("$${a} %%{b} $%{c} $$$ {"))).isEqualTo(
        "${\"$\"}${\"$\"}{a} ${\"%\"}${\"%\"}{b} ${\"$\"}${\"%\"}{c} $$$ {");
    assertThat(hcl.template(Expression.join("c$", "{x}", "%", new Parameter("greeting"))))
        .isEqualTo("c${\"$\"}{x}${\"%\"}${var.config_greeting}");
    assertThat(hcl.expression(Expression.join("\"$", new Parameter("greeting"), "%{")))
        .isEqualTo("\"\\\"${\"$\"}${var.config_greeting}%%{\"");
    for (String text : List.of("$", "%", "a$$", "$${", "%%{x}", "${\"$\"}", "$$${\"%\"}", "a$b%{$%{", "$%%")) {
      assertThat(Hcl.unescape(Hcl.escape(text))).isEqualTo(text);
    }
  }

  @Test
  void resourcesAreReferredToByAddress() {
    assertThat(hcl.template(new Reference(Kind.FUNCTION, "2nd/$default").get(Property.NAME)))
        .matches("\\$\\{aws_lambda_function\\._2nd-default-[0-9a-f]{8}-[0-9a-f]{8}\\.function_name}");
    assertThat(
        hcl.template(Expression.join("wss://", new Reference(Kind.API, "ws").get(Property.HOST), "/prod")))
        .isEqualTo("wss://${trimprefix(aws_apigatewayv2_api.ws.api_endpoint, \"wss://\")}/prod");
  }

  @Test
  void valuesAreVariables() {
    assertThat(hcl.template(new Parameter("greeting"))).isEqualTo("${var.config_greeting}");
    assertThat(hcl.template(new Parameter("apiKey"))).isEqualTo("${nonsensitive(var.secret_api_key_arn)}");
  }

  @Test
  void objectsAreEncodedWhereATextIsWanted() {
    Json object = new Json(Map.of("a\"${", Expression.join("x\"", new Parameter("greeting"))));
    assertThat(hcl.template(object)).isEqualTo("${jsonencode({\"a\\\"$${\" = \"x\\\"${var.config_greeting}\"})}");
    assertThat(hcl.template(new Json(Map.of("outer", new Json(Map.of("inner", new Literal("x")))))))
        .isEqualTo("${jsonencode({\"outer\" = {\"inner\" = \"x\"}})}");
  }
}
