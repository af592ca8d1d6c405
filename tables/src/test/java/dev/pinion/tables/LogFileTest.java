package dev.pinion.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A file of commits on a disk that is full for a while. */
class LogFileTest {
  private static ByteBuffer commit(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> read(Path file) throws IOException {
    List<String> commits = new ArrayList<>();
    LogReader.End end = LogReader.read(file, content -> commits.add(new String(content, StandardCharsets.UTF_8)));
    assertThat(end.damage()).isNull();
    return commits;
  }

  @Test
  void aFullDiskFailsOneCommitAndNoOther(@TempDir Path folder) throws IOException {
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
        assertThatThrownBy(() -> file.append(commit("x".repeat(60)))).hasMessage("No space left on device");
        assertThat(read(path)).containsExactly("first");
        disk.full(false);
        file.append(commit("second"));
        file.append(commit("third"));
      }
      assertThat(read(path)).containsExactly("first", "second", "third");
    }
  }
}
