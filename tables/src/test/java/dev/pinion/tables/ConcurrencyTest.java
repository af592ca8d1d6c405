package dev.pinion.tables;

import dev.pinion.Item;
import dev.pinion.TransactionCanceledException;
import dev.pinion.spi.Write;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static org.assertj.core.api.Assertions.assertThat;

/** Writes of many threads, one after another, and rows that expire. */
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int EACH = 60;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final EmbeddedTables tables;

  ConcurrencyTest(@TempDir Path folder) throws Exception {
    tables = EmbeddedTables.open(folder, List.of(Rigs.TABLE), (InstantSource) () -> now, System.err::println);
  }

  @AfterEach
  void close() {
    tables.close();
  }

  private static void together(Callable<?> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> all = IntStream.range(0, THREADS).mapToObj(_ -> threads.submit(work)).toList();
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  @Test
  void noIncrementIsLost() throws Exception {
    Set<Long> seen = ConcurrentHashMap.newKeySet();
    together(() -> {
      for (int i = 0; i < EACH; i++) {
        Item row = tables.updateItem(
            new Write.UpdateItem(
                Rigs.TABLE, Rigs.key("counter"), List.of(attribute("n").add(1)), Optional.empty()));
        assertThat(seen.add(row.integer("n"))).isTrue();
      }
      return true;
    });
    assertThat(tables.getItem(Rigs.read("counter")).orElseThrow().integer("n")).isEqualTo((long) THREADS * EACH);
  }

  @Test
  void aTransactionIsSeenWholeOrNotAtAll() throws Exception {
    tables.putItem(Rigs.put(Item.of("id", "a", "n", 100)));
    tables.putItem(Rigs.put(Item.of("id", "b", "n", 100)));
    together(() -> {
      for (int i = 0; i < EACH; i++) {
        move(i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "b" : "a", i % 40);
        List<Optional<Item>> both = tables.transactGetItems(List.of(Rigs.read("a"), Rigs.read("b")));
        assertThat(both.stream().mapToLong(row -> row.orElseThrow().integer("n")).sum()).isEqualTo(200);
      }
      return true;
    });
  }

  private void move(String from, String to, int amount) {
    try {
      tables.transactWriteItems(
          List.of(
              new Write.UpdateItem(
                  Rigs.TABLE, Rigs.key(from), List.of(attribute("n").add(-amount)),
                  Optional.of(attribute("n").atLeast(amount))),
              new Write.UpdateItem(Rigs.TABLE, Rigs.key(to), List.of(attribute("n").add(amount)), Optional.empty())));
    } catch (TransactionCanceledException e) {
      assertThat(e.reasons()).extracting(TransactionCanceledException.Reason::code)
          .containsExactly("ConditionalCheckFailed", "None");
    }
  }

  @Test
  void anExpiredRowIsReadUntilItIsSwept() {
    long second = now.getEpochSecond();
    tables.putItem(Rigs.put(Item.of("id", "soon", "expires", second + 10)));
    tables.putItem(Rigs.put(Item.of("id", "later", "expires", second + 1_000)));
    tables.putItem(Rigs.put(Item.of("id", "text", "expires", "1")));
    tables.putItem(Rigs.put(Item.of("id", "long ago", "expires", 1)));
    assertThat(tables.sweep()).isZero();
    now = now.plusSeconds(11);
    assertThat(tables.getItem(Rigs.read("soon"))).as("expired, not swept").isPresent();
    assertThat(tables.sweep()).isEqualTo(1);
    assertThat(tables.getItem(Rigs.read("soon"))).isEmpty();
    for (String id : List.of("later", "text", "long ago")) {
      assertThat(tables.getItem(Rigs.read(id))).as(id).isPresent();
    }
  }
}
