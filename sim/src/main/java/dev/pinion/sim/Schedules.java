package dev.pinion.sim;

import dev.pinion.Tick;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.sim.ScheduleFile.Kept;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ScheduleExpression;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.TickModel;
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
 *
 * <p>Where the clock is set back, a rate keeps its beat, and a cron expression ticks at the times that the clock then
 * shows, also at those that it has shown before. Corrections of two minutes and less repeat nothing.
 */
final class Schedules {
  private static final Duration PRECISION = Duration.ofMinutes(1);
  /** Missed ticks beyond this many are not counted. */
  private static final int MOST_COUNTED = 10_000;
  /** A clock that is set back by no more than this has been corrected. */
  private static final Duration CORRECTION = Duration.ofMinutes(2);

  private final InstantSource clock;
  private final ScheduleFile file;
  private volatile AsyncLog log;
  private final TickRuns runs;
  private final boolean byHand;
  /** In the order of declaration. */
  private List<Entry> entries = new ArrayList<>();
  private boolean closed;
  /** What time it was at the latest, since the clock was set back last. */
  private Instant latest;

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

    /** Whether a program has this schedule too. */
    boolean isSame(ScheduleModel other) {
      return other.id().equals(model.id()) && other.expression().toString().equals(model.expression().toString());
    }

    /** The same schedule, of another program. */
    Entry with(ScheduleModel other) {
      Entry entry = new Entry(other, since, isNew);
      entry.next = next;
      return entry;
    }

    /** The same schedule by a clock that was set back. */
    Entry setBack(Duration by, Instant now) {
      return switch (model.expression()) {
        case ScheduleExpression.At _ -> this;
        case ScheduleExpression.Cron _ -> {
          doneUntil(now);
          yield this;
        }
        case ScheduleExpression.Rate _ -> {
          Entry entry = new Entry(model, since.minus(by), isNew);
          entry.next = next.map(each -> each.minus(by));
          yield entry;
        }
      };
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

  /** The schedules of the first program. They do not tick by themselves before {@link #start}. */
  Schedules(AppModel app, SimulatorBuilder options, ScheduleFile file, AsyncLog log, Recording recording) {
    this.clock = options.clock;
    this.byHand = options.ticksByHand;
    this.file = file;
    this.log = log;
    this.runs = new TickRuns(options.clock, options.ticks, recording);
    Instant now = clock.instant();
    latest = now;
    app.schedules().forEach(each -> entries.add(entry(each, now)));
  }

  /**
   * Goes on with the schedules of another program. One that has the same expression ticks when it would have; handlers
   * that run end where they began, and are tried again in the new program.
   */
  synchronized void replace(AppModel app, AsyncLog next) {
    if (closed) return;
    log = next;
    Instant now = clock.instant();
    List<Entry> all = new ArrayList<>();
    for (ScheduleModel model : app.schedules()) {
      Entry same = entries.stream().filter(each -> each.isSame(model)).findFirst().map(each -> each.with(model))
          .orElseGet(() -> begun(entry(model, now)));
      all.add(same);
    }
    entries = all;
    runs.replace(app.schedules().stream().map(ScheduleModel::onTick).toList(), next);
  }

  private Entry entry(ScheduleModel model, Instant now) {
    Optional<Kept> kept = file.get(model.id()).filter(each -> each.expression().equals(model.expression().toString()));
    Entry entry = new Entry(
        model, kept.map(Kept::since).orElse(now.truncatedTo(ChronoUnit.SECONDS)), kept.isEmpty());
    entry.doneUntil(kept.map(Kept::done).orElse(now));
    if (kept.isEmpty() && entry.isOnce() && entry.next.isEmpty()) log.over(model);
    if (kept.isPresent() && isSetBack(kept.get().done(), now)) return setBack(entry, kept.get().done(), now);
    if (kept.isPresent() && entry.isDue(now)) {
      if (entry.isOnce()) log.late(model);
      else dropUntil(entry, now, "while the app was stopped");
    }
    return entry;
  }

  /** From now on, a new rate ticks. */
  synchronized void start() {
    if (!byHand) entries.forEach(this::begun);
  }

  /** A new rate ticks at once, as on AWS. */
  private Entry begun(Entry entry) {
    if (byHand || !entry.isNew || entry.next.isEmpty()) return entry;
    if (entry.model.expression() instanceof ScheduleExpression.Rate) entry.next = Optional.of(entry.since);
    else keep(entry, entry.since);
    return entry;
  }

  /** Calls the handlers of all ticks that are due, in the order of their times, and what {@link TickRuns#due} does. */
  synchronized void due(Instant now) {
    if (isSetBack(latest, now)) {
      Instant before = latest;
      entries.replaceAll(each -> setBack(each, before, now));
      latest = now;
    } else if (now.isAfter(latest)) {
      latest = now;
    }
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
    runs.due();
  }

  private static boolean isSetBack(Instant before, Instant now) {
    return Duration.between(now, before).compareTo(CORRECTION) > 0;
  }

  /** Goes on by a clock that was set back, and says so. */
  private Entry setBack(Entry entry, Instant before, Instant now) {
    if (entry.isOnce() || entry.next.isEmpty()) return entry;
    Entry after = entry.setBack(Duration.between(now, before).truncatedTo(ChronoUnit.SECONDS), now);
    keep(after, now);
    after.next.ifPresent(next -> log.setBack(after.model, next));
    return after;
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
    runs.start(schedule.onTick(), log, new Tick(time, "%016x".formatted(ThreadLocalRandom.current().nextLong())));
  }

  /** Calls the handler of a schedule now, whenever it is due. */
  synchronized void fire(ScheduleModel schedule) {
    call(schedule, clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Calls the handler of a schedule by hand, and waits for it; it is not tried again. */
  void again(TickModel onTick, Tick tick) throws Exception {
    runs.again(onTick, log, tick);
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

  /** Returns what people are told of a schedule at the start. */
  String announced(ScheduleModel schedule) {
    Optional<Instant> next = Optional.ofNullable(next().get(schedule.id()));
    return "schedule     '" + schedule.id() + "': " + schedule.expression()
        + next.map(time -> ", next at " + time.truncatedTo(ChronoUnit.SECONDS)).orElse(", which is over");
  }

  /** Returns a line for each handler of an earlier program that still runs. */
  synchronized List<String> retired() {
    return runs.others(entries.stream().map(each -> each.model.onTick()).toList());
  }

  /** Whether the app has none. */
  synchronized boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns the handlers that run. */
  List<RunningHandler> running(AppStack stack) {
    return runs.running(stack);
  }

  HandlerLoad load() {
    return runs.load();
  }

  /** Ends: see {@link TickRuns#close}. */
  List<String> close(Duration grace) {
    synchronized (this) {
      closed = true;
    }
    return runs.close(grace);
  }
}
