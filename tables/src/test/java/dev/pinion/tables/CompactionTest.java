package dev.pinion.tables;

import dev.pinion.Item;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A tables' file that is written anew in the background when most of it is old. */
class CompactionTest {
  private static final int LARGE = 60;
  private static final int LARGE_BYTES = 390_000;
  private static final TableModel FORGOTTEN = new TableModel(
      "forgotten", Rigs.TABLE.hashKey(), Optional.empty(), List.of(), Optional.empty(), false, false,
      new SourceLocation("CompactionTest.java", 1));

  private final Path folder;
  private final Path file;
  private final Path copy;

  CompactionTest(@TempDir Path folder) {
    this.folder = folder;
    file = folder.resolve(TablesFile.NAME);
    copy = folder.resolve("tables.log.new");
  }

  private EmbeddedTables open(TableModel... tables) throws IOException {
    return Rigs.open(folder, tables);
  }

  private static List<Item> rows(String prefix, int count, int bytes) {
    return IntStream.range(0, count).mapToObj(i -> Item.of("id", prefix + i, "text", "x".repeat(bytes))).toList();
  }

  private static void write(EmbeddedTables tables, TableModel table, List<Item> rows) {
    rows.forEach(row -> tables.putItem(new Write.Put(table, row, Optional.empty())));
  }

  /** Leaves a file of which most is old, without the tables, which would write it anew. */
  private void fill(List<Item> kept) throws IOException {
    CommitWriter writer = new CommitWriter();
    try (LogFile log = LogFile.create(file)) {
      append(log, writer, Rigs.TABLE, kept);
      append(log, writer, FORGOTTEN, rows("old", 10, 10));
      List<Item> large = rows("large", LARGE, LARGE_BYTES);
      append(log, writer, Rigs.TABLE, large);
      writer.clear();
      large.forEach(row -> writer.change(new UncommittedWrite.Change("rows", key(row), null)));
      log.append(writer.content());
    }
    assertThat(Files.size(file)).isGreaterThan((long) LARGE * LARGE_BYTES);
  }

  private static void append(LogFile log, CommitWriter writer, TableModel table, List<Item> rows) throws IOException {
    writer.clear();
    writer.key(table.id(), KeySchema.of(table).toString());
    rows.forEach(row -> writer.row(table.id(), key(row), Row.of(row)));
    log.append(writer.content());
  }

  private static byte[] key(Item row) {
    return KeySchema.of(Rigs.TABLE).bytes(row.attributes()::get);
  }

  /** Goes on writing until the file is small. */
  private List<Item> writeUntilShorterThan(EmbeddedTables tables, long bytes) throws IOException {
    List<Item> written = new ArrayList<>();
    while (Files.size(file) >= bytes) {
      Item row = Item.of("id", "more" + written.size());
      tables.putItem(Rigs.put(row));
      written.add(row);
    }
    return written;
  }

  @Test
  void aFileThatIsMostlyOldIsWrittenAnewWhileWritesGoOn() throws IOException {
    List<Item> rows = new ArrayList<>(rows("kept", 500, 1_000));
    fill(rows);
    try (EmbeddedTables tables = open(Rigs.TABLE)) {
      rows.addAll(writeUntilShorterThan(tables, 8_000_000));
      assertThat(copy).doesNotExist();
      assertThat(Rigs.all(tables, Rigs.TABLE)).containsExactlyInAnyOrderElementsOf(rows);
      tables.putItem(Rigs.put(Item.of("id", "last")));
    }
    try (EmbeddedTables tables = open(Rigs.TABLE, FORGOTTEN)) {
      assertThat(tables.getItem(Rigs.read("last"))).isPresent();
      assertThat(Rigs.all(tables, Rigs.TABLE)).containsAll(rows);
      assertThat(Rigs.all(tables, FORGOTTEN)).containsExactlyInAnyOrderElementsOf(rows("old", 10, 10));
    }
  }

  @Test
  void rowsThatChangeAllTheTimeTakeThreeTimesTheirSizeAtMost() throws IOException {
    List<Item> rows = rows("row", 400, 20_000);
    try (EmbeddedTables tables = open(Rigs.TABLE)) {
      for (int round = 0; round < 8; round++) {
        write(tables, Rigs.TABLE, rows);
      }
      writeUntilShorterThan(tables, 3L * 400 * 20_000);
    }
    assertThat(Files.size(file)).isLessThan(3L * 400 * 20_000);
  }

  @Test
  void allRowsAreThereAfterAKillMeanwhile() throws Exception {
    List<Item> kept = rows("kept", 4_000, 1_000);
    fill(kept);
    killWhenTheCopyBegins();
    if (Files.exists(copy)) {
      killWhenTheCopyBegins();
    }
    try (EmbeddedTables tables = open(Rigs.TABLE, FORGOTTEN)) {
      assertThat(Rigs.all(tables, Rigs.TABLE)).containsAll(kept);
      assertThat(Rigs.all(tables, FORGOTTEN)).hasSize(10);
      writeUntilShorterThan(tables, 16_000_000);
      assertThat(Rigs.all(tables, Rigs.TABLE)).containsAll(kept);
    }
  }

  private void killWhenTheCopyBegins() throws Exception {
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      var created = folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Process writer = Writer.start(folder, "killed");
      try {
        do {
          assertThat(watch.poll(60, TimeUnit.SECONDS)).as("a file in %s", folder).isNotNull();
        } while (created.pollEvents().stream().noneMatch(each -> copy.getFileName().equals(each.context()))
            && created.reset());
      } finally {
        writer.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void whatAKilledRunHasLeftIsDeleted() throws IOException {
    open(Rigs.TABLE).close();
    Files.writeString(copy, "half a file");
    open(Rigs.TABLE).close();
    assertThat(copy).doesNotExist();
  }
}
