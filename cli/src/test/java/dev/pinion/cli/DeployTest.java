package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/// The commands `deploy`, `diff` and `destroy`, with tools that are scripts and write down their calls.
@Timeout(120)
@Tag("slow")
final class DeployTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeProgram() throws IOException {
    RunTest.app(folder, "cloud.webSocket(\"chat\").create().onMessage((c, body) -> {});");
    Files.createDirectory(folder.resolve("bin"));
    Path jars = Files.createDirectory(folder.resolve("function"));
    try (var jar = new JarOutputStream(Files.newOutputStream(jars.resolve("pinion-lambda.jar")))) {
      jar.putNextEntry(new ZipEntry("Function.class"));
    }
  }

  private void tool(String name) throws IOException {
    Path file = Files.writeString(folder.resolve("bin").resolve(name), """
        #!/bin/sh
        echo "$(basename "$0") $*" >>"%s/calls"
        case $1 in
          init) [ ! -f "%1$s/unusable" ] || { echo "no provider"; exit 9; } ;;
          apply) echo "Apply complete!"; [ ! -f "%1$s/refused" ] || exit 3 ;;
          output) [ ! -f "%1$s/unreadable" ] || { cat "%1$s/unreadable"; exit 0; }
            [ ! -f "%1$s/lost" ] || { echo "no state" >&2; exit 1; }
            echo '{"websockets":{"value":{"chat":{"url":"wss://id.example/prod"}}},"functions":{"value":{}}}' ;;
          deploy) while [ "$1" != --outputs-file ]; do shift; done
            echo '{"S":{"AppchatUrl48103B83":"wss://id.example/prod",
          "OutputschatCallbackUrl4E48EF5B":"https://x"}}' >"$2" ;;
          sts) echo 123456789012 ;;
          cloudformation) [ ! -f "%1$s/refused" ] || { echo "Stack with id S does not exist" >&2; exit 254; }
            echo '{"Stacks":[{"Outputs":[{"OutputKey":"AppmychatUrl48103B83","OutputValue":"wss://id.example/prod"},
          {"OutputKey":"OutputsmychatApiId1","OutputValue":"id"}]}]}' ;;
        esac
        """.formatted(folder));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ran run(String... arguments) throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "AWS_REGION", "eu-west-1");
    try (Child child = Child.withFunction(folder, folder.resolve("function"), environment, arguments)) {
      return child.end();
    }
  }

  private String calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readString(calls) : "";
  }

  @Test
  void theModuleIsCompiledAndAppliedAndItsUrlsPrinted() throws Exception {
    tool("tofu");
    tool("terraform");
    Ran ran = run("deploy", "Chat.java", "--auto-approve", "--var", "config_a=b c", "--", "-parallelism=2");
    Path module = folder.resolve("target/tf-aws");
    assertThat(calls()).isEqualTo("""
        tofu init -input=false
        tofu apply -auto-approve -var=config_a=b c -parallelism=2
        tofu output -json
        """);
    assertThat(ran.out()).contains(
        "compiled to " + module + "\n", "using " + folder.resolve("bin/tofu") + " in " + module + "\n",
        "state: file " + module.resolve("terraform.tfstate") + ", workspace default, new\nApply complete!\n",
        "\nchat  wss://id.example/prod\nnext: pinion connect wss://id.example/prod\n")
        .doesNotContain("next: pinion deploy");
    assertThat(ran.err()).contains("warning: this state is in a folder that builds delete");
    assertThat(ran.code()).isZero();
  }

  /// Nothing listens at the URL that the state has.
  @Test
  void aDeployedAppIsFoundByItsProgram() throws Exception {
    tool("tofu");
    assertThat(run("connect", "--program", "Chat.java").err()).contains("is not compiled to ",
        ": deploy it with pinion");
    run("diff", "Chat.java");
    Ran ran = run("connect", "--program", "Chat.java", "--wait", "0");
    assertThat(ran.err()).as(ran.out()).contains(" * ", "id.example");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(run("connect", "news", "--program", "Chat.java").err()).contains("Chat.java has no WebSocket 'news'");
  }

  /// The names of outputs have letters and digits only, so ids are in the metadata.
  @Test
  void aStackIsFoundByItsProgram() throws Exception {
    RunTest.app(folder, "cloud.webSocket(\"my-chat\").create().onMessage((c, body) -> {});");
    assembly();
    assertThat(run("connect", "--program", "Chat.java").err()).contains(
        "is compiled for awscdk, and reading the outputs of its stack needs the AWS CLI, but there is no aws on the",
        "or name the URL that cdk has printed");
    Files.writeString(folder.resolve("target/awscdk/S.metadata.json"),
        "{\"/S/App/my-chat/Url\":[{\"type\":\"aws:cdk:logicalId\",\"data\":\"AppmychatUrl48103B83\"}]}");
    tool("aws");
    Ran ran = run("connect", "my-chat", "--program", "Chat.java", "--wait", "0");
    assertThat(ran.err()).as(ran.out()).contains(" * ", "id.example");
    assertThat(calls()).endsWith("aws cloudformation describe-stacks --stack-name S --output json\n");
    Files.createFile(folder.resolve("refused"));
    assertThat(run("connect", "--program", "Chat.java").err())
        .contains("error: aws cloudformation describe-stacks exited with 254: Stack with id S does not exist");
  }

  @Test
  void theExitCodeIsTheTools() throws Exception {
    tool("terraform");
    Files.createFile(folder.resolve("refused"));
    assertThat(run("deploy", "Chat.java").code()).isEqualTo(3);
    assertThat(calls()).endsWith("terraform apply\n");
    Files.createFile(folder.resolve("unusable"));
    Ran ran = run("diff", "Chat.java");
    assertThat(ran.code()).isEqualTo(9);
    assertThat(ran.out()).contains("no provider").doesNotContain("state: ");
    assertThat(calls()).endsWith("terraform init -input=false\n");
  }

  @Test
  void whatIsDeployedStaysSoWithoutOutputs() throws Exception {
    tool("tofu");
    Files.writeString(folder.resolve("unreadable"), "Warning: nothing here");
    Ran ran = run("deploy", "Chat.java");
    assertThat(ran.err())
        .contains("warning: the app is deployed, but its URLs are not known: tofu output -json printed no JSON object");
    assertThat(ran.code()).isZero();
    Files.delete(folder.resolve("unreadable"));
    Files.createFile(folder.resolve("lost"));
    Ran lost = run("deploy", "Chat.java");
    assertThat(lost.err()).contains("its URLs are not known: tofu output exited with 1: no state");
    assertThat(lost.code()).isZero();
    Ran connect = run("connect", "--program", "Chat.java");
    assertThat(connect.err()).contains("error: tofu output exited with 1: no state");
    assertThat(connect.code()).isEqualTo(PinionCommand.USER_MISTAKE);
  }

  @Test
  void theBackendAndItsWorkspaceAreNamed() throws Exception {
    tool("tofu");
    Path data = Files.createDirectories(folder.resolve("out/.terraform"));
    Files.writeString(data.resolve("environment"), "test");
    Files.writeString(data.resolve("terraform.tfstate"), """
        {"backend": {"type": "s3", "config": {"bucket": "states", "key": "chat.tfstate", "secret_key": "s3cret",
          "region": null}}}""");
    Ran ran = run("diff", "-t", "tf-aws", "Chat.java", "--out", "out", "--var-file", "a.tfvars");
    assertThat(ran.out()).contains("state: backend s3 (bucket states, key chat.tfstate), workspace test\n")
        .doesNotContain("s3cret");
    assertThat(calls()).endsWith("tofu plan -var-file=" + folder.resolve("a.tfvars") + "\n");
    assertThat(ran.err()).doesNotContain("builds delete");
  }

  @Test
  void whatIsDestroyedIsNotCompiledAnew() throws Exception {
    tool("tofu");
    run("diff", "Chat.java");
    Files.writeString(folder.resolve("Chat.java"), "no Java");
    Files.writeString(folder.resolve("target/tf-aws/.terraform.lock.hcl"),
        "provider \"registry.terraform.io/hashicorp/aws\"");
    tool("terraform");
    Ran ran = run("destroy", "Chat.java", "--auto-approve");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("destroying what was compiled to ");
    assertThat(calls()).endsWith("terraform init -input=false\nterraform destroy -auto-approve\n");
  }

  /// Both programs have one folder for a target, and so one state.
  @Test
  void aProgramBesideAnotherOneKeepsItsHandsOff() throws Exception {
    tool("tofu");
    Path news = Files.writeString(folder.resolve("News.java"),
        Files.readString(folder.resolve("Chat.java")).replace("class Chat", "class News"));
    assertThat(run("diff", "News.java").code()).isZero();
    assertThat(run("diff", "Chat.java").code()).as("nothing is deployed").isZero();
    Files.writeString(folder.resolve("target/tf-aws/terraform.tfstate"), "{}");
    String before = calls();

    Ran ran = run("deploy", "News.java", "--auto-approve");
    assertThat(ran.err()).contains("has the module of Chat.java, and deploying News.java from there would destroy what",
        "nothing was written. Name another folder with --out");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(run("destroy", "News.java").err()).contains("was compiled from Chat.java, not from News.java: name");
    assertThat(run("logs", "--program", "News.java").err()).contains("was compiled from Chat.java");
    assertThat(run("connect", "--program", "News.java").err()).contains("was compiled from Chat.java");
    assertThat(calls()).isEqualTo(before);
    assertThat(run("diff", "News.java", "--out", "news").code()).isZero();
    assertThat(run("destroy", "News.java", "--out", "news").code()).isZero();
    assertThat(run("destroy", "Chat.java").code()).isZero();

    Files.delete(folder.resolve("Chat.java"));
    assertThat(run("diff", news.toString()).code()).as("renamed").isZero();
  }

  @Test
  void theFileThatWasCompiledIsRemembered() throws Exception {
    tool("tofu");
    Files.copy(folder.resolve("Chat.java"), folder.resolve("copy.java"));
    Ran first = run("deploy", "copy.java", "--auto-approve");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(folder.resolve("target/tf-aws/pinion-program.txt")).content().endsWith("\nChat\n../../copy.java\n");
    Files.createFile(folder.resolve("target/tf-aws/.terraform.lock.hcl"));
    assertThat(run("destroy", "Chat.java").err()).contains("was compiled from copy.java, not from Chat.java: name");
    assertThat(run("deploy", "Chat.java").err()).contains("has the module of copy.java, and deploying Chat.java from");
    Ran again = run("deploy", folder.resolve("copy.java").toString(), "--auto-approve");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).doesNotContain("contains other files");
  }

  @Test
  void aToolThatIsMissingIsNamedBeforeAnythingIsCompiled() throws Exception {
    Ran ran = run("deploy", "Chat.java");
    assertThat(ran.err()).contains("there is no tofu and no terraform on the PATH: install OpenTofu");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(folder.resolve("target")).doesNotExist();
    assertThat(run("deploy", "-t", "awscdk", "Chat.java").err()).contains("there is no cdk on the PATH: install it");
    assertThat(run("deploy", "Chat.java", "--tool", "opentofu").err()).contains("--tool opentofu: there is no such");
  }

  @Test
  void aStackIsDeployedWithItsAccountAndRegionNamed() throws Exception {
    tool("cdk");
    tool("aws");
    assembly();
    DeployOptions options = options(DeployOptions.Action.DESTROY, "-t", "awscdk", "Chat.java");
    assertThat(options.approved()).isFalse();
    Ran ran = run("destroy", "Chat.java", "--auto-approve", "--", "--profile", "dev");
    assertThat(ran.out()).contains("stack: S, account 123456789012, region eu-west-1\n");
    assertThat(calls()).isEqualTo("""
        aws sts get-caller-identity --query Account --output text --profile dev
        cdk destroy --app %s --force --profile dev S
        """.formatted(folder.resolve("target/awscdk")));
  }

  private void assembly() throws IOException {
    Path assembly = Files.createDirectories(folder.resolve("target/awscdk"));
    Files.writeString(assembly.resolve("manifest.json"), """
        {"artifacts": {"S.assets": {"type": "cdk:asset-manifest"}, "S": {"type": "aws:cloudformation:stack"}}}""");
  }

  private static DeployOptions options(DeployOptions.Action action, String... arguments) {
    return DeployOptions.of(action, new CommandLine(DeployOptions.spec(action)).parseArgs(arguments));
  }

  @Test
  void theUrlOfAStackIsPrinted() throws Exception {
    tool("cdk");
    assembly();
    var bytes = new ByteArrayOutputStream();
    var cdk =
        new CdkDeployment(folder.resolve("target/awscdk"), folder.resolve("bin/cdk").toString(), Ran.print(bytes));
    int code = cdk.run(options(DeployOptions.Action.DEPLOY, "Chat.java", "--parameters", "ConfigA=b"));
    assertThat(code).isZero();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("stack: S, account")
        .endsWith("\nchat  wss://id.example/prod\nnext: pinion connect wss://id.example/prod\n");
    assertThat(calls()).containsPattern("^cdk deploy --app \\S+ --outputs-file \\S+ --parameters ConfigA=b S\n$");
  }

  @Test
  void misuseIsExplained() throws Exception {
    RunTest.assertMistake(Ran.of("deploy", "Chat.java", "-parallelism=2"), "unknown option -parallelism");
    RunTest.assertMistake(Ran.of("deploy", "Chat.java", "more"), "'more': arguments for the tool stand behind --");
    RunTest.assertMistake(Ran.of("deploy", "-t", "aws", "Chat.java"), "unknown target 'aws': use tf-aws or awscdk");
    RunTest.assertMistake(Ran.of("deploy", "-t", "tf-aws", "Chat.java", "--parameters", "A=b"),
        "works with awscdk only");
    RunTest.assertMistake(Ran.of("deploy", "-t", "awscdk", "Chat.java", "--var", "a=b"), "work with tf-aws only");
    Files.createDirectories(folder.resolve("target/tf-aws"));
    Files.createFile(folder.resolve("target/tf-aws/main.tf.json"));
    assembly();
    assertThat(run("diff", "Chat.java").err()).contains("which are two deployments: choose one with -t");
  }
}
