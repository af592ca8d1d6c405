package dev.pinion.tables;

import dev.pinion.Item;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random damage of all kinds to a file of many commits: all acknowledged rows are there, or the start says what is
 * damaged or may be missing; and never are there rows of a commit without those of the commits before it.
 *
 * <p>{@code -Dpinion.damages=100000 -Dpinion.seed=7} runs more of them.
 */
class DamageTrialsTest {
  private static final int COMMITS = 160;
  private static final int MOMENTS = 12;

  private final Path folder;
  private final Path file;
  private final Random random = new Random(Long.getLong("pinion.seed", 20_261_128));

  DamageTrialsTest(@TempDir Path folder) {
    this.folder = folder;
    file = folder.resolve(TablesFile.NAME);
  }

  private static Item row(int at) {
    return Item.of("id", "row " + at, "text", Integer.toString(at, 36).repeat(at % 97 * 5));
  }

  /** Each commit has a row of its own and the number of the last one; the file at some moments. */
  private List<byte[]> written() throws IOException {
    List<byte[]> moments = new ArrayList<>();
    try (EmbeddedTables tables = Rigs.open(folder, Rigs.TABLE)) {
      for (int i = 0; i < COMMITS; i++) {
        tables.transactWriteItems(List.of(Rigs.put(row(i)), new Write.UpdateItem(
            Rigs.TABLE, Rigs.key("last"), List.of(attribute("n").set(i)), Optional.empty())));
        if (i % (COMMITS / MOMENTS) == 0) {
          moments.add(Files.readAllBytes(file));
        }
      }
    }
    return moments;
  }

  private record Opened(long last, List<String> log) {}

  /** Opens the file and checks that the rows are those after some commit; empty when it is refused. */
  private Optional<Opened> opened(RandomDamage.Damaged damaged) throws IOException {
    Files.write(file, damaged.bytes());
    List<String> log = new ArrayList<>();
    try (EmbeddedTables tables =
        EmbeddedTables.open(folder, List.of(Rigs.TABLE), InstantSource.system(), log::add)) {
      List<Item> rows = Rigs.all(tables, Rigs.TABLE);
      long last = tables.getItem(Rigs.read("last")).map(row -> row.integer("n")).orElse(-1L);
      for (int i = 0; i <= last; i++) {
        assertThat(tables.getItem(Rigs.read("row " + i))).as("%s, row %s", damaged.how(), i).contains(row(i));
      }
      assertThat(rows).as(damaged.how()).hasSize(last < 0 ? 0 : (int) last + 2);
      return Optional.of(new Opened(last, log));
    } catch (FolderDamagedException refused) {
      assertThat(refused).as(damaged.how()).hasMessageContaining(folder.toString()).hasMessageContaining("--fresh");
      assertThat(Files.readAllBytes(file)).as(damaged.how()).isEqualTo(damaged.bytes());
      return Optional.empty();
    }
  }

  @Test
  void acknowledgedRowsAreThereOrTheStartSaysSo() throws IOException {
    List<byte[]> moments = written();
    RandomDamage damage = new RandomDamage(random, Files.readAllBytes(file), moments);
    int refused = 0;
    int told = 0;
    int trials = Integer.getInteger("pinion.damages", 400);
    for (int i = 0; i < trials; i++) {
      RandomDamage.Damaged damaged = damage.next();
      Optional<Opened> opened = opened(damaged);
      if (opened.isEmpty()) {
        refused++;
      } else if (!opened.get().log().isEmpty()) {
        told++;
        assertThat(opened.get().log()).as(damaged.how()).singleElement().asString()
            .startsWith("the tables in " + folder + " have the rows of commit ").contains("may lack later ones");
        assertThat(damaged.isHeadOlder() || opened.get().last() == COMMITS - 1).as(damaged.how()).isTrue();
      } else if (!damaged.isHeadOlder()) {
        assertThat(opened.get().last()).as(damaged.how()).isEqualTo(COMMITS - 1);
      }
    }
    assertThat(refused).isGreaterThan(trials / 4);
    assertThat(told).isGreaterThan(trials / 20);
  }
}
