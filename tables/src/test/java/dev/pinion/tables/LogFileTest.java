package dev.pinion.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A file of commits on a disk, or in a process, that has no room for a while. */
class LogFileTest {
  private static ByteBuffer commit(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> read(Path file) throws IOException {
    List<String> commits = new ArrayList<>();
    LogReader.End end = LogReader.read(file, (_, content) -> commits.add(new String(content, StandardCharsets.UTF_8)));
    assertThat(end.damage()).isNull();
    assertThat(end.mayLack()).as("more behind the last commit than a process leaves").isFalse();
    return commits;
  }

  /** Without memory, the JDK throws from the middle of a write as well: it copies what it writes. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFullDiskOrMemoryFailsOneCommitAndNoOther(boolean memory, @TempDir Path folder) throws IOException {
    Path path = folder.resolve("log");
    for (int room = EndNote.FIRST_COMMIT; room < EndNote.FIRST_COMMIT + 60; room++) {
      FullDisk disk = new FullDisk(
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ,
              StandardOpenOption.WRITE),
          room);
      try (LogFile file = LogFile.create(disk)) {
        file.append(commit("first"));
        disk.full(true);
        disk.withoutMemory(memory);
        assertThatThrownBy(() -> file.append(commit("x".repeat(60))))
            .isInstanceOf(memory ? OutOfMemoryError.class : IOException.class);
        assertThat(Files.size(path)).isEqualTo(file.length());
        assertThat(read(path)).containsExactly("first");
        disk.full(false);
        file.append(commit("second"));
        file.append(commit("third"));
      }
      assertThat(read(path)).containsExactly("first", "second", "third");
    }
  }
}
