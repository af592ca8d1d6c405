package dev.pinion.cli;

import dev.pinion.cli.WatchedFiles.Folder;
import dev.pinion.cli.WatchedFiles.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What a build tool writes among the files that it builds from.
final class ToolWritesTest {
  private final List<String> notes = new ArrayList<>();
  private final List<WatchedFiles> known = new ArrayList<>();
  private final ToolWrites writes = new ToolWrites(notes::add);

  @TempDir private Path folder = Path.of("");

  private WatchedFiles watched() {
    return new WatchedFiles(Set.of(), List.of(new Folder(folder, Kind.EVERYTHING)), Set.of());
  }

  /// A run in which files are given another content.
  private boolean run(String content, String... names) throws IOException {
    Map<Path, String> before = ToolWrites.contents(watched());
    for (String name : names) Files.writeString(folder.resolve(name), content);
    known.clear();
    return writes.ran(before, watched(), known::add);
  }

  @Test
  void aFileThatSeveralRunsHaveChanged() throws IOException {
    for (String content : List.of("one", "two")) {
      assertThat(run(content, "time.txt")).isFalse();
      assertThat(known).isEmpty();
    }
    assertThat(run("three", "time.txt")).isFalse();
    assertThat(known).hasSize(2).last().isEqualTo(watched());
    assertThat(known.getFirst().folders()).as("what is there then has not changed").isEmpty();
    run("four", "time.txt");
    assertThat(notes).containsExactly("note: the build writes " + folder.resolve("time.txt")
        + " itself: what it writes there starts no reload");
  }

  @Test
  void aSaveDuringARun() throws IOException {
    for (String content : List.of("one", "two", "three")) run(content, "time.txt");
    assertThat(run("four", "time.txt", "Chat.java")).isFalse();
    assertThat(known).isEmpty();
    run("five", "time.txt");
    assertThat(known).hasSize(2);
  }

  @Test
  void aFileThatOneRunLeavesAsItIs() throws IOException {
    for (String content : List.of("one", "two")) run(content, "time.txt");
    run("two", "time.txt");
    run("three", "time.txt");
    assertThat(known).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void aSaveAtTheEndOfARun() throws IOException {
    for (String content : List.of("one", "two", "three")) run(content, "time.txt");
    Map<Path, String> before = ToolWrites.contents(watched());
    Files.writeString(folder.resolve("time.txt"), "four");
    assertThat(writes.ran(before, watched(), _ -> save())).as("the build runs again").isTrue();
  }

  private void save() {
    try {
      Files.writeString(folder.resolve("Chat.java"), "saved");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
