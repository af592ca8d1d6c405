package app;

import dev.pinion.AttributeValue;
import dev.pinion.Cloud;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Table;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import dev.pinion.TransactionCanceledException;
import dev.pinion.sim.Simulator;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The code of docs/tables.md: a theatre's seats. */
class TablesGuideTest {
  private final List<Table> declared = new ArrayList<>();
  private final Simulator running;
  private final Table seats;
  private final Table guests;

  TablesGuideTest(@TempDir Path data) {
    running = Simulator.of(this::define).port(0).data(data).start();
    seats = declared.get(0);
    guests = declared.get(1);
    for (int seat = 1; seat <= 10; seat++) {
      seats.putItem(Item.of("show", "Hamlet", "seat", seat, "price", 30));
    }
  }

  @AfterEach
  void close() {
    running.close();
  }

  private void define(Cloud cloud) {
    Table seats = cloud.table("seats")
        .hashKey("show", STRING)
        .rangeKey("seat", NUMBER)
        .attribute("guest", STRING)
        .index("byGuest", "guest", "show")
        .timeToLive("expires")
        .create();
    Table guests = cloud.table("guests").hashKey("name", STRING).create();
    declared.addAll(List.of(seats, guests));
  }

  private static Key hamlet(int seat) {
    return Key.of("show", "Hamlet", "seat", seat);
  }

  @Test
  void rowsAreWrittenReadAndDeleted() {
    seats.putItem(Item.of("show", "Hamlet", "seat", 12, "price", 30).with("tags", Set.of("aisle", "stalls")));

    Key key = Key.of("show", "Hamlet", "seat", 12);
    Optional<Item> row = seats.getItem(key);
    long price = row.orElseThrow().integer("price");
    Optional<Item> part = seats.getItem(key, attribute("price"), attribute("tags"));
    Optional<Item> newest = seats.getItemConsistently(key);

    Optional<Item> deleted = seats.deleteItem(key);
    assertThat(price).isEqualTo(30);
    assertThat(part.orElseThrow().attributes()).containsOnlyKeys("price", "tags");
    assertThat(newest).isEqualTo(row).isEqualTo(deleted);
    assertThat(seats.getItem(key)).isEmpty();
  }

  @Test
  void attributesChange() {
    Key key = hamlet(3);
    Item after = seats.updateItem(key,
        attribute("guest").set("Ann"),
        attribute("price").set(attribute("price").minus(5)),
        attribute("log").set(attribute("log").orElse(List.of()).append(List.of("held"))),
        attribute("changes").add(1),
        attribute("note").remove());
    assertThat(after)
        .isEqualTo(
            Item.of("show", "Hamlet", "seat", 3, "price", 25).with("guest", "Ann").with("log", List.of("held"))
                .with("changes", 1));
  }

  @Test
  void aConditionGuardsAWrite() {
    assertThat(isBooked(hamlet(4), "Ann")).isTrue();
    assertThat(isBooked(hamlet(4), "Bob")).isFalse();
    assertThat(seats.getItem(hamlet(4)).orElseThrow().string("guest")).isEqualTo("Ann");
  }

  private boolean isBooked(Key key, String guest) {
    try {
      seats.updateItem(key,
          attribute("seat").exists().and(attribute("guest").notExists().or(attribute("guest").equalTo(guest))),
          attribute("guest").set(guest));
      return true;
    } catch (ConditionalCheckFailedException taken) {
      return false;
    }
  }

  @Test
  void aQueryReadsTheRowsOfOneHashKey() {
    Stream<Item> all = seats.query("Hamlet");
    Stream<Item> dear = seats.query(Query.hashKey("Hamlet")
        .rangeBetween(5, 9)
        .filter(attribute("price").greaterThan(20).and(attribute("guest").notExists()))
        .project(attribute("seat"), attribute("price"))
        .backwards()
        .first(3));
    assertThat(all).hasSize(10);
    assertThat(dear).extracting(row -> row.integer("seat")).containsExactly(9L, 8L, 7L);
  }

  @Test
  void anIndexFindsRowsByAnotherAttribute() {
    seats.updateItem(hamlet(1), attribute("guest").set("Ann"));
    seats.updateItem(hamlet(2), attribute("guest").set("Ann"));
    List<Item> booked = seats.query(Query.hashKey("Ann").index("byGuest")).toList();
    List<Item> all = seats.scan(Scan.all().index("byGuest")).toList();
    assertThat(booked).hasSize(2);
    assertThat(all).hasSize(2);
  }

  @Test
  void streamsReadTheirPagesThemselves() {
    guests.batchWriteItem(
        IntStream.range(0, 50).mapToObj(i -> Item.of("name", "guest " + i, "letter", "x".repeat(100_000))).toList(),
        List.of());
    long bytes = guests.scan().mapToLong(row -> row.string("letter").length()).sum();
    Optional<Item> any = guests.scan().filter(row -> row.string("name").endsWith("7")).findFirst();
    assertThat(bytes).isEqualTo(5_000_000);
    assertThat(any).isPresent();
  }

  @Test
  void batchesReadAndWriteManyRows() {
    List<Item> rows = IntStream.rangeClosed(1, 200).mapToObj(i -> Item.of("show", "Faust", "seat", i)).toList();
    seats.batchWriteItem(rows, List.of(hamlet(1), hamlet(2)));

    List<Key> keys = IntStream.rangeClosed(1, 300).mapToObj(i -> Key.of("show", "Faust", "seat", i)).toList();
    List<Item> found = seats.batchGetItem(keys);
    assertThat(found).hasSize(200);
    assertThat(seats.query("Hamlet")).hasSize(8);
  }

  @Test
  void aTransactionWritesAllOrNothing() {
    guests.putItem(Item.of("name", "Ann", "credit", 50));
    assertThat(buy(hamlet(5), "Ann", 30)).isEmpty();
    assertThat(buy(hamlet(6), "Ann", 30)).containsExactly("None", "ConditionalCheckFailed");

    List<Optional<Item>> both = Table.transactGetItems(
        TransactGet.get(seats, hamlet(5)), TransactGet.get(guests, Key.of("name", "Ann")));
    assertThat(both.get(0).orElseThrow().string("guest")).isEqualTo("Ann");
    assertThat(both.get(1).orElseThrow().integer("credit")).isEqualTo(20);
  }

  private List<String> buy(Key seat, String guest, int price) {
    try {
      Table.transactWriteItems(
          TransactWrite.update(seats, seat, attribute("guest").set(guest)).when(attribute("guest").notExists()),
          TransactWrite.update(guests, Key.of("name", guest), attribute("credit").add(-price))
              .when(attribute("credit").atLeast(price)));
      return List.of();
    } catch (TransactionCanceledException refused) {
      return refused.reasons().stream().map(TransactionCanceledException.Reason::code).toList();
    }
  }

  @Test
  void expiredRowsAreFilteredByTheReader() {
    Instant now = Instant.parse("2026-05-01T20:00:00Z");
    long end = now.plus(Duration.ofMinutes(10)).getEpochSecond();
    seats.putItem(Item.of("show", "Hamlet", "seat", 7, "expires", end));

    List<Item> alive = seats.query(Query.hashKey("Hamlet")
        .filter(attribute("expires").notExists().or(attribute("expires").greaterThan(now.getEpochSecond()))))
        .toList();
    assertThat(alive).hasSize(10);
  }

  enum State {
    FREE, HELD, SOLD
  }

  record Seat(String show, int seat, State state, BigDecimal price, Optional<String> guest, List<Note> notes) {}

  record Note(Instant at, String text) {}

  @Test
  void recordsAreRows() {
    seats.putItem(new Seat("Faust", 1, State.FREE, new BigDecimal("29.90"), Optional.empty(), List.of()));

    List<Seat> faust = seats.query("Faust").map(row -> row.as(Seat.class)).toList();
    assertThat(faust).singleElement().extracting(Seat::price, Seat::guest)
        .containsExactly(new BigDecimal("29.9"), Optional.empty());
    assertThat(seats.getItem(Key.of("show", "Faust", "seat", 1)).orElseThrow().attribute("state"))
        .contains(new AttributeValue.S("FREE"));
  }

  @Test
  void whatIsRefusedHasAwssName() {
    var wrong = catchThrowableOfType(
        dev.pinion.ValidationException.class, () -> seats.getItem(Key.of("show", "Hamlet")));
    assertThat(wrong).message().matches("The provided key element does not match the schema \\(table 'seats',"
        + " TablesGuideTest.java:[0-9]+: 'seat' is declared as NUMBER and is missing\\)");
    assertThatThrownBy(() -> seats.putItem(Item.of("show", "Faust", "seat", "1")))
        .hasMessageStartingWith("One or more parameter values were invalid: Type mismatch for key seat")
        .hasMessageEndingWith("'seat' is declared as NUMBER, but the value is a string: pass an int, a long or a"
            + " BigDecimal)");
    assertThatThrownBy(() -> seats.query(1).toList())
        .hasMessageEndingWith("'show' is declared as STRING, but the value is a number: pass a String)");
    seats.putItem(Item.of("show", "Faust", "seat", 1));
    assertThatThrownBy(() -> seats.scan().forEach(row -> row.string("seat")))
        .isInstanceOf(ClassCastException.class)
        .message()
        .matches("table 'seats' \\(TablesGuideTest.java:[0-9]+\\): attribute 'seat' is a number \\(N\\), not of"
            + " type S: call integer\\(\"seat\"\\) or number\\(\"seat\"\\)");
  }
}
