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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A tables' file that is written anew when most of it is old. */
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
    file = folder.resolve("tables.mv");
    copy = folder.resolve("tables.mv.new");
  }

  private EmbeddedTables open(TableModel... tables) throws IOException {
    return EmbeddedTables.open(folder, List.of(tables), InstantSource.system());
  }

  private static List<Item> rows(String prefix, int count, int bytes) {
    return IntStream.range(0, count).mapToObj(i -> Item.of("id", prefix + i, "text", "x".repeat(bytes))).toList();
  }

  private static void write(EmbeddedTables tables, TableModel table, List<Item> rows) {
    rows.forEach(row -> tables.putItem(new Write.Put(table, row, Optional.empty())));
  }

  private static void delete(EmbeddedTables tables, List<Item> rows) {
    rows.forEach(
        row -> tables.deleteItem(new Write.Delete(Rigs.TABLE, Rigs.key(row.string("id")), Optional.empty())));
  }

  private static List<Item> all(EmbeddedTables tables, TableModel table) {
    List<Item> all = new ArrayList<>();
    Optional<Item> start = Optional.empty();
    do {
      var page = tables.scan(table, dev.pinion.Scan.all(), start);
      all.addAll(page.items());
      start = page.lastEvaluatedKey();
    } while (start.isPresent());
    return all;
  }

  /** Leaves a file of which most is old. */
  private void fill(List<Item> kept) throws IOException {
    try (EmbeddedTables tables = open(Rigs.TABLE, FORGOTTEN)) {
      List<Item> large = rows("large", LARGE, LARGE_BYTES);
      write(tables, Rigs.TABLE, large);
      write(tables, Rigs.TABLE, kept);
      write(tables, FORGOTTEN, rows("old", 10, 10));
      delete(tables, large);
    }
    assertThat(Files.size(file)).isGreaterThan((long) LARGE * LARGE_BYTES / 2);
  }

  @Test
  void aFileThatIsMostlyOldIsWrittenAnew() throws IOException {
    List<Item> kept = rows("kept", 500, 1_000);
    fill(kept);
    try (EmbeddedTables tables = open(Rigs.TABLE)) {
      assertThat(Files.size(file)).isLessThan(2_000_000);
      assertThat(copy).doesNotExist();
      assertThat(all(tables, Rigs.TABLE)).containsExactlyInAnyOrderElementsOf(kept);
      tables.putItem(Rigs.put(Item.of("id", "more")));
    }
    try (EmbeddedTables tables = open(Rigs.TABLE, FORGOTTEN)) {
      assertThat(tables.getItem(Rigs.read("more"))).isPresent();
      assertThat(all(tables, FORGOTTEN)).containsExactlyInAnyOrderElementsOf(rows("old", 10, 10));
    }
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
      assertThat(copy).doesNotExist();
      assertThat(all(tables, Rigs.TABLE)).containsAll(kept);
      assertThat(all(tables, FORGOTTEN)).hasSize(10);
    }
    assertThat(Files.size(file)).isLessThan(8_000_000);
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
