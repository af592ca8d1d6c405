package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What the packaged command compiles the chat to.
@Timeout(120)
final class CompileIT {
  private static final Path ROOT = SourceLimitsTest.root();
  private static final int LARGEST = 3 << 19;

  @TempDir private Path folder = Path.of("");

  @Test
  void theZipHasAllThatTheFunctionsNeedAndNoMore() throws IOException, InterruptedException {
    compile("examples/chat/Chat.java");
    Path zip = folder.resolve("function.zip");
    assertThat(Files.size(zip)).isLessThan(LARGEST);
    List<String> names = names(zip);
    assertThat(names).contains("Chat.class")
        .anyMatch(name -> name.matches("lib/pinion-lambda-.*\\.jar"))
        .anyMatch(name -> name.matches("lib/pinion-core-.*\\.jar"))
        .anyMatch(name -> name.matches("lib/pinion-json-.*\\.jar"))
        .anyMatch(name -> name.matches("lib/pinion-aws-client-.*\\.jar"))
        .noneMatch(name -> name.matches("lib/(pinion-(gateway|sim|aws-[0-9]|tf-aws|cli)|picocli|dynamodb|sdk-core).*"));
  }

  @Test
  void aMavenProjectsClassesAreAtTheRoot() throws IOException, InterruptedException {
    compile("examples/rooms");
    assertThat(names(folder.resolve("function.zip"))).contains("Rooms.class", "Rooms$Join.class");
  }

  private void compile(String program) throws IOException, InterruptedException {
    try (Child child = Child.packaged(ROOT, "compile", "-t", "tf-aws", program, "--out", folder.toString())) {
      Ran ran = child.end();
      assertThat(ran.out()).as(ran.err()).startsWith("compiled to " + folder + "\nnext: pinion deploy ");
      assertThat(ran.code()).isEqualTo(PinionCommand.OK);
    }
  }

  private static List<String> names(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }
}
