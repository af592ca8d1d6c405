package dev.pinion.sim;

import dev.pinion.TableChange;
import dev.pinion.sim.CallRecording.Answered;
import dev.pinion.sim.CallRecording.Called;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.Dispatcher;
import java.time.InstantSource;
import java.util.Optional;

/** Calls handlers of tables' changes, and records the calls. Any thread. */
final class ChangeCalls {
  private final InstantSource clock;
  private volatile Optional<CallRecording> recording = Optional.empty();

  ChangeCalls(InstantSource clock) {
    this.clock = clock;
  }

  /** Sets what records the calls. Before the first one. */
  void recordedBy(Recording all) {
    recording = Optional.of(new CallRecording(all));
  }

  /** Calls a handler, on this thread. */
  void call(ChangeModel handler, TableChange change, int attempt, AsyncLog log) throws Exception {
    call(handler, change, Optional.of(attempt), log);
  }

  private void call(ChangeModel handler, TableChange change, Optional<Integer> attempt, AsyncLog log)
      throws Exception {
    long at = clock.millis();
    recording.orElseThrow().call(() -> called(handler, change, at, attempt, log), () -> {
      Dispatcher.dispatch(change, handler);
      return Answered.NOTHING;
    }, answered -> answered);
  }

  /** Calls a handler by hand, on this thread. */
  void again(ChangeModel handler, TableChange change, AsyncLog log) throws Exception {
    HandlerContext.of(handler, () -> call(handler, change, Optional.empty(), log));
  }

  private static Called called(
      ChangeModel handler, TableChange change, long at, Optional<Integer> attempt, AsyncLog log) {
    String text = ChangeText.of(change);
    return new Called(
        CallKind.CHANGE, change.eventId(), handler, at, attempt, attempt.isEmpty(), Optional.of(text),
        Optional.of(new Recorder.Request(CallKind.CHANGE, handler.table(), text)), log.lines());
  }
}
