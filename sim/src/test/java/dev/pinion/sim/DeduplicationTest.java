package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.MessageQueue;
import dev.pinion.spi.QueueModel;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a FIFO queue remembers of many messages, in memory and on disk. */
@Timeout(60)
final class DeduplicationTest {
  private static final String IDS = QueueMessages.deduplication("jobs");
  private static final int COUNT = 2_500;

  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();

  @TempDir private Path data = Path.of("");

  private Simulator start() {
    App app = cloud -> {
      queue.set(cloud.queue("jobs", String.class).orderedBy(text -> text).deduplicatedBy(text -> text).create());
      queue.get().onMessage(_ -> {});
    };
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(silent).start();
  }

  /** Returns how many messages of the store the remembered ids take. */
  private int stored() throws IOException {
    try (MessageStore store = MessageStore.open(data.resolve("messages"), clock, _ -> {})) {
      return store.size(IDS);
    }
  }

  private Map<String, String> sendAll() {
    Map<String, String> sent = new LinkedHashMap<>();
    for (int i = 0; i < COUNT; i++) {
      if (i % 100 == 0) clock.advance(Duration.ofSeconds(1));
      sent.put("m" + i, queue.get().send("m" + i));
    }
    return sent;
  }

  @Test
  void manyAreRememberedTogetherForFiveMinutesEach() throws Exception {
    Map<String, String> sent;
    try (Simulator simulator = start()) {
      sent = sendAll();
      sent.forEach((text, id) -> assertThat(queue.get().send(text)).isEqualTo(id));
      idle(simulator);
    }
    assertThat(stored()).isEqualTo(502);
    clock.advance(Duration.ofSeconds(299 - COUNT / 100));
    try (Simulator _ = start()) {
      sent.forEach((text, id) -> assertThat(queue.get().send(text)).isEqualTo(id));
      clock.advance(Duration.ofSeconds(2));
      assertThat(queue.get().send("m0")).as("each has its own end").isNotEqualTo(sent.get("m0"));
      assertThat(queue.get().send("m99")).isNotEqualTo(sent.get("m99"));
      assertThat(queue.get().send("m100")).isEqualTo(sent.get("m100"));
    }
  }

  /** A queue that nobody sends to any more. */
  @Test
  void theyAreForgottenWithoutAnotherMessage() throws Exception {
    try (Simulator simulator = start()) {
      sendAll();
      idle(simulator);
    }
    assertThat(stored()).isPositive();
    clock.advance(Duration.ofMinutes(5));
    try (Simulator simulator = start()) {
      simulator.tick();
    }
    assertThat(stored()).isZero();
  }

  /** Earlier versions of Pinion have a message of the store for each. */
  @Test
  void thoseOfEarlierVersionsAreRemembered() throws Exception {
    Map<String, String> sent = new HashMap<>();
    try (MessageStore store = MessageStore.open(data.resolve("messages"), clock, _ -> {})) {
      for (int i = 0; i < COUNT; i++) {
        String id = UUID.randomUUID().toString();
        sent.put("m" + i, id);
        store.append(QueueMessages.remembered("jobs", "m" + i, id, clock.instant()));
      }
    }
    try (Simulator _ = start()) {
      sent.forEach((text, id) -> assertThat(queue.get().send(text)).isEqualTo(id));
    }
    assertThat(stored()).isEqualTo(502);
  }

  @Test
  void whatCannotBeRememberedIsNotSent() {
    try (Simulator simulator = start(); MessageStore store = MessageStore.inMemory()) {
      Deduplication deduplication = new Deduplication(3);
      QueueModel jobs = simulator.model().queues().getFirst();
      IntFunction<UUID> send = number -> deduplication.send(
          jobs, "id" + number, new NewMessage("q", clock.instant(), Optional.empty(), Map.of(), "text"),
          UUID.randomUUID(), clock, store);
      for (int i = 0; i < 3; i++) assertThat(send.apply(i)).isNotNull();
      assertThatThrownBy(() -> send.apply(3)).isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("more than 3 messages with deduplication ids were sent within five minutes");
      assertThat(store.size("q")).isEqualTo(3);
      assertThat(send.apply(2)).as("a duplicate").isNotNull();
      clock.advance(Duration.ofMinutes(5));
      assertThat(send.apply(3)).isNotNull();
      assertThat(store.size(IDS)).isEqualTo(1);
    }
  }

  @Test
  void theyAreFoundUntilTheyEndAndNoOthers() {
    Random random = new Random(1);
    RememberedIds ids = new RememberedIds();
    Map<String, RememberedId> expected = new HashMap<>();
    long now = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
    for (int i = 0; i < 200_000; i++) {
      now += random.nextInt(4);
      String text = "id" + random.nextInt(50_000);
      RememberedId id = RememberedId.of(text, UUID.randomUUID(), now + 60_000);
      long time = now;
      Optional<UUID> before =
          Optional.ofNullable(expected.get(text)).filter(each -> each.until() > time).map(RememberedId::messageId);
      assertThat(ids.find(id, now)).isEqualTo(before);
      if (i % 100 == 0) ids.forget(now);
      if (before.isPresent()) continue;
      ids.add(id);
      expected.put(text, id);
    }
  }

  @Test
  void aTextOfManyHasThemAll() {
    List<RememberedId> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) ids.add(RememberedId.of("id" + i, UUID.randomUUID(), 1_000_000 + i));
    String text = RememberedId.text(ids, 1_000_099);
    assertThat(RememberedId.all(text, 1_000_099)).isEqualTo(ids);
    assertThat(RememberedId.all(text, 900_099).getFirst().until()).as("the clock was set back").isEqualTo(900_000);
  }
}
