package dev.pinion.tables;

import dev.pinion.Item;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** Indexes that are built beside the committing thread, while rows change. */
class PreparedIndexesTest {
  private static final TableModel BEFORE = table(List.of());
  private static final TableModel AFTER = table(List.of(
      new IndexModel("byUser", new KeyAttribute("user", STRING), Optional.of(new KeyAttribute("score", NUMBER)))));
  private static final TableLayout LAYOUT = TableLayout.of(BEFORE);
  private static final TableLayout NEXT = TableLayout.of(AFTER);

  private static TableModel table(List<IndexModel> indexes) {
    return new TableModel(
        "rows", new KeyAttribute("id", STRING), Optional.empty(), indexes, Optional.empty(), false, false,
        new SourceLocation("App.java", 1));
  }

  private static TableRows put(TableRows rows, int id, int score, boolean indexed) {
    Item item = indexed ? Item.of("id", "r" + id, "user", "u" + id % 7, "score", score) : Item.of("id", "r" + id);
    return rows.with(key(id), Row.of(item));
  }

  private static byte[] key(int id) {
    return LAYOUT.key().bytes(name -> Item.of("id", "r" + id).attributes().get(name));
  }

  private static List<String> entries(SortedRows rows) {
    List<String> entries = new ArrayList<>();
    rows.visit(KeyRange.ALL, false, (key, row) -> entries.add(HexFormat.of().formatHex(key) + " " + row.item()));
    return entries;
  }

  private static TableRows random(TableRows rows, int times, Random random) {
    TableRows changed = rows;
    for (int i = 0; i < times; i++) {
      int id = random.nextInt(3_000);
      changed = random.nextInt(3) == 0 ? changed.without(key(id))
          : put(changed, id, random.nextInt(100), random.nextInt(5) > 0);
    }
    return changed;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 3_000})
  void theyHaveWhatHasChangedSince(int changes) {
    Random random = new Random(changes);
    TableRows rows = random(TableRows.of(LAYOUT, List.of()), 4_000, random);
    PreparedIndexes prepared = PreparedIndexes.of(new Snapshot(Map.of("rows", rows)), List.of(AFTER));
    TableRows now = random(rows, changes, random);
    TableRows built = now.withLayout(NEXT, false, prepared);
    assertThat(entries(built.index("byUser").rows()))
        .isEqualTo(entries(now.withLayout(NEXT, false, PreparedIndexes.NONE).index("byUser").rows())).isNotEmpty();
    TableRows goesOn = random(built, 100, random);
    assertThat(entries(goesOn.index("byUser").rows()))
        .isEqualTo(entries(goesOn.entries(NEXT.indexes().getFirst())));
  }

  @Test
  void fewChangesOfManyRowsAreFoundWithoutLookingAtAll() {
    Random random = new Random(7);
    TableRows rows = random(TableRows.of(LAYOUT, List.of()), 8_000, random);
    TableRows now = put(put(rows, 5_000, 1, true), 17, 1_000, true).without(key(18));
    AtomicInteger changes = new AtomicInteger();
    now.rows().since(rows.rows(), (key, before, after) -> {
      changes.incrementAndGet();
      assertThat(before).isNotSameAs(after);
      assertThat(Arrays.equals(key, key(5_000)) || Arrays.equals(key, key(17)) || Arrays.equals(key, key(18))).isTrue();
    });
    assertThat(changes.get()).isBetween(2, 3);
    rows.rows().since(rows.rows(), (_, _, _) -> changes.set(-1));
    assertThat(changes.get()).isPositive();
  }
}
