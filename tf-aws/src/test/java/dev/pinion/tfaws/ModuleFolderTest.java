package dev.pinion.tfaws;

import dev.pinion.AttributeType;
import dev.pinion.Definition;
import dev.pinion.aws.OutputFolderException;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The folder of a module, and what else is in it.
final class ModuleFolderTest {
  private static final Plan PLAN = Planner.plan(
      Definition.of(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {})).model(), "Chat", Map.of());

  @TempDir private Path temporary = Path.of("set by JUnit");

  @Test
  void aModuleIsWrittenAndWrittenOver() throws IOException {
    Path folder = temporary.resolve("target/tf-aws");
    assertThat(ModuleFolder.write(folder, PLAN, new byte[] {1}, ModuleFolderTest::unexpected)).isEmpty();
    assertThat(ModuleFolder.write(folder, PLAN, new byte[] {2}, ModuleFolderTest::unexpected)).isEmpty();
    String versioned = TerraformModule.versionedZip(new byte[] {2});
    assertThat(names(folder)).containsExactly(
        versioned, "function.zip", "main.tf.json", "outputs.tf.json", "variables.tf.json", "versions.tf.json");
    assertThat(folder.resolve("function.zip")).hasBinaryContent(new byte[] {2});
    assertThat(folder.resolve(versioned)).hasBinaryContent(new byte[] {2});
  }

  @Test
  void otherFilesAreKeptAndNamed() throws IOException {
    ModuleFolder.write(temporary, PLAN, new byte[0], ModuleFolderTest::unexpected);
    for (String name : List.of("alarms.tf", "notes.txt", "terraform.tfstate", "prod.tfvars", "backend.tf")) {
      Files.writeString(temporary.resolve(name), "mine");
    }
    Files.createDirectory(temporary.resolve(".terraform"));
    assertThat(ModuleFolder.write(temporary, PLAN, new byte[0], ModuleFolderTest::unexpected))
        .containsExactly("alarms.tf", "notes.txt");
    assertThat(temporary.resolve("notes.txt")).hasContent("mine");
    assertThat(temporary.resolve("terraform.tfstate")).hasContent("mine");
  }

  @Test
  void aFolderOfSomethingElseIsLeftAsItIs() throws IOException {
    Files.writeString(temporary.resolve("main.tf.json"), "{}");
    Files.writeString(temporary.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> ModuleFolder.write(temporary, PLAN, new byte[0], ModuleFolderTest::unexpected))
        .isInstanceOf(OutputFolderException.class)
        .hasMessageContaining("main.tf.json, thesis.txt")
        .hasMessageContaining(temporary.toString());
    assertThat(names(temporary)).containsExactly("main.tf.json", "thesis.txt");
    assertThat(temporary.resolve("main.tf.json")).hasContent("{}");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "mine");
    assertThatThrownBy(() -> ModuleFolder.write(file, PLAN, new byte[0], ModuleFolderTest::unexpected))
        .isInstanceOf(OutputFolderException.class)
        .hasMessageContaining(file + " is a file");
  }

  @Test
  void tablesOfTheLastCompilationAreNotLostWithoutAWord() throws IOException {
    ModuleFolder.write(temporary, tables("${users}", "id", "audit", "id"), new byte[0], ModuleFolderTest::unexpected);
    List<String> warnings = new ArrayList<>();
    Plan renamed = tables("people", "id", "audit", "at");
    ModuleFolder.write(temporary, renamed, new byte[0], warnings::add);
    assertThat(warnings).satisfiesExactly(
        first -> assertThat(first).contains("table '${users}' was in the last compilation", "destroyed_tables"),
        second -> assertThat(second).contains("keys of table 'audit' were id S", "now at S", "table_generations"));
    assertThat(Files.readString(temporary.resolve("main.tf.json")))
        .contains("${contains(var.destroyed_tables, \\\"$${users}\\\")}");
    ModuleFolder.write(temporary, renamed, new byte[0], ModuleFolderTest::unexpected);
    assertThat(Files.readString(temporary.resolve("main.tf.json"))).contains("\"$${users}\": \"id S\"");
    ModuleFolder.write(temporary, tables("${users}", "id", "people", "id"), new byte[0], warnings::add);
    assertThat(Files.readString(temporary.resolve("main.tf.json"))).contains("var.destroyed_tables, \\\"audit\\\"")
        .doesNotContain("var.destroyed_tables, \\\"$${users}\\\"");
  }

  @Test
  void aChangeThatTakesSeveralDeploymentsIsSaid() throws IOException {
    Plan before = Planner.plan(Definition.of(cloud -> cloud.table("2 ${users}").hashKey("id", AttributeType.STRING)
        .attribute("a%{b}", AttributeType.NUMBER).index("byA", "a%{b}").index("byId", "id", "a%{b}")
        .timeToLive("ends $${at}").create()).model(), "Shop", Map.of());
    ModuleFolder.write(temporary, before, new byte[0], ModuleFolderTest::unexpected);
    ModuleFolder.write(temporary, before, new byte[0], ModuleFolderTest::unexpected);
    Plan after = Planner.plan(Definition.of(cloud -> cloud.table("2 ${users}").hashKey("id", AttributeType.STRING)
        .attribute("a%{b}", AttributeType.STRING).index("byA", "a%{b}").timeToLive("ends").create()).model(),
        "Shop", Map.of());
    List<String> warnings = new ArrayList<>();
    ModuleFolder.write(temporary, after, new byte[0], warnings::add);
    assertThat(warnings).satisfiesExactly(
        first -> assertThat(first).contains("time to live of table '2 ${users}' was ends $${at}", "is now ends:"),
        second -> assertThat(second).contains("had the index 'byId'"),
        third -> assertThat(third).contains("index 'byA'", "were \"a%{b}\" N", "are now \"a%{b}\" S"));
  }

  private static void unexpected(String warning) {
    throw new AssertionError(warning);
  }

  private static Plan tables(String... idsAndKeys) {
    return Planner.plan(Definition.of(cloud -> {
      for (int i = 0; i < idsAndKeys.length; i += 2) {
        cloud.table(idsAndKeys[i]).hashKey(idsAndKeys[i + 1], AttributeType.STRING).create();
      }
    }).model(), "Shop", Map.of());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
