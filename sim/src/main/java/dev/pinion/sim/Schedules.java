package dev.pinion.sim;

import dev.pinion.Tick;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.sim.ScheduleFile.Kept;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ScheduleExpression;
import dev.pinion.spi.ScheduleModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The schedules of a running app: calls their handlers when they are due. Any thread.
 *
 * <p>A recurring tick for which it is more than a minute too late, because the app or the machine was stopped, is
 * dropped; AWS promises no more than the minute. A one-time tick is not.
 */
final class Schedules {
  private static final Duration PRECISION = Duration.ofMinutes(1);
  /** How long the clock may jump without being noticed. */
  private static final long LOOK_MILLIS = 1_000;
  /** Missed ticks beyond this many are not counted. */
  private static final int MOST_COUNTED = 10_000;

  private final InstantSource clock;
  private final ScheduleFile file;
  private final TickLog log;
  private final TickRuns runs;
  /** In the order of declaration. */
  private final List<Entry> entries = new ArrayList<>();
  private boolean closed;

  /** A schedule, and until when its ticks are done. */
  private static final class Entry {
    final ScheduleModel model;
    final Instant since;
    /** Whether it was not there when the app ran before. */
    final boolean isNew;
    Optional<Instant> next = Optional.empty();

    Entry(ScheduleModel model, Instant since, boolean isNew) {
      this.model = model;
      this.since = since;
      this.isNew = isNew;
    }

    boolean isOnce() {
      return model.expression() instanceof ScheduleExpression.At;
    }

    void doneUntil(Instant done) {
      next = model.expression().next(done, since);
    }

    boolean isDue(Instant now) {
      return next.isPresent() && !next.get().isAfter(now);
    }
  }

  Schedules(AppModel app, InstantSource clock, ScheduleFile file, TickLog log, TickRuns runs) {
    this.clock = clock;
    this.file = file;
    this.log = log;
    this.runs = runs;
    Instant now = clock.instant();
    app.schedules().forEach(each -> entries.add(entry(each, now)));
  }

  private Entry entry(ScheduleModel model, Instant now) {
    Optional<Kept> kept = file.get(model.id()).filter(each -> each.expression().equals(model.expression().toString()));
    Entry entry = new Entry(
        model, kept.map(Kept::since).orElse(now.truncatedTo(ChronoUnit.SECONDS)), kept.isEmpty());
    entry.doneUntil(kept.map(Kept::done).orElse(now));
    if (kept.isEmpty() && entry.isOnce() && entry.next.isEmpty()) log.over(model);
    if (kept.isPresent() && entry.isDue(now)) {
      if (entry.isOnce()) log.late(model);
      else dropUntil(entry, now, "while the app was stopped");
    }
    return entry;
  }

  /** Begins to call handlers by itself. A new rate ticks at once, as on AWS. */
  synchronized void start() {
    if (entries.isEmpty()) return;
    for (Entry each : entries) {
      if (!each.isNew || each.next.isEmpty()) continue;
      if (each.model.expression() instanceof ScheduleExpression.Rate) each.next = Optional.of(each.since);
      else keep(each, each.since);
    }
    Thread.ofPlatform().daemon().name("pinion-schedules").start(this::run);
  }

  @SuppressWarnings("CatchingUnchecked") // whatever is wrong with one tick, the next ones come
  private synchronized void run() {
    try {
      while (!closed) {
        try {
          due();
        } catch (RuntimeException | Error bug) {
          log.broke(bug);
        }
        Instant now = clock.instant();
        long left = nextDue().map(next -> now.until(next, ChronoUnit.MILLIS)).orElse(LOOK_MILLIS);
        wait(Math.clamp(left, 1, LOOK_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Calls the handlers of all ticks that are due, in the order of their times, and what {@link TickRuns#due} does. */
  synchronized void due() {
    Instant now = clock.instant();
    for (Entry each : entries) {
      if (!each.isOnce() && each.isDue(now.minus(PRECISION))) {
        dropUntil(each, now.minus(PRECISION), "while the machine slept, or as its clock was set ahead");
      }
    }
    for (Optional<Entry> next = first(now); next.isPresent(); next = first(now)) {
      Entry entry = next.get();
      Instant time = entry.next.orElseThrow();
      keep(entry, time);
      entry.doneUntil(time);
      call(entry.model, time);
    }
    runs.due(now);
  }

  private Optional<Entry> first(Instant now) {
    return entries.stream().filter(each -> each.isDue(now))
        .min(Comparator.comparing(each -> each.next.orElseThrow()));
  }

  /** Drops recurring ticks, and says how many. */
  private void dropUntil(Entry entry, Instant end, String why) {
    int count = 0;
    while (entry.isDue(end) && count < MOST_COUNTED) {
      count++;
      entry.doneUntil(entry.next.orElseThrow());
    }
    entry.doneUntil(end);
    keep(entry, end);
    String ticks = count == 1 ? "1 tick was" : (count == MOST_COUNTED ? "more than " : "") + count + " ticks were";
    log.missed(entry.model, ticks, why);
  }

  private void keep(Entry entry, Instant done) {
    file.put(entry.model.id(), new Kept(entry.model.expression().toString(), entry.since, done));
  }

  private void call(ScheduleModel schedule, Instant time) {
    runs.start(schedule.onTick(), new Tick(time, "%016x".formatted(ThreadLocalRandom.current().nextLong())));
  }

  /** Calls the handler of a schedule now, whenever it is due. */
  void fire(ScheduleModel schedule) {
    call(schedule, clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Passes over recurring ticks that have become due by themselves, for a test whose ticks come by its own calls. */
  synchronized void skip() {
    Instant now = clock.instant();
    entries.stream().filter(each -> !each.isOnce() && each.isDue(now)).forEach(each -> each.doneUntil(now));
  }

  /** Returns when {@link #due} has something to do next. */
  synchronized Optional<Instant> nextDue() {
    return Stream.concat(entries.stream().flatMap(each -> each.next.stream()), runs.next().stream())
        .min(Comparator.naturalOrder());
  }

  /** Returns the next tick of each schedule that has one, by its id. */
  synchronized Map<String, Instant> next() {
    Map<String, Instant> all = new TreeMap<>();
    entries.forEach(each -> each.next.ifPresent(next -> all.put(each.model.id(), next)));
    return all;
  }

  HandlerLoad load() {
    return runs.load();
  }

  /** Ends: see {@link TickRuns#close}. */
  List<String> close(Duration grace) {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    return runs.close(grace);
  }
}
