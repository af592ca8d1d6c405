package dev.pinion.sim;

import dev.pinion.Tick;
import dev.pinion.sim.CallRecording.Answered;
import dev.pinion.sim.CallRecording.Called;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.TickModel;
import java.time.InstantSource;
import java.util.Optional;

/** Calls handlers of schedules; while somebody looks, their calls are recorded as those of routes are. Any thread. */
final class RecordedTicks {
  private final CallRecording calls;
  private final InstantSource clock;

  RecordedTicks(Recording recording, InstantSource clock) {
    calls = new CallRecording(recording);
    this.clock = clock;
  }

  /** Calls the handler of a tick. */
  void dispatch(AsyncRun<TickModel, Tick> run) throws Exception {
    call(run.handler, run.event.payload(), run.log.lines(), Optional.of(run.attempt));
  }

  /** Calls the handler of a tick by hand. */
  void again(TickModel onTick, Tick tick, AppLines lines) throws Exception {
    call(onTick, tick, lines, Optional.empty());
  }

  /** @param attempt empty for a call by hand */
  private void call(TickModel onTick, Tick tick, AppLines lines, Optional<Integer> attempt) throws Exception {
    long at = clock.millis();
    String time = tick.scheduledTime().toString();
    calls.call(
        () -> new Called(
            CallKind.TICK, tick.executionId(), onTick, at, attempt, attempt.isEmpty(), Optional.of(time),
            Optional.of(new Recorder.Request(CallKind.TICK, onTick.path(), time)), lines),
        () -> {
          Dispatcher.dispatch(tick, onTick);
          return Answered.NOTHING;
        },
        answered -> answered);
  }
}
