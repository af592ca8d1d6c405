package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.Scan;
import dev.pinion.contract.Canonical;
import dev.pinion.spi.Read;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.BINARY;
import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Next versions of an app, over a folder of 10,000 rows that earlier ones wrote. */
final class SchemaChangesTest {
  private static final int ROWS = 10_000;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("set by JUnit");

  /** An index whose keys are attributes, the first of which gives it its name. */
  private static IndexModel index(String name, String hash, AttributeType type, KeyAttribute... range) {
    return new IndexModel(name, new KeyAttribute(hash, type), Stream.of(range).findFirst());
  }

  private static TableModel table(String id, String timeToLive, IndexModel... indexes) {
    return new TableModel(
        id, new KeyAttribute("id", STRING), Optional.empty(), List.of(indexes),
        Optional.of(timeToLive).filter(each -> !each.isEmpty()), false, false, new SourceLocation("Schema.java", 1));
  }

  /** One version after the other. */
  private static final List<TableModel> VERSIONS = List.of(
      table("rows", ""),
      table("rows", "", index("byUser", "user", STRING)),
      table("rows", "", index("byUser", "user", STRING), index("byN", "n", NUMBER)),
      table("rows", "", index("byPerson", "user", STRING), index("byN", "n", NUMBER, new KeyAttribute("user", STRING))),
      table("rows", "", index("byPerson", "user", NUMBER)),
      table("rows", "never", index("byPerson", "user", BINARY), index("byN", "n", STRING)),
      table("rows", "expires", index("byUser", "user", STRING, new KeyAttribute("n", NUMBER))),
      table("rows", "", index("byUser", "user", STRING)));

  /** A row, whose attributes have one of many types. */
  private static Item row(int i) {
    Item row = Item.of("id", "row" + i, "text", "x".repeat(i % 90));
    if (i % 7 != 0) row = row.with("user", i % 3 == 0 ? i % 50 : i % 5 == 0 ? new byte[] {(byte) i} : "user" + i % 50);
    if (i % 4 != 0) row = row.with("n", i % 9 == 0 ? "n" + i : i / 3);
    return i % 1_000 == 0 ? row.with("expires", NOW.getEpochSecond() - 10) : row;
  }

  private EmbeddedTables open(TableModel... tables) throws Exception {
    return EmbeddedTables.open(folder, List.of(tables), InstantSource.fixed(NOW), line -> {
      throw new AssertionError(line);
    });
  }

  private Map<String, Item> filled() throws Exception {
    TableModel table = VERSIONS.getFirst();
    Map<String, Item> rows = new TreeMap<>();
    try (EmbeddedTables tables = open(table)) {
      List<Write> some = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        rows.put("row" + i, row(i));
        some.add(new Write.Put(table, row(i), Optional.empty()));
        if (some.size() == 25) {
          tables.batchWriteItem(some);
          some.clear();
        }
      }
    }
    return rows;
  }

  @Test
  void eachVersionHasAllRowsAndAnIndexThoseThatFit() throws Exception {
    Map<String, Item> rows = filled();
    for (TableModel version : VERSIONS) {
      try (EmbeddedTables tables = open(version)) {
        check(tables, version, rows);
        // What one version changes is in the indexes of the next, and gone from them.
        for (int i = VERSIONS.indexOf(version); i < ROWS; i += 500) {
          Item row = rows.get("row" + i);
          Item changed =
              (row == null ? row(i) : row.with("version", VERSIONS.indexOf(version))).without("user").without("n");
          tables.putItem(new Write.Put(version, changed, Optional.empty()));
          rows.put("row" + i, changed);
        }
        int expired = tables.sweep();
        if (version.timeToLive().equals(Optional.of("expires"))) {
          assertThat(expired).isEqualTo(10);
          rows.values().removeIf(row -> row.attribute("expires").isPresent());
        } else {
          assertThat(expired).isZero();
        }
        check(tables, version, rows);
      }
    }
  }

  private static void check(EmbeddedTables tables, TableModel table, Map<String, Item> rows) {
    assertThat(texts(Rigs.all(tables, table).stream())).isEqualTo(texts(rows.values().stream()));
    for (IndexModel index : table.indexes()) {
      List<KeyAttribute> keys = Stream.concat(Stream.of(index.hashKey()), index.rangeKey().stream()).toList();
      List<Item> found = new ArrayList<>();
      Optional<Item> start = Optional.empty();
      do {
        var page = tables.scan(table, Scan.all().index(index.name()), start);
        found.addAll(page.items());
        start = page.lastEvaluatedKey();
      } while (start.isPresent());
      Stream<Item> fit = rows.values().stream().filter(row -> keys.stream().allMatch(
          key -> row.attribute(key.name()).filter(value -> value.type().equals(key.type().code())).isPresent()));
      assertThat(texts(found.stream())).as(index.name()).isEqualTo(texts(fit));
    }
  }

  private static List<String> texts(Stream<Item> rows) {
    return rows.map(Canonical::text).sorted().toList();
  }

  @Test
  void aRenamedTableLeavesItsRowsUnderTheOldName() throws Exception {
    TableModel rows = VERSIONS.get(1);
    TableModel people = table("people", "", index("byUser", "user", STRING));
    Map<String, Item> before = filled();
    try (EmbeddedTables tables = open(people)) {
      check(tables, people, Map.of());
      tables.putItem(new Write.Put(people, row(1), Optional.empty()));
    }
    try (EmbeddedTables tables = open(people, rows)) {
      check(tables, people, Map.of("row1", row(1)));
      check(tables, rows, before);
    }
  }

  @Test
  void anotherTypeOfKeyOrKeyIsRefusedAndNothingIsLost() throws Exception {
    Map<String, Item> before = filled();
    SourceLocation place = new SourceLocation("Schema.java", 1);
    KeyAttribute id = new KeyAttribute("id", STRING);
    for (TableModel other : List.of(
        new TableModel("rows", new KeyAttribute("id", NUMBER), Optional.empty(), List.of(), Optional.empty(), false,
            false, place),
        new TableModel("rows", new KeyAttribute("user", STRING), Optional.empty(), List.of(), Optional.empty(), false,
            false, place),
        new TableModel("rows", id, Optional.of(new KeyAttribute("n", NUMBER)), List.of(), Optional.empty(), false,
            false, place))) {
      for (List<TableModel> all : List.of(List.of(other), List.of(table("new", ""), other))) {
        assertThatThrownBy(() -> open(all.toArray(TableModel[]::new)).close())
            .isInstanceOf(SchemaChangedException.class)
            .hasMessageContaining("'rows'");
      }
    }
    try (EmbeddedTables tables = open(VERSIONS.get(2))) {
      check(tables, VERSIONS.get(2), before);
    }
  }

  /** Opens the version with the number in the second argument, and updates rows until it is killed. */
  public static void main(String[] args) throws Exception {
    TableModel version = VERSIONS.get(Integer.parseInt(args[1]));
    EmbeddedTables tables = Rigs.open(Path.of(args[0]), version);
    Attribute n = attribute("n" + args[1]);
    for (int i = 0;; i++) {
      String id = "row" + i % ROWS;
      tables.updateItem(new Write.UpdateItem(version, Rigs.key(id), List.of(n.set(i)), Optional.empty()));
      System.out.println(id + " " + i);
      System.out.flush();
    }
  }

  @Test
  void aVersionThatIsKilledLosesNothing() throws Exception {
    Map<String, Item> rows = filled();
    for (int version = 1; version < VERSIONS.size(); version++) {
      if (VERSIONS.get(version).timeToLive().equals(Optional.of("expires"))) continue;
      String name = "n" + version;
      Process writer = new ProcessBuilder(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
          System.getProperty("java.class.path"), SchemaChangesTest.class.getName(), folder.toString(), "" + version)
          .redirectError(ProcessBuilder.Redirect.INHERIT).start();
      List<String> lines = new ArrayList<>();
      try (BufferedReader read = writer.inputReader()) {
        for (int i = 0; i < 40 * version; i++) {
          lines.add(read.readLine());
        }
        writer.toHandle().destroyForcibly(); // the process's own destroyForcibly closes its output
        for (String line = read.readLine(); line != null; line = read.readLine()) {
          lines.add(line);
        }
      }
      writer.waitFor();
      lines.removeLast(); // perhaps cut off
      for (String line : lines) {
        String id = line.split(" ", -1)[0];
        rows.computeIfPresent(id, (_, row) -> row.with(name, Integer.parseInt(line.split(" ", -1)[1])));
      }
      TableModel next = VERSIONS.get((version + 1) % VERSIONS.size());
      try (EmbeddedTables tables = open(next)) {
        // The writes that nobody acknowledged may be there or not.
        for (int i = lines.size(); i < lines.size() + 3; i++) {
          String id = "row" + i % ROWS;
          tables.getItem(new Read(next, Rigs.key(id), List.of(), true)).ifPresent(row -> rows.put(id, row));
        }
        check(tables, next, rows);
      }
    }
  }
}
