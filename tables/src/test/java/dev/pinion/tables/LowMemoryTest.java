package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.spi.Write;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** More rows than fit into memory: writers get an error, writing goes on, and a start says what to do. */
@Timeout(120)
class LowMemoryTest {
  private static final int BYTES = 300_000;

  /** Fills the memory with rows, then frees some and writes again, or only opens the tables. */
  static final class Filler {
    private Filler() {}

    /** The arguments are the folder, and {@code open}, {@code fill} or {@code transact}. */
    public static void main(String[] args) {
      try (EmbeddedTables tables = Rigs.open(Path.of(args[0]), Rigs.TABLE)) {
        if (args[1].equals("fill")) {
          int rows = fill(tables);
          replace(tables, rows);
          for (int i = 0; i < rows; i++) {
            if (i % 4 != 0) {
              tables.deleteItem(new Write.Delete(Rigs.TABLE, Key.of("id", "row " + i), Optional.empty()));
            }
          }
          tables.putItem(Rigs.put(Item.of("id", "after")));
          System.out.println("written after all: " + tables.getItem(Rigs.read("after")).isPresent());
        }
        if (args[1].equals("transact")) {
          transact(tables);
        }
        System.out.println(rows(tables));
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }

    /** Updates many large rows at once: there is memory for the rows, but not for the commit. */
    private static void transact(EmbeddedTables tables) {
      List<Write> updates = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String id = "row " + i;
        tables.putItem(Rigs.put(Item.of("id", id, "text", "x".repeat(390_000))));
        updates.add(
            new Write.UpdateItem(
                Rigs.TABLE, Key.of("id", id), List.of(Attribute.attribute("n").set(1)), Optional.empty()));
      }
      try {
        tables.transactWriteItems(updates);
        System.out.println("written");
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
      tables.putItem(Rigs.put(Item.of("id", "after")));
    }

    /** Writes rows again, so that the file has to be written anew when there is no memory for that. */
    private static void replace(EmbeddedTables tables, int rows) {
      for (int i = 0; i < 4 * rows; i++) {
        try {
          tables.putItem(Rigs.put(Item.of("id", "row " + i % rows, "text", "y".repeat(BYTES - i))));
        } catch (IllegalStateException | OutOfMemoryError e) {
          // the row stays as it was
        }
      }
    }

    private static int fill(EmbeddedTables tables) {
      for (int i = 0;; i++) {
        try {
          tables.putItem(Rigs.put(Item.of("id", "row " + i, "text", "x".repeat(BYTES))));
        } catch (IllegalStateException | OutOfMemoryError e) {
          System.out.println("refused after " + i + ": " + e.getMessage());
          return i;
        }
      }
    }
  }

  /** Each row's id and length. */
  private static String rows(EmbeddedTables tables) {
    return Rigs.all(tables, Rigs.TABLE).stream()
        .map(row -> row.string("id") + "=" + (row.has("text") ? row.string("text").length() : 0))
        .sorted().toList().toString();
  }

  private static List<String> output(Path folder, String memory, String what) throws Exception {
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx" + memory, "-cp",
        System.getProperty("java.class.path"), Filler.class.getName(), folder.toString(), what)
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // A write that hangs would keep this thread reading, which nothing interrupts.
    var _ = CompletableFuture.runAsync(
        process::destroyForcibly, CompletableFuture.delayedExecutor(100, TimeUnit.SECONDS));
    try (BufferedReader lines = process.inputReader(); Stream<String> all = lines.lines()) {
      return all.toList();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aFullMemoryEndsNoWriting(@TempDir Path folder) throws Exception {
    List<String> output = output(folder, "40m", "fill");
    assertThat(output).hasSize(3);
    assertThat(output.get(0)).startsWith("refused after ");
    assertThat(output.get(1)).isEqualTo("written after all: true");
    try (EmbeddedTables tables = Rigs.open(folder, Rigs.TABLE)) {
      assertThat(rows(tables)).as("no more and no less than before the end").isEqualTo(output.get(2));
    }
  }

  @Test
  void aCommitThatDoesNotFitEndsNoWriting(@TempDir Path folder) throws Exception {
    List<String> output = output(folder, "150m", "transact");
    assertThat(output).hasSize(2);
    assertThat(output.get(0)).startsWith("the memory of this process, ").contains("nothing of it is stored");
    assertThat(output.get(1)).contains("after=0", "row 99=390000");
    try (EmbeddedTables tables = Rigs.open(folder, Rigs.TABLE)) {
      assertThat(Rigs.all(tables, Rigs.TABLE)).hasSize(101).noneMatch(row -> row.has("n"));
    }
  }

  @Test
  void aStartThatNeedsMoreSaysSo(@TempDir Path folder) throws Exception {
    try (EmbeddedTables tables = Rigs.open(folder, Rigs.TABLE)) {
      for (int i = 0; i < 100; i++) {
        tables.putItem(Rigs.put(Item.of("id", "row " + i, "text", "x".repeat(BYTES))));
      }
    }
    assertThat(output(folder, "20m", "open")).singleElement().asString()
        .contains("do not fit into the memory of this process").contains("PINION_JAVA_OPTS=-Xmx");
  }
}
