package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// The target awscdk of a command whose Maven and Node are scripts, and whose synthesis writes what it was given.
@Timeout(60)
@Tag("slow")
final class SynthesizerTest {
  private static final String MAVEN = """
      #!/bin/sh
      echo "$*" >>maven
      [ ! -f broken ] || { echo "[INFO] building"; echo "[ERROR] no network -> [Help 1]"; exit 1; }
      mkdir -p awscdk/target/command/classes/dev/pinion/awscdk
      cp compiled/*.class awscdk/target/command/classes/dev/pinion/awscdk/
      echo "Progress (1): 12/111 MB"
      : >awscdk/cdk.jar
      echo "$PWD/awscdk/cdk.jar" >awscdk/target/command/classpath
      """;
  private static final String SYNTHESIS = """
      package dev.pinion.awscdk;

      import java.nio.file.*;

      class Synthesis {
        public static void main(String... arguments) throws Exception {
          if (arguments[4].equals("Large")) {
            System.err.println("error: too large");
            System.exit(2);
          }
          Path out = Files.createDirectory(Path.of(arguments[3]));
          Files.copy(Path.of(arguments[2]), out.resolve("asset." + arguments[4] + ".zip"));
          Files.writeString(out.resolve("manifest.json"), arguments[0] + " " + System.getenv("CDK_VALIDATION"));
        }
      }
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeCheckout() throws IOException {
    script("bin/mvn", MAVEN);
    script("bin/node", "#!/bin/sh\necho v24.1.0\n");
    write("awscdk/src/main/Some.java", "");
    write("awscdk/pom.xml", "");
    write("pom.xml", "");
    write("source/Synthesis.java", SYNTHESIS);
    Files.createDirectories(folder.resolve("function"));
    Path compiled = Files.createDirectory(folder.resolve("compiled"));
    SourceCompiler.compile(List.of(folder.resolve("source/Synthesis.java")), List.of(), System.err)
        .forEach((name, file) -> put(compiled.resolve(name.substring(name.lastIndexOf('.') + 1) + ".class"), file));
    RunTest.app(folder, "cloud.webSocket(\"chat\").create().onMessage((c, body) -> {});");
  }

  @Test
  void theFirstUseGetsTheCdkAndSaysSo() throws IOException, InterruptedException {
    Ran first = compile();
    Path out = folder.resolve("target/awscdk");
    assertThat(first.err())
        .startsWith("downloading the AWS CDK (about 120 MB, unless Maven has it already) and building the target")
        .endsWith("synthesizing Chat.java with the AWS CDK\n");
    assertThat(first.out()).isEqualTo("""
        compiled to %s
        next: pinion deploy -t awscdk %s
          or: cdk deploy --app %1$s
        """.formatted(out, "Chat.java"));
    assertThat(out.resolve("manifest.json")).hasContent("Chat false");
    assertThat(out.resolve("asset.Chat.zip")).isRegularFile();
    assertThat(compile().err()).isEqualTo("synthesizing Chat.java with the AWS CDK\n");
    assertThat(maven()).singleElement().asString().contains("-Pcommand -pl awscdk -am package");
    Files.setLastModifiedTime(folder.resolve("awscdk/src/main/Some.java"),
        FileTime.from(Instant.now().plusSeconds(60)));
    compile();
    assertThat(maven()).hasSize(2);
  }

  @Test
  void filesOfAnEarlierCompilationGoAndOthersStay() throws IOException, InterruptedException {
    compile();
    write("target/awscdk/notes.txt", "mine");
    Ran other = compile("--stack", "Other");
    assertThat(other.err()).endsWith("contains other files, which were kept: notes.txt\n");
    assertThat(folder.resolve("target/awscdk/asset.Chat.zip")).doesNotExist();
    assertThat(folder.resolve("target/awscdk/asset.Other.zip")).isRegularFile();
    assertThat(folder.resolve("target/awscdk/notes.txt")).hasContent("mine");
  }

  @Test
  void whatTheLastCompilationHadIsCompared() throws IOException, InterruptedException {
    String webSocket = "cloud.webSocket(\"chat\").create().onMessage((c, body) -> {});";
    String table = "cloud.table(\"rows\").hashKey(\"id\", AttributeType.STRING)";
    RunTest.app(folder, table + ".timeToLive(\"expires\").create();" + webSocket);
    compile();
    RunTest.app(folder, table + ".timeToLive(\"until\").attribute(\"a\", AttributeType.STRING)"
        + ".index(\"byA\", \"a\").index(\"byAId\", \"a\", \"id\").create();" + webSocket);
    Ran ran = compile();
    assertThat(ran.err()).contains("warning: the time to live of table 'rows' was expires",
        "warning: the indexes byA, byAId of table 'rows' were added or removed");
    assertThat(ran.code()).isEqualTo(PinionCommand.OK);
    assertThat(compile().err()).doesNotContain("warning");
  }

  @Test
  void aFolderOfSomethingElseIsLeftAsItIs() throws IOException, InterruptedException {
    write("target/awscdk/manifest.json", "mine");
    assertMistake(compile(), "has files that no compilation wrote: manifest.json");
    assertThat(folder.resolve("maven")).doesNotExist();
    assertThat(folder.resolve("target/awscdk/manifest.json")).hasContent("mine");
  }

  @Test
  void aNodeThatIsMissingOrTooOldIsTold() throws IOException, InterruptedException {
    script("bin/node", "#!/bin/sh\necho v18.20.1\n");
    assertMistake(compile(),
        "needs Node.js 20 or newer, but node is v18.20.1: install a newer one");
    Files.delete(folder.resolve("bin/node"));
    assertMistake(compile(), "but there is no node on the PATH: install it, or set JSII_NODE to its executable");
    assertThat(folder.resolve("maven")).doesNotExist();
  }

  @Test
  void whatMavenOrTheCdkRefusesIsShown() throws IOException, InterruptedException {
    write("broken", "");
    Ran ran = compile();
    assertThat(ran.err()).endsWith("error: cannot build the target awscdk; Maven reports:\n  no network\n");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    Files.delete(folder.resolve("broken"));
    assertMistake(compile("--stack", "Large"), "error: too large");
    assertThat(folder.resolve("target/awscdk")).doesNotExist();
  }

  private static void assertMistake(Ran ran, String said) {
    assertThat(ran.err()).contains(said).doesNotContain("\tat ");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
  }

  private Ran compile(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
        "-Dpinion.function=" + folder.resolve("function"),
        "-Dpinion.checkout=" + folder,
        "-Dpinion.awscdk=" + folder.resolve("awscdk/target/command/classpath"),
        "-cp", System.getProperty("java.class.path"), PinionCommand.class.getName(), "compile", "-t", "awscdk",
        "Chat.java"));
    command.addAll(List.of(options));
    try (Child child =
        Child.start(command, folder, Map.of("PATH", folder.resolve("bin") + ":/bin.none", "JSII_NODE", ""))) {
      return child.end();
    }
  }

  private List<String> maven() throws IOException {
    return Files.readAllLines(folder.resolve("maven"));
  }

  private void script(String name, String text) throws IOException {
    write(name, text.replace("mkdir", "/bin/mkdir").replace("\ncp ", "\n/bin/cp "));
    assertThat(folder.resolve(name).toFile().setExecutable(true)).isTrue();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void put(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
