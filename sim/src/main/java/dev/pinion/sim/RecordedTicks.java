package dev.pinion.sim;

import dev.pinion.sim.ShownTexts.Shown;
import dev.pinion.spi.Dispatcher;
import java.time.InstantSource;
import java.util.Optional;

/** Calls handlers of schedules; while somebody looks, their calls are recorded as those of routes are. Any thread. */
final class RecordedTicks {
  private final Recording recording;
  private final InstantSource clock;

  RecordedTicks(Recording recording, InstantSource clock) {
    this.recording = recording;
    this.clock = clock;
  }

  /** Calls the handler of a tick. */
  void dispatch(TickRun run) throws Exception {
    Recorder recorder = recording.recorder();
    if (recorder == null) Dispatcher.dispatch(run.tick, run.onTick);
    else recorded(recorder, run);
  }

  private void recorded(Recorder recorder, TickRun run) throws Exception {
    long at = clock.millis();
    RequestTrace trace = new RequestTrace(recording.texts());
    trace.enter();
    try {
      Dispatcher.dispatch(run.tick, run.onTick);
      trace.leave();
      add(recorder, trace, run, at, Optional.empty());
    } catch (Throwable failure) {
      trace.leave();
      add(recorder, trace, run, at, Optional.of(failure));
      throw failure;
    }
  }

  private void add(Recorder recorder, RequestTrace trace, TickRun run, long at, Optional<Throwable> failure) {
    long micros = trace.micros();
    Shown tick = new Shown(
        "tick of " + run.tick.scheduledTime() + (run.attempt > 1 ? ", attempt " + run.attempt : ""), Optional.empty());
    Optional<Shown> failed =
        failure.map(each -> recording.texts().of(run.log.stack(each), RecordedHandlers.FAILURE_CHARACTERS));
    String path = run.onTick.path();
    recorder.add(
        n -> new RecordedHandlers.Call(
            n, "tick", run.tick.executionId(), at, micros, "", "", path, path, run.onTick.location().toString(), false,
            Optional.of(tick), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), failed, failure.flatMap(run.log::line), trace.steps(), trace.stepsDropped(), trace.log(),
            trace.isLogCut()),
        500 + trace.characters() + failed.map(each -> each.text().length()).orElse(0), Optional.empty());
  }
}
