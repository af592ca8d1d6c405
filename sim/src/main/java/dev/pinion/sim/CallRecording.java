package dev.pinion.sim;

import dev.pinion.sim.ShownTexts.Shown;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.HandlerModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls handlers; while somebody looks, their calls are recorded. It is for all handlers but those of routes, which
 * {@link RecordedHandlers} calls. Any thread.
 */
final class CallRecording {
  private final Recording recording;

  /**
   * What a handler is called with.
   *
   * @param id the id of the event
   * @param at when it arrived, in milliseconds since the epoch
   * @param attempt from 1; empty where nothing is tried again
   * @param again whether somebody calls it again by hand
   * @param body what the event contains, as somebody could write it to call the handler again; empty for nothing
   * @param request what the handler can be called again with; empty if it cannot
   * @param lines the lines of its app
   */
  record Called(
      CallKind kind, String id, HandlerModel handler, long at, Optional<Integer> attempt, boolean again,
      Optional<String> body, Optional<Recorder.Request> request, AppLines lines) {}

  /** What a handler has answered. */
  record Answered(Optional<Integer> status, Optional<String> reply) {
    static final Answered NOTHING = new Answered(Optional.empty(), Optional.empty());
  }

  /** What calls a handler. */
  interface Call<T> {
    T call() throws Exception;
  }

  CallRecording(Recording recording) {
    this.recording = recording;
  }

  /**
   * Calls a handler.
   *
   * @param what what it is called with; asked only while somebody looks
   * @param answer what it has answered
   */
  <T> T call(Supplier<Called> what, Call<T> handler, Function<T, Answered> answer) throws Exception {
    Recorder recorder = recording.recorder();
    if (recorder == null) return handler.call();
    RequestTrace trace = new RequestTrace(recording.texts());
    trace.enter();
    try {
      T result = handler.call();
      trace.leave();
      add(recorder, trace, what.get(), answer.apply(result), Optional.empty());
      return result;
    } catch (Throwable failure) {
      trace.leave();
      add(recorder, trace, what.get(), Answered.NOTHING, Optional.of(failure));
      throw failure;
    }
  }

  private void add(
      Recorder recorder, RequestTrace trace, Called called, Answered answer, Optional<Throwable> failure) {
    long micros = trace.micros();
    ShownTexts texts = recording.texts();
    Optional<Shown> body = called.body.map(each -> texts.of(each, RecordedCall.BODY_CHARACTERS));
    Optional<Shown> reply = answer.reply.map(each -> texts.of(each, RecordedCall.BODY_CHARACTERS));
    Optional<Shown> failed =
        failure.map(each -> texts.of(new AppStack(called.lines).of(each), RecordedCall.FAILURE_CHARACTERS));
    String path = called.handler.path();
    recorder.add(
        n -> new RecordedCall(
            n, called.kind.id, called.id, called.at, micros, "", "", path, path, called.handler.location().toString(),
            called.again, called.attempt, called.request.isPresent(), body, Optional.empty(), Optional.empty(),
            Optional.empty(), answer.status, reply, failed, failure.flatMap(called.lines::in), trace.steps(),
            trace.stepsDropped(), trace.log(), trace.isLogCut()),
        RecordedCall.characters(trace, List.of(body, reply, failed)), called.request);
  }
}
