package dev.pinion.aws;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class OutputFolderTest {
  @TempDir private Path folder = Path.of("");

  /// Whoever has the earlier file open, or a process that is killed, sees no half of the new one.
  @Test
  void filesAreReplacedAsAWhole() throws Exception {
    Path main = Files.writeString(folder.resolve("main.tf.json"), "before");
    Path earlier = Files.createLink(folder.resolve("earlier.auto.tfvars"), main);
    assertThat(write("main.tf.json", "after")).containsExactly("earlier.auto.tfvars");
    assertThat(main).hasContent("after");
    assertThat(earlier).hasContent("before");
  }

  @Test
  void whatAKilledCompilationHasLeftIsNoFileOfTheUsers() throws Exception {
    Path left = Files.writeString(folder.resolve(".pinion-unfinished"), "half");
    assertThat(new OutputFolder(folder, Set.of(), "").foreign()).isEmpty();
    write("main.tf.json", "after");
    assertThat(left).doesNotExist();
  }

  @Test
  void theFilesOfBeforeAreThereUntilTheNewOnesAre() throws Exception {
    Files.writeString(folder.resolve("old.zip"), "old");
    Files.createDirectories(folder.resolve("new.zip/full"));
    OutputFolder output = new OutputFolder(folder, Set.of("old.zip"), "");
    assertThatThrownBy(() -> output.write(Map.of("new.zip", "new".getBytes(UTF_8))))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(folder.resolve("old.zip")).hasContent("old");
    assertThat(folder.resolve(".pinion-unfinished")).doesNotExist();
  }

  private List<String> write(String name, String content) {
    return new OutputFolder(folder, Set.of(name), "").write(Map.of(name, content.getBytes(UTF_8)));
  }
}
