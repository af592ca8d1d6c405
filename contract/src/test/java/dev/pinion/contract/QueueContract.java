package dev.pinion.contract;

import dev.pinion.MessageQueue;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.QueueMessage;
import dev.pinion.ValidationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every platform does with the messages of queues. */
@Timeout(60)
public abstract class QueueContract {
  private static final Duration VISIBILITY = Duration.ofSeconds(60);

  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final List<QueueMessage> about = new CopyOnWriteArrayList<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Supplier<AsyncBackend> start;
  private AsyncBackend backend;

  /** Runs each test on a platform of its own. */
  protected QueueContract(Supplier<AsyncBackend> start) {
    this.start = start;
  }

  @BeforeEach
  void start() {
    QueueApp.HANDLER.set((message, known) -> {
      handled.add(message);
      about.add(known);
      if (failing.contains(message)) throw new IOException("always");
    });
    backend = start.get();
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private static MessageQueue<String> jobs() {
    return QueueApp.JOBS.get();
  }

  @Test
  void aMessageReachesTheHandlerOnce() {
    String id = jobs().send("Grüße 𝄞 \"\\ {}");
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("Grüße 𝄞 \"\\ {}");
    assertThat(about).singleElement().satisfies(each -> {
      assertThat(each.messageId()).isEqualTo(id);
      assertThat(each.receiveCount()).isEqualTo(1);
      assertThat(each.messageGroupId()).isEmpty();
    });
    backend.advance(Duration.ofHours(1));
    assertThat(handled).hasSize(1);
    assertThat(backend.deadLetters("jobs")).isEmpty();
  }

  @Test
  void theLargestMessageArrivesAndNoLargerOne() {
    String largest = "é".repeat(524_288);
    jobs().send(largest);
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly(largest);
    assertThatThrownBy(() -> jobs().send(largest + "x")).isInstanceOf(PayloadTooLargeException.class)
        .hasMessageContaining("jobs.send: the message has more than 1048576 bytes");
  }

  @Test
  void whatSqsRefusesIsRefused() {
    assertThatThrownBy(() -> jobs().send("")).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> jobs().send("a\u0001")).isInstanceOf(ValidationException.class)
        .hasMessageContaining("U+0001");
    assertThatThrownBy(() -> jobs().sendIn(Duration.ofSeconds(901), "a")).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> QueueApp.ORDERED.get().sendIn(Duration.ofSeconds(1), "a"))
        .isInstanceOf(ValidationException.class).hasMessageContaining("FIFO");
    assertThatThrownBy(() -> QueueApp.ORDERED.get().send("a b-1")).isInstanceOf(ValidationException.class)
        .hasMessageContaining("'a b'");
  }

  @Test
  void aFailureComesAgainAfterTheVisibilityTimeoutAndThenIsADeadLetterOnce() {
    failing.add("a");
    jobs().send("a");
    backend.advance(Duration.ofSeconds(59));
    assertThat(handled).hasSize(1);
    backend.advance(Duration.ofSeconds(1));
    assertThat(handled).hasSize(2);
    backend.advance(VISIBILITY);
    assertThat(handled).hasSize(3);
    assertThat(about).extracting(QueueMessage::receiveCount).containsExactly(1, 2, 3);
    assertThat(about).extracting(QueueMessage::messageId).containsOnly(about.getFirst().messageId());
    assertThat(backend.deadLetters("jobs")).as("until it would be received again").isEmpty();
    backend.advance(VISIBILITY);
    assertThat(backend.deadLetters("jobs")).containsExactly("a");
    backend.advance(Duration.ofHours(1));
    assertThat(handled).hasSize(3);
    assertThat(backend.deadLetters("jobs")).containsExactly("a");
  }

  @Test
  void whatSucceedsLaterIsNotDead() {
    failing.add("a");
    jobs().send("a");
    backend.advance(Duration.ZERO);
    failing.clear();
    backend.advance(Duration.ofHours(1));
    assertThat(handled).hasSize(2);
    assertThat(backend.deadLetters("jobs")).isEmpty();
  }

  @Test
  void aDelayIsKept() {
    jobs().sendIn(Duration.ofMinutes(15), "late");
    jobs().send("now");
    backend.advance(Duration.ofSeconds(899));
    assertThat(handled).containsExactly("now");
    backend.advance(Duration.ofSeconds(1));
    assertThat(handled).containsExactly("now", "late");
  }

  @Test
  void onlyWhatHasFailedOfABatchComesAgain() {
    failing.add("2");
    for (String each : List.of("1", "2", "3")) QueueApp.BATCHES.get().sendIn(Duration.ofSeconds(1), each);
    backend.advance(Duration.ofSeconds(1));
    assertThat(handled).containsExactlyInAnyOrder("1", "2", "3");
    handled.clear();
    backend.advance(VISIBILITY);
    assertThat(handled).containsExactly("2");
    backend.advance(VISIBILITY);
    assertThat(backend.deadLetters("batches")).containsExactly("2");
  }

  @Test
  void aGroupKeepsItsOrderOverFailures() {
    failing.add("a-2");
    for (String each : List.of("a-1", "a-2", "a-3")) QueueApp.ORDERED.get().send(each);
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("a-1", "a-2");
    backend.advance(VISIBILITY);
    assertThat(handled).containsExactly("a-1", "a-2", "a-2");
    backend.advance(VISIBILITY);
    assertThat(handled).as("a-2 is a dead letter, and a-3 follows").containsExactly("a-1", "a-2", "a-2", "a-3");
    assertThat(backend.deadLetters("ordered")).containsExactly("a-2");
    assertThat(about.getFirst().messageGroupId()).isEqualTo(Optional.of("a"));
  }

  @Test
  void aFailureEndsABatchOfAFifoQueue() {
    failing.add("a-0");
    for (String each : List.of("a-0", "a-1", "a-2", "a-3")) QueueApp.TOGETHER.get().send(each);
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("a-0");
    failing.clear();
    failing.add("a-2");
    handled.clear();
    backend.advance(VISIBILITY);
    assertThat(handled).containsExactly("a-0", "a-1", "a-2");
    failing.clear();
    handled.clear();
    backend.advance(VISIBILITY);
    assertThat(handled).containsExactly("a-2", "a-3");
    backend.advance(Duration.ofHours(1));
    assertThat(handled).hasSize(2);
    assertThat(backend.deadLetters("together")).isEmpty();
  }

  @Test
  void anotherGroupDoesNotWait() {
    failing.add("a-1");
    QueueApp.ORDERED.get().send("a-1");
    backend.advance(Duration.ZERO);
    QueueApp.ORDERED.get().send("a-2");
    QueueApp.ORDERED.get().send("b-1");
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("a-1", "b-1");
  }

  /** Each group's messages come in their order, and one behind another only once that has succeeded or is dead. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyFailuresKeepTheOrderOfEachGroup(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> failures = new ConcurrentHashMap<>();
    QueueApp.HANDLER.set((message, _) -> {
      handled.add(message);
      if (requireNonNull(failures.merge(message, -1, Integer::sum)) >= 0) throw new IOException("not yet");
    });
    Map<String, List<String>> expected = new TreeMap<>();
    Set<String> dead = new TreeSet<>();
    for (int i = 0; i < 60; i++) {
      String group = "abcd".substring(random.nextInt(4)).substring(0, 1);
      String message = group + "-" + i;
      int fails = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
      failures.put(message, fails);
      int attempts = Math.min(fails + 1, 2);
      expected.computeIfAbsent(group, _ -> new ArrayList<>()).addAll(Collections.nCopies(attempts, message));
      if (fails >= 2) dead.add(message);
      QueueApp.ORDERED.get().send(message);
      if (random.nextInt(4) == 0) backend.advance(Duration.ofSeconds(random.nextInt(90)));
    }
    for (int i = 0; i < 70; i++) backend.advance(VISIBILITY);
    expected.forEach(
        (group, messages) -> assertThat(handled).filteredOn(each -> each.startsWith(group)).as(group)
            .isEqualTo(messages));
    assertThat(backend.deadLetters("ordered")).containsExactlyInAnyOrderElementsOf(dead);
  }

  @Test
  void twoEqualMessagesAreTwoUnlessTheAppSaysOtherwise() {
    QueueApp.ORDERED.get().send("a-1");
    QueueApp.ORDERED.get().send("a-1");
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("a-1", "a-1");
  }

  @Test
  void aDuplicateIsDroppedForFiveMinutes() {
    Set<String> ids = new HashSet<>();
    ids.add(QueueApp.ONCE.get().send("a"));
    backend.advance(Duration.ofSeconds(299));
    ids.add(QueueApp.ONCE.get().send("a"));
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("a");
    assertThat(ids).hasSize(1);
    backend.advance(Duration.ofSeconds(2));
    ids.add(QueueApp.ONCE.get().send("a"));
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("a", "a");
    assertThat(ids).hasSize(2);
  }

  @Test
  void aDuplicateIsOneInAnyGroup() {
    String id = QueueApp.ONCE.get().send("a-1");
    assertThat(QueueApp.ONCE.get().send("b-1")).isEqualTo(id);
    QueueApp.ONCE.get().send("b-2");
    backend.advance(Duration.ZERO);
    assertThat(handled).containsExactlyInAnyOrder("a-1", "b-2");
  }

  @Test
  void aDuplicateOfAMessageThatFailsIsDropped() {
    failing.add("a-1");
    QueueApp.ONCE.get().send("a-1");
    backend.advance(VISIBILITY.multipliedBy(2));
    QueueApp.ONCE.get().send("a-1");
    backend.advance(Duration.ZERO);
    assertThat(handled).hasSize(3);
  }

  @Test
  void aMessageThatArrivesWhileItsGroupIsTakenWaits() {
    QueueApp.HANDLER.set((message, _) -> {
      handled.add(message);
      if (message.equals("a-1") && handled.size() == 1) {
        QueueApp.ORDERED.get().send("a-2");
        throw new IOException("once");
      }
    });
    QueueApp.ORDERED.get().send("a-1");
    backend.advance(VISIBILITY.minusSeconds(1));
    assertThat(handled).containsExactly("a-1");
    backend.advance(Duration.ofSeconds(1));
    assertThat(handled).containsExactly("a-1", "a-1", "a-2");
  }

  @Test
  void aHandlerMaySendToItsOwnQueue() {
    QueueApp.HANDLER.set((message, _) -> {
      handled.add(message);
      if (message.length() < 4) jobs().send(message + "x");
    });
    jobs().send("x");
    for (int i = 0; i < 4; i++) backend.advance(Duration.ZERO);
    assertThat(handled).containsExactly("x", "xx", "xxx", "xxxx");
  }
}
