package dev.pinion.contract;

import dev.pinion.Item;
import dev.pinion.TableChange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What every platform does with the changes of a table. */
@Timeout(60)
public abstract class ChangeContract {
  /** After so long, whatever fails has been given up. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private final List<TableChange> handled = new CopyOnWriteArrayList<>();
  private final Supplier<ChangeBackend> start;
  private ChangeBackend backend;

  /** Runs each test on a platform of its own. */
  protected ChangeContract(Supplier<ChangeBackend> start) {
    this.start = start;
  }

  @BeforeEach
  void start() {
    ChangeApp.HANDLER.set(handled::add);
    backend = start.get();
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private void put(String id, String text) {
    backend.put(id, Map.of("text", text));
  }

  private static String text(Optional<Item> row) {
    return row.map(each -> each.string("text")).orElse("none");
  }

  private static String shown(TableChange change) {
    return change.type() + " " + change.key().attributes().string("id") + " " + text(change.oldItem()) + " > "
        + text(change.newItem());
  }

  @Test
  void aChangeHasTheRowBeforeAndAfter() {
    put("a", "Grüße 𝄞 \"\\");
    put("a", "two");
    put("a", "two");
    backend.delete("a");
    backend.delete("a");
    backend.advance(Duration.ZERO);
    assertThat(handled).extracting(ChangeContract::shown).containsExactly(
        "INSERT a none > Grüße 𝄞 \"\\", "MODIFY a Grüße 𝄞 \"\\ > two", "REMOVE a two > none");
    assertThat(handled).extracting(TableChange::eventId).doesNotHaveDuplicates();
    assertThat(handled).extracting(TableChange::expired).containsOnly(false);
    assertThat(handled).extracting(each -> each.time().toEpochMilli() % 1000).containsOnly(0L);
  }

  @Test
  void aRowThatHasExpiredIsRemoved() {
    backend.put("a", Map.of("text", "one", ChangeApp.ENDS, backend.now().getEpochSecond() + 60));
    backend.advance(Duration.ofSeconds(30));
    assertThat(handled).hasSize(1);
    backend.advance(LONG);
    assertThat(handled).hasSize(2);
    assertThat(handled.getLast().type()).isEqualTo(TableChange.Type.REMOVE);
    assertThat(handled.getLast().expired()).isTrue();
    assertThat(text(handled.getLast().oldItem())).isEqualTo("one");
  }

  @Test
  void aFailureComesAgainAndLaterChangesOfTheRowWait() {
    List<String> calls = new CopyOnWriteArrayList<>();
    ChangeApp.HANDLER.set(change -> {
      calls.add(change.eventId());
      if (text(change.newItem()).equals("one") && calls.size() < 3) throw new IOException("not yet");
      handled.add(change);
    });
    put("a", "one");
    put("a", "two");
    backend.advance(LONG);
    assertThat(handled).extracting(ChangeContract::shown).containsExactly("INSERT a none > one", "MODIFY a one > two");
    assertThat(calls).hasSize(4);
    assertThat(Set.copyOf(calls)).as("a change has the same id each time").hasSize(2);
    assertThat(backend.deadLetters()).isZero();
  }

  @Test
  void whatAlwaysFailsIsGivenUpAfterFiveCalls() {
    List<String> calls = new CopyOnWriteArrayList<>();
    ChangeApp.HANDLER.set(change -> {
      calls.add(shown(change));
      throw new AssertionError("poison");
    });
    put("a", "one");
    backend.advance(LONG);
    assertThat(calls).hasSize(5).containsOnly("INSERT a none > one");
    assertThat(backend.deadLetters()).isEqualTo(1);
    ChangeApp.HANDLER.set(handled::add);
    put("a", "two");
    backend.advance(LONG);
    assertThat(handled).extracting(ChangeContract::shown).containsExactly("MODIFY a one > two");
    assertThat(backend.deadLetters()).isEqualTo(1);
  }

  @Test
  void aPoisonedChangeTakesNoOtherWithIt() {
    ChangeApp.HANDLER.set(change -> {
      if (text(change.newItem()).equals("poison")) throw new IOException("poison");
      handled.add(change);
    });
    for (int i = 0; i < 12; i++) put("r" + i % 3, i == 4 ? "poison" : "text " + i);
    backend.advance(LONG);
    assertThat(Set.copyOf(handled.stream().map(each -> text(each.newItem())).toList())).hasSize(11);
    assertThat(backend.deadLetters()).isEqualTo(1);
  }

  /** Each change of a row begins with what the one before has left, whatever fails how often. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noChangeIsLostOrOvertakesAnother(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> failures = new ConcurrentHashMap<>();
    Map<String, String> poisoned = new ConcurrentHashMap<>();
    ChangeApp.HANDLER.set(change -> {
      String text = text(change.newItem());
      if (text.startsWith("poison")) {
        poisoned.put(change.eventId(), shown(change));
        throw new IOException("poison");
      }
      if (text.startsWith("once") && failures.merge(change.eventId(), 1, Integer::sum) == 1)
        throw new IOException("no");
      handled.add(change);
    });
    Map<String, List<String>> written = new HashMap<>();
    for (int i = 0; i < 80; i++) {
      String id = "r" + random.nextInt(4);
      boolean delete = random.nextInt(5) == 0;
      String text = List.of("text", "text", "text", "once", "poison").get(random.nextInt(5)) + " " + i;
      if (delete) backend.delete(id);
      else put(id, text);
      List<String> states = written.computeIfAbsent(id, _ -> new ArrayList<>(List.of("none")));
      if (!delete || !states.getLast().equals("none")) states.add(delete ? "none" : text);
      if (random.nextInt(10) == 0) backend.advance(Duration.ofSeconds(random.nextInt(3)));
    }
    for (int i = 0; i < 12; i++) backend.advance(LONG);
    written.forEach((id, states) -> {
      List<String> expected = new ArrayList<>();
      for (int i = 1; i < states.size(); i++) {
        if (!states.get(i).startsWith("poison")) expected.add(states.get(i - 1) + " > " + states.get(i));
      }
      assertThat(firsts(id)).as("seed %d, row %s", seed, id).isEqualTo(expected);
    });
    assertThat(backend.deadLetters()).isEqualTo(poisoned.size());
  }

  /** The changes of a row that were handled, each once: at least once is what is promised. */
  private List<String> firsts(String id) {
    Set<String> seen = new HashSet<>();
    return handled.stream().filter(each -> each.key().attributes().string("id").equals(id) && seen.add(each.eventId()))
        .map(each -> text(each.oldItem()) + " > " + text(each.newItem())).toList();
  }
}
