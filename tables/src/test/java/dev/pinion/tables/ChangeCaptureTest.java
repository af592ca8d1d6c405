package dev.pinion.tables;

import dev.pinion.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes that are passed on together with the rows: none is lost, whenever the process ends. */
class ChangeCaptureTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path folder = Path.of("set by JUnit");
  private final Sink sink = new Sink();

  /** Takes changes, or refuses them. */
  private static final class Sink implements ChangeSink {
    final List<RowChange> all = new ArrayList<>();
    boolean full;
    boolean wants = true;

    @Override
    public boolean wants(String table) {
      return wants;
    }

    @Override
    public long taken() {
      return all.isEmpty() ? 0 : all.getLast().number();
    }

    @Override
    public void take(List<RowChange> changes) {
      if (full) throw new IllegalStateException("no space left");
      for (RowChange each : changes) all.add(RowChange.of(each.text()));
    }
  }

  private EmbeddedTables open() throws IOException {
    return EmbeddedTables.open(folder, List.of(Rigs.TABLE), CLOCK, line -> {
      throw new AssertionError(line);
    }, sink);
  }

  private static void put(EmbeddedTables tables, String id, String text) {
    tables.putItem(Rigs.put(Item.of("id", id, "text", text)));
  }

  @Test
  void theRowsBeforeAndAfterArePassedOn() throws IOException {
    try (EmbeddedTables tables = open()) {
      put(tables, "1", "a");
      put(tables, "1", "b");
    }
    assertThat(sink.all).extracting(each -> each.before().map(item -> item.string("text")).orElse("none"))
        .containsExactly("none", "a");
    assertThat(sink.all).extracting(each -> each.after().orElseThrow().string("text")).containsExactly("a", "b");
    assertThat(sink.all).extracting(RowChange::number).containsExactly(1L, 2L);
    assertThat(sink.all).extracting(RowChange::time).containsOnly(CLOCK.instant());
  }

  @Test
  void whatCouldNotBePassedOnComesLaterOrAfterARestart() throws IOException {
    try (EmbeddedTables tables = open()) {
      put(tables, "1", "a");
      sink.full = true;
      put(tables, "1", "b");
      put(tables, "1", "c");
      assertThat(sink.all).hasSize(1);
      sink.full = false;
      put(tables, "1", "d");
      assertThat(sink.all).hasSize(4);
      sink.full = true;
      put(tables, "1", "e");
    }
    assertThat(sink.all).hasSize(4);
    sink.full = false;
    try (EmbeddedTables tables = open()) {
      assertThat(sink.all).extracting(each -> each.after().orElseThrow().string("text"))
          .containsExactly("a", "b", "c", "d", "e");
      put(tables, "1", "f");
      assertThat(sink.all.getLast().number()).isEqualTo(6);
    }
  }

  @Test
  void numbersGoOnWhenTheFileWasWrittenAnew() throws IOException {
    String large = "x".repeat(300_000);
    try (EmbeddedTables tables = open()) {
      int i = 0;
      do
        put(tables, "1", large + i++);
      while (i < 20 || Files.size(folder.resolve(TablesFile.NAME)) > 6_000_000);
    }
    long last = sink.all.getLast().number();
    try (EmbeddedTables tables = open()) {
      put(tables, "1", "next");
      assertThat(sink.all.getLast().number()).isEqualTo(last + 1);
    }
  }

  @Test
  void changesThatNobodyWantsAreNotKept() throws IOException {
    sink.wants = false;
    try (EmbeddedTables tables = open()) {
      put(tables, "1", "a");
    }
    sink.wants = true;
    try (EmbeddedTables _ = open()) {
      assertThat(sink.all).isEmpty();
    }
  }
}
