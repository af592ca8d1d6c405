package dev.pinion.sim;

import dev.pinion.json.RecordCodec;
import dev.pinion.sim.Recording.Polled;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** A record that is kept only while somebody looks, and is bounded. */
final class EventRecordingTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Recording recording = new Recording(new RecordCodec(), nanos::get);

  private List<Long> numbers(Polled polled) {
    return polled.events().stream().map(each -> ((Recording.Note) each).n()).toList();
  }

  @Test
  void nothingIsKeptWhileNobodyLooks() throws InterruptedException {
    assertThat(recording.recorder()).isNull();
    recording.note("event", "before");
    assertThat(recording.poll(1, 0).events()).isEmpty();
    recording.note("event", "after");
    assertThat(numbers(recording.poll(1, 0))).containsExactly(1L);
  }

  @Test
  void theRecordGoesOnceNobodyHasPolledForAWhileAndItsNumbersGoOn() throws InterruptedException {
    recording.poll(1, 0);
    recording.note("event", "one");
    nanos.addAndGet(Recording.LEASE_NANOS);
    assertThat(recording.recorder()).isNotNull();
    nanos.addAndGet(1);
    assertThat(recording.recorder()).isNull();
    recording.note("event", "unseen");
    Polled polled = recording.poll(1, 0);
    assertThat(polled.events()).isEmpty();
    assertThat(polled.dropped()).isEqualTo(1);
    recording.note("event", "two");
    assertThat(numbers(recording.poll(polled.next(), 0))).containsExactly(2L);
  }

  @Test
  void aPollWaitsForAnEvent() throws Exception {
    recording.poll(1, 0);
    CompletableFuture<Polled> waiting = CompletableFuture.supplyAsync(() -> {
      try {
        return recording.poll(1, 60_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    recording.note("event", "comes");
    assertThat(numbers(waiting.get())).containsExactly(1L);
  }

  @Test
  void whatDoesNotFitIsDroppedAndCounted() throws InterruptedException {
    recording.poll(1, 0);
    for (int i = 1; i <= Recorder.MOST_EVENTS + 10; i++) recording.note("event", "note " + i);
    Polled first = recording.poll(1, 0);
    assertThat(first.dropped()).isEqualTo(10);
    assertThat(first.more()).isTrue();
    assertThat(numbers(first)).hasSize(500).startsWith(11L);
    assertThat(numbers(recording.poll(first.next(), 0))).startsWith(511L);
  }

  @Test
  void longEventsLeaveRoomForFewer() throws InterruptedException {
    recording.poll(1, 0);
    Recorder recorder = requireNonNull(recording.recorder());
    for (int i = 0; i < 20; i++) recorder.add(n -> n, 1_000_000, Optional.empty());
    assertThat(recording.poll(1, 0).events()).containsExactly(13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
  }

  @Test
  void framesAreKeptOfAsManyConnectionsAsFit() throws InterruptedException {
    recording.poll(1, 0);
    Recorder recorder = requireNonNull(recording.recorder());
    for (int i = 0; i < 12; i++) recorder.frame("first", frame("frame " + i));
    assertThat(recorder.frames("first")).hasSize(Recorder.FRAMES_EACH).startsWith(frame("frame 2"));
    for (int i = 0; i < Recorder.MOST_CONNECTIONS; i++) recorder.frame("c" + i, frame("x"));
    assertThat(recorder.frames("first")).isEmpty();
    assertThat(recorder.frames("c0")).hasSize(1);
  }

  @Test
  void aTraceKeepsTheFirstOperationsAndCountsTheOthers() {
    RequestTrace trace = new RequestTrace(recording.texts());
    RequestTrace.Call call = new RequestTrace.Call("putItem", "rows", () -> "a row", List::of);
    for (int i = 0; i < 130; i++) trace.step(call, () -> "done", result -> result);
    assertThat(trace.steps()).hasSize(100);
    assertThat(trace.stepsDropped()).isEqualTo(30);
  }

  private Recorder.Frame frame(String text) {
    return new Recorder.Frame(0, "sent", "message", recording.texts().of(text, 100));
  }
}
