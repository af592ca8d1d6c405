package dev.pinion.tables;

import dev.pinion.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Damage to the tables' file is noticed wherever it is, and nothing that could be saved is touched. */
class DamageTest {
  private static final int ROWS = 12;

  @TempDir private Path folder = Path.of("set by JUnit");
  private Path file = folder;
  private byte[] whole = {};

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve(TablesFile.NAME);
    try (EmbeddedTables tables = Rigs.open(folder, Rigs.TABLE)) {
      for (int i = 0; i < ROWS; i++) {
        tables.putItem(Rigs.put(Item.of("id", "row " + i, "text", "x".repeat(i))));
      }
    }
    whole = Files.readAllBytes(file);
  }

  private int rows() throws IOException {
    try (EmbeddedTables tables = Rigs.open(folder, Rigs.TABLE)) {
      return Rigs.all(tables, Rigs.TABLE).size();
    }
  }

  private void assertNoticed(byte[] damaged, String how) throws IOException {
    Files.write(file, damaged);
    assertThatThrownBy(this::rows).as(how).isInstanceOf(FolderDamagedException.class)
        .hasMessageContaining(folder.toString()).hasMessageContaining("--fresh");
    assertThat(Files.readAllBytes(file)).as(how).isEqualTo(damaged);
  }

  @Test
  void aFileThatIsCutOffAnywhere() throws IOException {
    for (int length = 0; length < whole.length; length += length < EndNote.FIRST_COMMIT - 9 ? 97 : 1) {
      assertNoticed(Arrays.copyOf(whole, length), "cut off at " + length);
    }
  }

  @Test
  void bytesThatWereZeroedAnywhere() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      int length = 1 << random.nextInt(3, 10);
      int from = random.nextInt(EndNote.FIRST_COMMIT, whole.length - 1);
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, from, Math.min(damaged.length, from + length), (byte) 0);
      if (!Arrays.equals(damaged, whole)) {
        assertNoticed(damaged, length + " zeros from " + from);
      }
    }
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 0, EndNote.FIRST_COMMIT, (byte) 0);
    assertNoticed(damaged, "the head zeroed");
  }

  @Test
  void anyBitThatChangedInARow() throws IOException {
    for (int at = EndNote.FIRST_COMMIT; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertNoticed(damaged, "a bit of byte " + at);
    }
  }

  @Test
  void aNoteThatIsZeroedLeavesTheOneBefore() throws IOException {
    byte[] damaged = whole.clone();
    int last = EndNote.position(requireNonNull(EndNote.last(whole)).sequence());
    Arrays.fill(damaged, last, last + EndNote.BYTES, (byte) 0);
    Files.write(file, damaged);
    assertThat(rows()).isEqualTo(ROWS);
  }

  @Test
  void halfACommitThatWasNeverAcknowledgedIsNoDamage() throws IOException {
    for (byte[] more : List.of(new byte[3], new byte[] {0, 0, 0, 9, 1, 2, 3, 4, 5, 6})) {
      Files.write(file, whole);
      Files.write(file, more, StandardOpenOption.APPEND);
      assertThat(rows()).isEqualTo(ROWS);
      assertThat(Files.size(file)).isEqualTo(whole.length);
    }
  }

  @Test
  void aFileThatIsLongerThanAKillLeavesItIsReported() throws IOException {
    for (byte[] more : List.of(new byte[4000], new byte[] {0, 0, 0, 2, 1, 2, 3, 4, 5, 6})) {
      Files.write(file, whole);
      Files.write(file, more, StandardOpenOption.APPEND);
      List<String> log = new ArrayList<>();
      try (EmbeddedTables tables = EmbeddedTables.open(folder, List.of(Rigs.TABLE), InstantSource.system(), log::add)) {
        assertThat(Rigs.all(tables, Rigs.TABLE)).hasSize(ROWS);
      }
      assertThat(log).singleElement().asString().contains("have the rows of commit ", "may lack later ones");
      assertThat(rows()).as("not reported twice").isEqualTo(ROWS);
    }
  }

  @Test
  void otherFilesAreNotDeletedWithTheTables() throws IOException {
    Path own = Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.createDirectory(folder.resolve("more"));
    Files.writeString(folder.resolve("tables.salvage"), "x");
    EmbeddedTables.delete(folder);
    assertThat(own).hasContent("mine");
    assertThat(file).doesNotExist();
    assertThat(rows()).isZero();
  }

  @Test
  void theReadableRowsOfADamagedFileCanBeUsed() throws IOException {
    byte[] damaged = whole.clone();
    damaged[damaged.length - 100] ^= 1;
    Files.write(file, damaged);
    List<String> log = new ArrayList<>();
    Consumer<String> line = log::add;
    assertThatThrownBy(() -> EmbeddedTables.open(folder, List.of(Rigs.TABLE), InstantSource.system(), line))
        .hasMessageContaining("rename tables.log to tables.salvage to go on with the rows as they were after commit ");
    Path salvage = Files.move(file, folder.resolve("tables.salvage"));
    try (EmbeddedTables tables = EmbeddedTables.open(folder, List.of(Rigs.TABLE), InstantSource.system(), line)) {
      assertThat(Rigs.all(tables, Rigs.TABLE)).hasSizeBetween(1, ROWS - 1)
          .allSatisfy(row -> assertThat(row.string("text")).hasSizeLessThan(ROWS));
    }
    assertThat(log).hasSize(1).first().asString().contains("readable commits of " + salvage);
    assertThat(Files.readAllBytes(salvage)).isEqualTo(damaged);
    assertThat(rows()).isPositive();
  }

  @Test
  void tablesOfAnEarlierVersionAreRefusedAndKept() throws IOException {
    Files.delete(file);
    Path old = Files.writeString(folder.resolve("tables.mv"), "H:2,block:9");
    assertThatThrownBy(this::rows).isInstanceOf(FolderDamagedException.class)
        .hasMessageContaining("tables.mv is of an earlier version of Pinion").hasMessageContaining("--fresh");
    assertThat(old).exists();
    EmbeddedTables.delete(folder);
    assertThat(old).doesNotExist();
    assertThat(rows()).isZero();
  }
}
