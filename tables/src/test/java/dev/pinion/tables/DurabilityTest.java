package dev.pinion.tables;

import dev.pinion.AttributeType;
import dev.pinion.Item;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is left of the tables after a restart, a kill, and damage. */
class DurabilityTest {
  @TempDir private Path folder = Path.of("set by JUnit");

  private EmbeddedTables open() throws IOException {
    return Rigs.open(folder, Rigs.TABLE);
  }

  /** Reads so many acknowledgements, kills the process as {@code kill -9} does, and reads those that were under way. */
  private static List<String> killedAfter(int acknowledged, Process writer) throws Exception {
    List<String> ids = new ArrayList<>();
    try (BufferedReader lines = writer.inputReader()) {
      for (int i = 0; i < acknowledged; i++) {
        ids.add(lines.readLine());
      }
      writer.toHandle().destroyForcibly(); // the process's own destroyForcibly closes its output
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ids.add(line);
      }
    }
    assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    ids.removeLast(); // perhaps cut off
    return ids;
  }

  @Test
  void whatWasAcknowledgedSurvivesKill9() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int acknowledged : List.of(2, 60, 700, 2_000)) {
      ids.addAll(killedAfter(acknowledged, Writer.start(folder, "after" + acknowledged)));
      try (EmbeddedTables tables = open()) {
        assertThat(ids).allSatisfy(id -> assertThat(tables.getItem(Rigs.read(id))).as(id).isPresent());
        tables.scan(Rigs.TABLE, dev.pinion.Scan.all(), Optional.empty()).items().stream()
            .map(row -> row.string("id"))
            .filter(id -> id.endsWith("-twin"))
            .forEach(id -> assertThat(tables.getItem(Rigs.read(id.replace("-twin", "")))).as(id).isPresent());
      }
    }
    assertThat(ids).hasSizeGreaterThan(2_700);
  }

  @Test
  void aFolderThatAnotherProcessHasOpenIsRefused() throws Exception {
    Process writer = Writer.start(folder, "other");
    try (BufferedReader lines = writer.inputReader()) {
      assertThat(lines.readLine()).startsWith("other-");
      assertThatThrownBy(this::open).isInstanceOf(FolderInUseException.class)
          .hasMessageContaining("in use by process " + writer.pid() + " (").hasMessageContaining(folder.toString());
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  @Test
  void aFileThatIsReadAndASecondTryInThisProcessLeaveTheFolderLocked() throws Exception {
    try (EmbeddedTables tables = open()) {
      tables.putItem(Rigs.put(Item.of("id", "1")));
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(this::open).isInstanceOf(FolderInUseException.class)
            .hasMessageContaining("in use by this process");
        assertThat(Files.readAllBytes(folder.resolve(TablesFile.NAME))).isNotEmpty();
      }
      Process other = Writer.start(folder, "other", ProcessBuilder.Redirect.PIPE);
      try (BufferedReader errors = other.errorReader()) {
        assertThat(errors.readLine()).contains("are in use by process " + ProcessHandle.current().pid());
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
    open().close();
  }

  @Test
  void rowsSurviveARestart() throws IOException {
    Item row = Item.of("id", "1", "n", 12345678901234567L, "list", List.of("a", 1, true));
    try (EmbeddedTables tables = open()) {
      tables.putItem(Rigs.put(row));
      tables.putItem(Rigs.put(Item.of("id", "2")));
      tables.deleteItem(new dev.pinion.spi.Write.Delete(Rigs.TABLE, Rigs.key("2"), Optional.empty()));
    }
    try (EmbeddedTables tables = open()) {
      assertThat(tables.getItem(Rigs.read("1"))).contains(row);
      assertThat(tables.getItem(Rigs.read("2"))).isEmpty();
    }
  }

  @Test
  void rowsOfAnotherKeyAreNotTouched() throws IOException {
    try (EmbeddedTables tables = open()) {
      tables.putItem(Rigs.put(Item.of("id", "1")));
    }
    assertThatThrownBy(
        () -> Rigs.open(folder, Rigs.table(AttributeType.NUMBER)))
        .isInstanceOf(SchemaChangedException.class).hasMessageContaining("'rows'").hasMessageContaining("STRING");
    try (EmbeddedTables tables = open()) {
      assertThat(tables.getItem(Rigs.read("1"))).isPresent();
    }
  }
}
