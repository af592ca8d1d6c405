package dev.pinion.tfaws;

import dev.pinion.Definition;
import dev.pinion.aws.OutputFolderException;
import dev.pinion.aws.Plan;
import dev.pinion.aws.PlanException;
import dev.pinion.aws.Planner;
import dev.pinion.aws.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The folder `aws` beside a program, as a part of its module.
final class OperatorFilesTest {
  private static final Plan PLAN = Planner.plan(Definition.of(cloud -> {
    var ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> {});
    ws.onMessage((c, body) -> {});
  }).model(), "Chat", Map.of());

  @TempDir private Path home = Path.of("set by JUnit");

  private void file(String name, String text) throws IOException {
    Files.createDirectories(home.resolve("aws"));
    Files.writeString(home.resolve("aws").resolve(name), text);
  }

  private List<String> compile() {
    return ModuleFolder.write(home.resolve("out"), PLAN, OperatorFiles.of(home), new byte[0], warning -> {
      throw new AssertionError(warning);
    });
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("out"))) {
      return files.map(file -> String.valueOf(file.getFileName())).filter(name -> !name.matches("function.*")).sorted()
          .toList();
    }
  }

  @Test
  void aFileThatIsNotUtf8IsAMistake() throws IOException {
    Files.createDirectories(home.resolve("aws"));
    Files.write(home.resolve("aws/latin.tf"), new byte[] {'#', ' ', (byte) 0xFC, '\n'});
    assertThatThrownBy(this::compile).isInstanceOf(PlanException.class)
        .hasMessageContaining("latin.tf:1: error: the file is not UTF-8: save it as UTF-8");
  }

  @Test
  void whatOnlyLooksLikeAPartOfTheModuleIsWarnedOf() throws IOException {
    assertThat(OperatorFiles.of(home).warnings()).isEmpty();
    for (String name : List.of("a.tofu", "b_override.tofu.json", "c.auto.tfvars", "d.tf", "notes.md")) file(name, "");
    assertThat(OperatorFiles.of(home).warnings()).satisfiesExactly(
        a -> assertThat(a).endsWith("a.tofu: warning: the file does not become part of the module: only *.tf and"
            + " *.tf.json do"),
        b -> assertThat(b).contains("b_override.tofu.json: warning: "),
        c -> assertThat(c).contains("c.auto.tfvars: warning: ").contains("pass it with --var-file, or"));
  }

  @Test
  void filesBecomePartOfTheModuleAndVanishWithTheirSources() throws IOException {
    assertThat(compile()).isEmpty();
    List<String> without = written();
    file("queue.tf", "resource \"aws_sqs_queue\" \"mine\" {\n  name = \"mine\"\n}\n");
    file("queue_override.tf.json", "{\"resource\": {\"aws_sqs_queue\": {\"mine\": {\"delay_seconds\": 3}}}}");
    file("README.md", "no part of it");
    assertThat(compile()).isEmpty();
    assertThat(written()).contains("pinion.txt", "queue.tf", "queue_override.tf.json").doesNotContain("README.md");
    assertThat(home.resolve("out/queue.tf")).hasSameTextualContentAs(home.resolve("aws/queue.tf"));
    assertThat(compile()).isEmpty();
    Files.delete(home.resolve("aws/queue_override.tf.json"));
    assertThat(compile()).isEmpty();
    assertThat(written()).contains("queue.tf").doesNotContain("queue_override.tf.json");
    Files.delete(home.resolve("aws/queue.tf"));
    assertThat(compile()).isEmpty();
    assertThat(written()).isEqualTo(without);
  }

  @Test
  void aFileOfSomebodyElseInTheOutputIsNotReplaced() throws IOException {
    assertThat(compile()).isEmpty();
    Files.writeString(home.resolve("out/extra.tf"), "# mine\n");
    file("extra.tf", "# other\n");
    assertThatThrownBy(this::compile).isInstanceOf(OutputFolderException.class)
        .hasMessageContaining("extra.tf is not from a compilation");
    assertThat(home.resolve("out/extra.tf")).hasContent("# mine\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lambda_function", "apigatewayv2_stage", "apigatewayv2_api", "iam_role"})
  void whatIsThereIsOverridden(String type) throws IOException {
    String label = type.startsWith("apigatewayv2") ? "ws" : connect();
    file("change_override.tf.json",
        "{\"resource\": [{\"//\": \"why\", \"aws_" + type + "\": {\"" + label + "\": [{}]}}]}");
    file("other_override.tf", "variable \"prefix\" {\n  default = \"a\"\n}\nlocals {\n  prefix = \"x\"\n}\n");
    assertThat(compile()).isEmpty();
    assertThat(home.resolve("out/change_override.tf.json")).exists();
  }

  private static String connect() {
    return Hcl.label(new Reference(Reference.Kind.FUNCTION, "ws/$connect"));
  }

  private void assertMistakes(String... lines) {
    assertThatThrownBy(this::compile).isInstanceOf(PlanException.class).message()
        .satisfies(message -> assertThat(message.replace(home + "/", "").split("\n")).containsExactly(lines));
    assertThat(home.resolve("out")).doesNotExist();
  }

  private static String nothing(String place, String address, String nearest) {
    return place + ": error: " + address + " is not in the compiled module, so there is nothing to override: did you"
        + " mean " + nearest + "?";
  }

  @Test
  void whatOverridesNothingIsAMistakeWithTheNearestName() throws IOException {
    file("a_override.tf.json", """
        {
          "resource": {
            "aws_lambda_function": {
              "CONNECT": {},
              "ws-conect": { "timeout": 3 }
            },
            "aws_apigatewayv2_stage": { "wss": {} }
          },
          "variable": { "prefixes": { "default": "a" } },
          "locals": { "prefix": "a", "prefiks": "b" }
        }
        """.replace("CONNECT", connect()));
    assertMistakes(
        nothing("aws/a_override.tf.json:5", "aws_lambda_function.ws-conect", "aws_lambda_function." + connect()),
        nothing("aws/a_override.tf.json:7", "aws_apigatewayv2_stage.wss", "aws_apigatewayv2_stage.ws"),
        nothing("aws/a_override.tf.json:9", "var.prefixes", "var.prefix"),
        nothing("aws/a_override.tf.json:10", "local.prefiks", "local.prefix"));
  }

  @Test
  void soItIsInTerraformsOwnSyntax() throws IOException {
    file("override.tf", """
        # resource "aws_sqs_queue" "in_a_comment" {
        resource "aws_lambda_alias" "ws-default" { /* } */
          description = "a } ${join("}", ["b"])} $${c"
          x = <<-EOT
            resource "aws_sqs_queue" "in_a_text" {
          EOT
        }
        locals {
          prefix = { prefix_2 = "no }" }
          none   = 1 == 1
        }
        """);
    String alias = "aws_lambda_alias." + Hcl.label(new Reference(Reference.Kind.ALIAS, "ws/$default"));
    assertMistakes(
        nothing("aws/override.tf:2", "aws_lambda_alias.ws-default", alias),
        nothing("aws/override.tf:10", "local.none", "local.package"));
  }

  @Test
  void namesOfGeneratedFilesAndResourcesAreTaken() throws IOException {
    file("main.tf.json", "{}");
    file("mine.tf", """

        resource "aws_apigatewayv2_stage" "ws" {}
        resource "aws_sqs_queue" "one" {}
        provider "aws" {}
        provider "aws" { alias = "us" }
        """);
    file("more.tf.json", "{\n\"resource\": {\"aws_sqs_queue\": {\"one\":\n {}}}}");
    file("torn.tf.json", "{\n\"resource\": {\n");
    file("wrong.tf.json", "{\n\"resource\": [}\n");
    assertMistakes(
        "aws/main.tf.json:1: error: a generated file has this name: give this one another name, or, to change what"
            + " is generated, one that ends in _override.tf.json",
        "aws/mine.tf:2: error: aws_apigatewayv2_stage.ws is already in the generated main.tf.json: to change it,"
            + " use a file whose name ends in _override.tf.json",
        "aws/more.tf.json:2: error: aws_sqs_queue.one is already at aws/mine.tf:3",
        "aws/torn.tf.json:3: error: the JSON ends too early",
        "aws/wrong.tf.json:2: error: not valid JSON");
  }
}
