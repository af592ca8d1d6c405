package dev.pinion.tables;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Messages in a folder: in which order they are taken, and what is left of them after a restart, a kill and damage. */
class MessageStoreTest {
  private static final Instant NOW = MessageWriter.NOW;
  private static final BatchRule TEN = new BatchRule(10, Long.MAX_VALUE);
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(3));

  @TempDir private Path folder = Path.of("set by JUnit");

  /** What the clock shows. */
  private Instant now = NOW;

  private MessageStore open() throws IOException {
    return MessageStore.open(folder, () -> now, line -> {
      throw new AssertionError(line);
    });
  }

  private static NewMessage message(String body) {
    return MessageWriter.message("q", body);
  }

  private static NewMessage grouped(String group, String body) {
    return new NewMessage("q", NOW, Optional.of(group), Map.of(), body);
  }

  private static List<String> take(MessageStore store, int most, Instant now) {
    return store.take("q", new BatchRule(most, Long.MAX_VALUE), now, now.plus(Duration.ofMinutes(3))).stream()
        .map(StoredMessage::body).toList();
  }

  private static List<StoredMessage> all(MessageStore store) {
    return store.list("q", 0, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMessageIsTakenWhenItIsDueAndAgainUnlessItIsDeleted(boolean inMemory) throws IOException {
    try (MessageStore store = inMemory ? MessageStore.inMemory() : open()) {
      store.append(new NewMessage("q", LATER, Optional.empty(), Map.of("a", "b"), "late"));
      store.append(message("one"));
      long two = store.append(message("two"));
      store.append(MessageWriter.message("other", "another queue's"));
      assertThat(store.nextDue("q", TEN)).contains(NOW);
      assertThat(take(store, 10, NOW)).containsExactly("one", "two");
      assertThat(take(store, 10, NOW)).isEmpty();
      store.delete(List.of(two, 4711L));
      assertThat(store.nextDue("q", TEN)).contains(LATER);
      List<StoredMessage> taken = store.take("q", TEN, LATER, LATER.plusSeconds(9));
      assertThat(taken).extracting(StoredMessage::body).containsExactly("late", "one");
      assertThat(taken).extracting(StoredMessage::receives).containsExactly(1, 2);
      assertThat(taken.getFirst().attributes()).isEqualTo(Map.of("a", "b"));
      assertThat(store.size("q")).isEqualTo(2);
      assertThat(store.queues()).containsExactly("other", "q");
      store.due(List.of(taken.getFirst().id()), LATER);
      assertThat(take(store, 10, LATER)).containsExactly("late");
    }
  }

  @Test
  void aGroupWaitsForItsFirstMessage() {
    try (MessageStore store = MessageStore.inMemory()) {
      List<Long> ids = store.replace(List.of(), List.of(
          grouped("a", "a1"), grouped("b", "b1"), grouped("a", "a2"), grouped("a", "a3"), grouped("b", "b2")));
      assertThat(take(store, 2, NOW)).containsExactly("a1", "a2");
      assertThat(take(store, 1, NOW)).containsExactly("b1");
      assertThat(take(store, 10, NOW)).isEmpty();
      store.delete(ids.subList(0, 1));
      assertThat(take(store, 10, NOW)).as("a2 is taken, so a3 waits").isEmpty();
      store.due(List.of(ids.get(2)), NOW);
      assertThat(take(store, 10, NOW)).containsExactly("a2", "a3");
      store.delete(ids.subList(1, 4));
      assertThat(take(store, 10, NOW)).containsExactly("b2");
    }
  }

  @Test
  void aBatchWaitsForItsWindowUnlessItIsFull() {
    try (MessageStore store = MessageStore.inMemory()) {
      BatchRule rule = new BatchRule(3, 10_000, Duration.ofSeconds(10));
      store.append(message("one"));
      store.append(new NewMessage("q", NOW.plusSeconds(4), Optional.empty(), Map.of(), "two"));
      assertThat(store.nextDue("q", rule)).contains(NOW.plusSeconds(10));
      assertThat(store.take("q", rule, NOW.plusSeconds(9), LATER)).isEmpty();
      store.append(new NewMessage("q", NOW.plusSeconds(6), Optional.empty(), Map.of(), "three"));
      assertThat(store.nextDue("q", rule)).as("full").contains(NOW.plusSeconds(6));
      assertThat(store.take("q", rule, NOW.plusSeconds(6), LATER)).hasSize(3);
      store.append(new NewMessage("q", NOW.plusSeconds(7), Optional.empty(), Map.of(), "x".repeat(20_000)));
      assertThat(store.nextDue("q", rule)).as("too many bytes").contains(NOW.plusSeconds(7));
    }
  }

  @Test
  void theNewestAreListedWithoutTheOthers() {
    try (MessageStore store = MessageStore.inMemory()) {
      for (String each : List.of("1", "2", "3")) store.append(message(each));
      assertThat(store.newest("q", 2)).extracting(StoredMessage::body).containsExactly("3", "2");
      assertThat(store.newest("other", 2)).isEmpty();
    }
  }

  @Test
  void whatIsGivenBackWasNotReceived() throws IOException {
    long id;
    try (MessageStore store = open()) {
      id = store.append(message("one"));
      assertThat(store.take("q", TEN, NOW, LATER)).extracting(StoredMessage::receives).containsExactly(1);
      store.giveBack(List.of(id), NOW);
      assertThat(store.take("q", TEN, NOW, LATER)).extracting(StoredMessage::receives).containsExactly(1);
      store.giveBack(List.of(id, 4711L), NOW);
    }
    try (MessageStore store = open()) {
      assertThat(store.take("q", TEN, NOW, LATER)).extracting(StoredMessage::receives).containsExactly(1);
    }
  }

  @Test
  void aTakeEndsBeforeSoManyBytes() {
    try (MessageStore store = MessageStore.inMemory()) {
      for (int i = 0; i < 3; i++) store.append(message("x".repeat(1_000)));
      assertThat(store.take("q", new BatchRule(10, 2_500), NOW, LATER)).hasSize(2);
      assertThat(store.take("q", new BatchRule(10, 10), NOW, LATER)).as("at least one").hasSize(1);
    }
  }

  @Test
  void allIsThereAfterARestartAndWhatWasTakenIsDue() throws IOException {
    try (MessageStore store = open()) {
      store.append(message("deleted"));
      store.delete(List.of(1L));
      store.append(message("taken"));
      store.append(message("put off"));
      store.append(grouped("g", "grouped"));
      assertThat(take(store, 2, NOW)).containsExactly("taken", "put off");
      store.due(List.of(3L), LATER);
    }
    try (MessageStore store = open()) {
      assertThat(take(store, 10, NOW)).containsExactly("taken", "grouped");
      assertThat(all(store)).extracting(StoredMessage::receives).containsExactly(2, 1, 1);
      assertThat(all(store).get(1).due()).isEqualTo(LATER);
      assertThat(all(store).get(2).group()).contains("g");
      assertThat(store.append(message("new"))).isEqualTo(5);
    }
  }

  @Test
  void aClockThatIsSetBackOverARestartKeepsWhatIsDueDueAndWaitsNoLonger() throws IOException {
    try (MessageStore store = open()) {
      store.append(grouped("g", "due"));
      store.append(message("taken"));
      store.append(new NewMessage("q", NOW.plusSeconds(90), Optional.empty(), Map.of(), "late"));
      assertThat(take(store, 1, NOW)).containsExactly("due");
      store.due(List.of(1L), NOW);
      store.take("q", new BatchRule(2, Long.MAX_VALUE), NOW, LATER);
      store.due(List.of(1L), NOW);
      now = NOW.plusSeconds(30);
    }
    for (int days = 1; days < 4; days++) {
      now = NOW.minus(Duration.ofDays(days));
      try (MessageStore store = open()) {
        assertThat(store.nextDue("q", TEN).orElseThrow()).isBeforeOrEqualTo(now);
        assertThat(all(store).getLast().due()).isEqualTo(now.plusSeconds(60));
      }
    }
    try (MessageStore store = open()) {
      store.append(new NewMessage("q", now, Optional.of("g"), Map.of(), "behind"));
      assertThat(take(store, 10, now)).containsExactly("taken", "due", "behind");
      assertThat(take(store, 10, now.plusSeconds(59))).isEmpty();
      assertThat(take(store, 10, now.plusSeconds(60))).containsExactly("late");
    }
  }

  /** Nothing notes the time at a kill: that of the last write counts. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClockThatIsSetBackOverAKillOrACopyOfTheFileIsNoticedToo(boolean rewritten) throws IOException {
    Path file = folder.resolve("messages.log");
    byte[] killed;
    try (MessageStore store = open()) {
      store.append(message("due"));
      long length = 0;
      while (rewritten && length <= Files.size(file)) {
        length = Files.size(file);
        store.delete(List.of(store.append(message("x".repeat(900_000)))));
      }
      killed = Files.readAllBytes(file);
    }
    Files.write(file, killed);
    now = NOW.minus(Duration.ofHours(1));
    try (MessageStore store = open()) {
      assertThat(take(store, 10, now)).containsExactly("due");
      store.append(new NewMessage("q", now.plusSeconds(5), Optional.empty(), Map.of(), "next"));
    }
    now = NOW;
    try (MessageStore store = open()) {
      assertThat(all(store).getLast().due()).as("set ahead").isEqualTo(NOW.minusSeconds(3_595));
    }
  }

  @Test
  void moreMessagesThanMemoryAreKeptAndTaken() throws Exception {
    Process process = MessageWriter.start(folder.toString(), "large");
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("taken 200");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void whatWasAcknowledgedSurvivesKill9() throws Exception {
    Set<String> kept = new HashSet<>();
    Set<String> deleted = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      Process process = MessageWriter.start(folder.toString(), "round" + round);
      List<String> lines = new ArrayList<>();
      try (BufferedReader out = process.inputReader()) {
        for (int i = 0; i < 300 + 700 * round; i++) lines.add(out.readLine());
        process.toHandle().destroyForcibly();
        for (String line = out.readLine(); line != null; line = out.readLine()) lines.add(line);
      }
      process.waitFor();
      lines.removeLast(); // perhaps cut off
      lines.forEach(each -> (each.startsWith("kept ") ? kept : deleted).add(each.split(" ", -1)[1]));
      try (MessageStore store = open()) {
        List<String> found = all(store).stream().map(each -> each.body().split(" ", -1)[0]).toList();
        assertThat(found).doesNotHaveDuplicates().containsAll(kept).doesNotContainAnyElementsOf(deleted);
      }
    }
    assertThat(kept).hasSizeGreaterThan(1_500);
  }

  /** A file of which most is messages that are gone. */
  @Test
  void theFileIsWrittenAnewWhileMessagesComeAndGo() throws IOException {
    Path file = folder.resolve("messages.log");
    String large = "x".repeat(400_000);
    List<Long> kept = new ArrayList<>();
    try (MessageStore store = open()) {
      long last = 0;
      for (int i = 0; i < 8; i++) {
        kept.add(store.append(grouped("g" + i, "kept" + i)));
        last = store.append(message(large));
        if (i % 2 == 0) take(store, 2, NOW);
        store.delete(List.of(last));
      }
      store.due(kept.subList(3, 4), LATER);
      while (Files.size(file) > 3_000_000) {
        long id = store.append(message("more"));
        store.delete(List.of(id));
        last = id;
      }
      assertThat(all(store)).extracting(StoredMessage::body).containsExactlyElementsOf(
          IntStream.range(0, 8).mapToObj(i -> "kept" + i).toList());
      assertThat(store.append(message("behind"))).isGreaterThan(last);
    }
    try (MessageStore store = open()) {
      assertThat(all(store)).hasSize(9).extracting(StoredMessage::id).startsWith(kept.toArray(Long[]::new));
      assertThat(all(store).get(3).due()).isEqualTo(LATER);
      assertThat(all(store).getFirst().receives()).isEqualTo(1);
    }
    assertThat(folder.resolve("messages.log.new")).doesNotExist();
  }

  @Test
  void numbersAreNotUsedAgainWhenTheFileWasWrittenAnew() throws IOException {
    long last = 0;
    try (MessageStore store = open()) {
      do {
        last = store.append(message("x".repeat(900_000)));
        store.delete(List.of(last));
      } while (last < 5 || Files.size(folder.resolve("messages.log")) > 3_000_000);
    }
    try (MessageStore store = open()) {
      assertThat(store.append(message("next"))).isGreaterThan(last);
    }
  }

  @Test
  void damageIsNoticedAtTheStart() throws IOException {
    try (MessageStore store = open()) {
      for (int i = 0; i < 20; i++) store.append(message("message " + i));
    }
    Path file = folder.resolve("messages.log");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      if (i % 4 == 0) damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
      else damaged[random.nextInt(EndNote.FIRST_COMMIT, whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
      assertThatThrownBy(this::open).isInstanceOf(FolderDamagedException.class)
          .hasMessageStartingWith("The messages in " + folder + " cannot be read: ")
          .hasMessageEndingWith("or start with --fresh to delete all messages.");
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
    MessageStore.delete(folder);
    try (MessageStore store = open()) {
      assertThat(all(store)).isEmpty();
      assertThatThrownBy(this::open).isInstanceOf(FolderInUseException.class)
          .hasMessageStartingWith("The messages in " + folder + " are in use by this process");
    }
  }

  @Test
  void aClosedStoreTakesNothing() {
    MessageStore store = MessageStore.inMemory();
    store.close();
    assertThatThrownBy(() -> store.append(message("late"))).isInstanceOf(IllegalStateException.class)
        .hasMessage("the messages are closed");
  }
}
