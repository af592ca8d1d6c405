package dev.pinion.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.pinion.cli.RunTest.assertMistake;
import static org.assertj.core.api.Assertions.assertThat;

/// The command `compile`, from a program to a folder, and every way in which there is none.
final class CompileTest {
  private static final String FUNCTION = "pinion.function";
  private static final String CHAT = "cloud.webSocket(\"chat\").create().onMessage((c, body) -> {});";

  @TempDir private Path folder = Path.of("");

  private Path jars = Path.of("");

  @BeforeEach
  void makeJars() throws IOException {
    jars = Files.createDirectory(folder.resolve("function"));
    try (var jar = new JarOutputStream(Files.newOutputStream(jars.resolve("pinion-lambda.jar")))) {
      jar.putNextEntry(new ZipEntry("Function.class"));
    }
    System.setProperty(FUNCTION, jars.toString());
  }

  @AfterEach
  void forgetJars() {
    System.clearProperty(FUNCTION);
  }

  @Test
  void aModuleIsWrittenBesideTheProgram() throws IOException {
    Ran ran = Ran.of("compile", "-t", "tf-aws", app(CHAT).toString());
    Path out = folder.resolve("target/tf-aws");
    assertThat(ran).isEqualTo(
        new Ran(PinionCommand.OK, """
            compiled to %s
            next: pinion deploy -t tf-aws %s
              or: tofu -chdir=%1$s init && tofu -chdir=%1$s apply
            """.formatted(out, folder.resolve("Chat.java")), ""));
    assertThat(content(out).keySet()).hasSize(7)
        .contains("function.zip", "main.tf.json", "outputs.tf.json", "variables.tf.json", "versions.tf.json")
        .anyMatch(name -> name.matches("function-[0-9a-f]{32}\\.zip"));
    try (ZipFile zip = new ZipFile(out.resolve("function.zip").toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("Chat.class", "lib/pinion-lambda.jar");
    }
  }

  @Test
  void twoCompilationsAreTheSameToTheByte() throws IOException {
    Path program = app(CHAT);
    assertThat(compile(program, "one").code()).isEqualTo(PinionCommand.OK);
    assertThat(compile(program, "two").code()).isEqualTo(PinionCommand.OK);
    assertThat(content(folder.resolve("one"))).isEqualTo(content(folder.resolve("two"))).hasSize(7);
  }

  @Test
  void otherFilesBesideAModuleAreKeptAndNamed() throws IOException {
    Path program = app(CHAT);
    assertThat(compile(program, "out").err()).isEmpty();
    Files.writeString(folder.resolve("out/notes.txt"), "mine");
    Ran again = compile(program, "out");
    assertThat(again.code()).isEqualTo(PinionCommand.OK);
    assertThat(again.err()).endsWith("contains other files, which were kept: notes.txt\n");
    assertThat(folder.resolve("out/notes.txt")).hasContent("mine");
  }

  @Test
  void aFolderOfSomethingElseIsLeftAsItIs() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    Files.writeString(folder.resolve("out/main.tf"), "mine");
    assertMistake(compile(app(CHAT), "out"), "has files that no compilation wrote: main.tf");
    assertThat(content(folder.resolve("out")).keySet()).containsExactly("main.tf");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "cloud.webSocket(\"empty\").create(); | Chat.java:5: error: webSocket 'empty' has no handler",
    "cloud.webSocket(\"ws\").stage(\"no stage\").create(); | Chat.java:5: error: webSocket 'ws' has the stage 'no",
    "cloud.webSocket(\"ws\").create().url(); | Chat.java:5: error: ws.url acts, but define only declares",
    "throw new IllegalStateException(\"no\"); | Chat.java:5: error: the app's define threw java.lang.IllegalState",
    "cloud.nothing(); | Chat.java:5: error: cannot find symbol",
  })
  void aMistakeInTheProgramIsShownWithItsLine(String statements, String said) throws IOException {
    assertMistake(compile(app(statements), "out"), said);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aDefineThatNeedsThisMachineIsRefused() throws IOException {
    packApi(jars.resolve("pinion-core.jar"));
    Ran fine = compile(app(CHAT), "fine");
    assertThat(fine.code()).as(fine.err()).isEqualTo(PinionCommand.OK);
    assertMistake(
        compile(app("System.getenv(\"HOME\").length(); " + CHAT), "out"),
        "Chat.java:5: error: define failed without the environment of this machine, as it would in every function:"
            + " java.lang.NullPointerException");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /// The API is a jar where Maven has packaged it, and a folder of classes elsewhere.
  private static void packApi(Path jar) throws IOException {
    Path core = Installation.api();
    if (Files.isRegularFile(core)) {
      Files.copy(core, jar);
      return;
    }
    try (var out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(core)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(core.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
  }

  @Test
  void aLibraryThatCannotBeHadIsNamed() throws IOException {
    Path program = app(CHAT);
    Files.writeString(program, "//DEPS dev.pinion.nowhere:nothing:0.0.0\n" + Files.readString(program));
    assertMistake(compile(program, "out"), program + ":1: error: cannot resolve dev.pinion.nowhere:nothing:0.0.0");
  }

  @Test
  void aZipOverLambdasLimitNamesWhatIsLarge() throws IOException {
    Files.write(jars.resolve("model.jar"), new byte[51 << 20]);
    assertMistake(compile(app(CHAT), "out"), "Lambda allows an upload of 50 MB");
  }

  @Test
  void threeHundredRoutesAreWarnedOf() throws IOException {
    Ran ran = compile(app("var ws = cloud.webSocket(\"ws\").create();\n"
        + "for (int i = 0; i < 300; i++) ws.onRoute(\"r\" + i, (c, body) -> {});"), "out");
    assertThat(ran.code()).isEqualTo(PinionCommand.OK);
    assertThat(ran.err()).contains("Chat.java:5: warning: webSocket 'ws' has 300 routes");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "compile Chat.java | Missing required option: '--target=TARGET'",
    "compile -t tf-gcp Chat.java | unknown target 'tf-gcp': use tf-aws or awscdk",
    "compile -t tf-aws Chat.java --stack Chat | --stack works with the target awscdk only",
    "compile -t awscdk Chat.java --stack 1 | must be 1 to 128 letters, digits and hyphens, starting with a letter",
    "compile -t tf-aws | Missing required parameter: 'PROGRAM'",
    "compile -t tf-aws nowhere/Chat.java | no such file or folder: nowhere/Chat.java",
    "cost | Missing required option: '--connections=N'",
    "cost --connections many | 'many' is not a valid number: use a number such as 500, 10k, 2.5M or 1G"
  })
  void misuseIsExplained(String arguments, String said) {
    assertMistake(Ran.of(arguments.split(" ", -1)), said);
  }

  @Test
  void costIsShownByItem() {
    assertThat(Ran.of("cost", "--connections", "10k", "--sent", "432M")).isEqualTo(new Ran(PinionCommand.OK, """
        connection-minutes          432,000,000        108.00 USD
        messages                    432,000,000        432.00 USD
        total                                          540.00 USD a month
        On-demand prices of us-east-1, without free tier, data transfer and logs.
        """, ""));
  }

  @Test
  void filesBesideTheProgramArePartOfTheModule() throws IOException {
    Path program = app(CHAT);
    Path files = Files.createDirectory(folder.resolve("aws"));
    Path override = files.resolve("names_override.tf.json");
    Files.writeString(override, "{\"resource\":\n{\"aws_apigatewayv2_api\": {\"chats\": {\"name\": \"other\"}}}}");
    assertMistake(compile(program, "out"), override + ":2: error: aws_apigatewayv2_api.chats is not in the compiled"
        + " module, so there is nothing to override: did you mean aws_apigatewayv2_api.chat?");
    assertThat(folder.resolve("out")).doesNotExist();
    Files.writeString(override, Files.readString(override).replace("chats", "chat"));
    assertThat(compile(program, "out").err()).isEmpty();
    assertThat(folder.resolve("out").resolve("names_override.tf.json")).hasSameTextualContentAs(override);
  }

  private Ran compile(Path program, String out) {
    return Ran.of("compile", "-t", "tf-aws", program.toString(), "--out", folder.resolve(out).toString());
  }

  private Path app(String statements) throws IOException {
    return RunTest.app(folder, statements);
  }

  /// Each file as text that keeps every byte.
  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(String.valueOf(file.getFileName()), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }
}
