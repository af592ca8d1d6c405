package dev.pinion.sim;

import dev.pinion.Tick;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.spi.TickModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Calls the handlers of schedules, and again after a failure. Any thread. */
final class TickRuns implements AsyncWork<TickModel, Tick> {
  private final SteadyClock clock;
  private final TickListener listener;
  private final RecordedTicks handlers;
  private final AsyncRuns<TickModel, Tick> runs;
  private final PriorityQueue<Retry> retries = new PriorityQueue<>(Comparator.comparing(Retry::at));
  /** The program that has replaced the first one. */
  private Optional<Present> present = Optional.empty();

  /** The handlers of a program, and its log. */
  private record Present(List<TickModel> handlers, AsyncLog log) {
    Present {
      handlers = List.copyOf(handlers);
    }
  }

  /** An attempt that waits for its time. */
  private record Retry(Instant at, TickModel handler, AsyncLog log, AsyncEvent<Tick> event, int attempt) {
    @Override
    public String toString() {
      return handler.path() + " for " + event.what();
    }
  }

  TickRuns(InstantSource clock, TickListener listener, Recording recording) {
    this.clock = new SteadyClock(clock);
    this.listener = listener;
    handlers = new RecordedTicks(recording, clock);
    runs = new AsyncRuns<>(this.clock, this);
  }

  /** Calls a handler, on a thread of its own. */
  void start(TickModel onTick, AsyncLog log, Tick tick) {
    String what = "the tick of " + tick.scheduledTime();
    runs.start(onTick, log, new AsyncEvent<>(tick, tick.executionId(), what, clock.instant()), 1);
  }

  /** Later attempts call the handlers of another program; those that it does not have are dropped. */
  synchronized void replace(List<TickModel> now, AsyncLog log) {
    present = Optional.of(new Present(now, log));
    List<Retry> before = List.copyOf(retries);
    retries.clear();
    before.forEach(each -> inPresent(each).ifPresent(retries::add));
  }

  /** Returns an attempt as one of the present program; empty if its handler is gone. */
  private Optional<Retry> inPresent(Retry retry) {
    if (present.isEmpty()) return Optional.of(retry);
    AsyncLog log = present.get().log;
    Optional<Retry> next = present.get().handlers.stream().filter(each -> each.path().equals(retry.handler.path()))
        .findFirst().map(handler -> new Retry(retry.at, handler, log, retry.event, retry.attempt));
    if (next.isEmpty()) log.gone(retry.toString());
    return next;
  }

  /** Returns a line for each handler that runs and is none of these. */
  List<String> others(List<TickModel> models) {
    return runs.others(models);
  }

  @Override
  public void handle(AsyncRun<TickModel, Tick> run) throws Exception {
    handlers.dispatch(run);
  }

  /** Calls a handler by hand, on this thread: it is not tried again. */
  void again(TickModel onTick, AsyncLog log, Tick tick) throws Exception {
    HandlerContext.of(onTick, () -> handlers.again(onTick, tick, log.lines()));
  }

  @Override
  public void ended(AsyncRun<TickModel, Tick> run, Optional<Throwable> failure) {
    failure.ifPresent(each -> failed(run, each));
    listener.handled(run.handler.path(), run.event.payload(), failure);
  }

  private synchronized void failed(AsyncRun<TickModel, Tick> run, Throwable failure) {
    boolean again = run.attempt <= AsyncRuns.MOST_RETRIES;
    Optional<Duration> wait = again ? Optional.of(AsyncRuns.waitAfter(run.attempt)) : Optional.empty();
    run.log.failed(run, failure, wait, "not tried again");
    wait.map(each -> new Retry(clock.instant().plus(each), run.handler, run.log, run.event, run.attempt + 1))
        .flatMap(this::inPresent).ifPresent(retries::add);
  }

  /** Interrupts handlers whose time is over, and begins the attempts that are due. */
  void due() {
    runs.due();
    beginRetries(clock.instant());
  }

  private synchronized void beginRetries(Instant now) {
    for (Retry retry = retries.peek(); retry != null && !retry.at.isAfter(now); retry = retries.peek()) {
      retries.remove();
      if (now.isAfter(retry.event.since().plus(AsyncRuns.MOST_AGE))) {
        retry.log.tooOld(retry.handler, retry.event.id(), retry.toString());
      } else {
        runs.start(retry.handler, retry.log, retry.event, retry.attempt);
      }
    }
  }

  /** Returns when {@link #due} has something to do next. */
  synchronized Optional<Instant> next() {
    return Stream.concat(runs.next().stream(), Stream.ofNullable(retries.peek()).map(Retry::at))
        .min(Comparator.naturalOrder()).map(clock::byTheOther);
  }

  /** Returns the handlers that run. */
  List<RunningHandler> running(AppStack stack) {
    return runs.running(stack);
  }

  HandlerLoad load() {
    return runs.load();
  }

  /**
   * Starts no more handlers, and waits for those that run.
   *
   * @return what had not finished, and what would have been tried again
   */
  List<String> close(Duration grace) {
    List<String> unfinished = new ArrayList<>(runs.close(grace));
    synchronized (this) {
      retries.forEach(retry -> unfinished.add(retry + ", which waited for its next attempt"));
      retries.clear();
    }
    return unfinished;
  }
}
