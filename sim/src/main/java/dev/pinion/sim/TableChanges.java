package dev.pinion.sim;

import dev.pinion.TableChange;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.sim.CallRecording.Answered;
import dev.pinion.sim.CallRecording.Called;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.ChangeSink;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.RowChange;
import dev.pinion.tables.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The changes of a running app's tables: each comes to its table's handler, those of one row in their order, and again
 * if it fails. Any thread.
 *
 * <p>A change that always fails is a dead letter after some attempts, so that others follow. One that nobody has
 * handled within a day is dropped, as by DynamoDB.
 */
final class TableChanges implements ChangeSink, AsyncWork<ChangeModel, StoredMessage> {
  /** How long DynamoDB keeps a change. */
  static final Duration RETENTION = Duration.ofDays(1);

  /** How many changes of a table are handled at once, of different rows. */
  private static final int AT_ONCE = 50;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");
  /** How long it takes until the second attempt, and twice as long each time; AWS does not say. */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final LocalMessages messages;
  private final ChangeListener listener;
  private final AsyncRuns<ChangeModel, StoredMessage> runs;
  private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
  /** Handlers are not begun by the tables' own thread. */
  private final ExecutorService delivering = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Optional<CallRecording> calls = Optional.empty();
  private volatile Optional<Present> present = Optional.empty();
  private volatile boolean started;
  /** The number of the store's message with the last change that was taken; 0 if there is none. */
  private long mark;
  private long taken = -1;

  /** The tables of a program whose changes are handled, and its log. */
  private record Present(List<TableModel> tables, Optional<AsyncLog> log) {
    Present(AppModel app, Optional<AsyncLog> log) {
      this(app.tables().stream().filter(each -> each.onChange().isPresent()).toList(), log);
    }

    Optional<TableModel> table(String id) {
      return tables.stream().filter(each -> each.id().equals(id)).findFirst();
    }
  }

  /** The changes of a first program's tables, which are not opened yet. */
  TableChanges(SimulatorBuilder options, LocalMessages messages, AppModel app) {
    this.clock = options.clock;
    this.messages = messages;
    this.listener = options.changes;
    runs = new AsyncRuns<>(options.clock, this);
    present = Optional.of(new Present(app, Optional.empty()));
  }

  /** Sets what records the calls of handlers. */
  void recordedBy(Recording recording) {
    calls = Optional.of(new CallRecording(recording));
  }

  /** Goes on with the tables of a program. Handlers that run end where they began. */
  void replace(AppModel app, AsyncLog log) {
    present = Optional.of(new Present(app, Optional.of(log)));
    if (started) start();
  }

  /** Begins to call handlers. */
  void start() {
    started = true;
    if (isEmpty()) return;
    present.orElseThrow().tables.forEach(each -> forgetOld(each.id()));
    deliver();
  }

  /** Whether no handler waits for changes. */
  boolean isEmpty() {
    return present.map(Present::tables).orElse(List.of()).isEmpty();
  }

  private MessageStore store() {
    return messages.open();
  }

  private AsyncLog log() {
    return present.flatMap(Present::log).orElseThrow();
  }

  @Override
  public boolean wants(String table) {
    return present.flatMap(each -> each.table(table)).isPresent();
  }

  @Override
  public synchronized long taken() {
    if (isEmpty()) return Long.MAX_VALUE;
    readMark();
    return taken;
  }

  private void readMark() {
    if (taken >= 0) return;
    List<StoredMessage> marks = store().list(ChangeMessages.TAKEN, 0, 1);
    mark = marks.isEmpty() ? 0 : marks.getFirst().id();
    taken = marks.isEmpty() ? 0 : Long.parseLong(marks.getFirst().body());
  }

  @Override
  public synchronized void take(List<RowChange> changes) {
    readMark();
    List<NewMessage> kept = new ArrayList<>();
    for (RowChange each : changes) {
      present.flatMap(now -> now.table(each.table())).ifPresent(table -> kept.add(ChangeMessages.of(each, table)));
    }
    long last = changes.getLast().number();
    kept.add(ChangeMessages.taken(last));
    mark = store().replace(List.of(mark), kept).getLast();
    taken = last;
    if (started && asked.getAndIncrement() == 0) delivering.execute(this::deliverAsked);
  }

  private void deliverAsked() {
    try {
      for (int before = asked.get(); before > 0; before = asked.addAndGet(-before)) deliver();
    } catch (RuntimeException | Error bug) {
      asked.set(0);
      log().broke(bug);
    }
  }

  private void deliver() {
    present.orElseThrow().tables.forEach(this::deliver);
  }

  private void deliver(TableModel table) {
    AtomicInteger count = running.computeIfAbsent(table.id(), _ -> new AtomicInteger());
    for (boolean more = true; more && started && count.get() < AT_ONCE;) {
      more = false;
      try {
        more = count.incrementAndGet() <= AT_ONCE && begin(table);
      } finally {
        if (!more) count.decrementAndGet();
      }
    }
  }

  /** Begins to handle one change; returns false if none is due. */
  private boolean begin(TableModel table) {
    Instant now = clock.instant();
    for (;;) {
      List<StoredMessage> due = store().take(ChangeMessages.queue(table.id()), 1, Long.MAX_VALUE, now, NEVER);
      if (due.isEmpty()) return false;
      StoredMessage message = due.getFirst();
      if (ChangeMessages.time(message).plus(RETENTION).isBefore(now)) {
        store().delete(List.of(message.id()));
        log().forgottenChange(table.onChange().orElseThrow(), table.id());
        continue;
      }
      TableChange change = ChangeMessages.change(message, table);
      runs.start(
          table.onChange().orElseThrow(), log(),
          new AsyncEvent<>(message, change.eventId(), "the " + change.type() + " of " + change.key(), now),
          message.receives());
      return true;
    }
  }

  private TableChange change(AsyncRun<ChangeModel, StoredMessage> run) {
    TableModel table = present.flatMap(each -> each.table(run.handler.table())).orElseThrow();
    return ChangeMessages.change(run.event.payload(), table);
  }

  @Override
  public void handle(AsyncRun<ChangeModel, StoredMessage> run) throws Exception {
    TableChange change = change(run);
    long at = clock.millis();
    calls.orElseThrow().call(
        () -> new Called(
            CallKind.CHANGE, run.event.id(), run.handler, at, Optional.of(run.attempt), false,
            Optional.of(change.toString()), Optional.empty(), run.log.lines()),
        () -> {
          Dispatcher.dispatch(change, run.handler);
          return Answered.NOTHING;
        },
        answered -> answered);
  }

  @Override
  public void ended(AsyncRun<ChangeModel, StoredMessage> run, Optional<Throwable> failure) {
    try {
      note(run, failure);
    } catch (IllegalStateException e) {
      run.log.broke(e);
    }
    running.getOrDefault(run.handler.table(), new AtomicInteger(1)).decrementAndGet();
    present.flatMap(each -> each.table(run.handler.table())).ifPresent(this::deliver);
  }

  private void note(AsyncRun<ChangeModel, StoredMessage> run, Optional<Throwable> failure) {
    StoredMessage message = run.event.payload();
    String table = run.handler.table();
    Optional<Duration> again = failure.filter(_ -> run.attempt <= ChangeModel.RETRIES)
        .map(_ -> FIRST_WAIT.multipliedBy(1L << (run.attempt - 1)));
    if (failure.isEmpty()) {
      store().delete(List.of(message.id()));
    } else if (again.isPresent()) {
      store().due(List.of(message.id()), clock.instant().plus(again.get()));
    } else {
      forgetOld(table);
      store().replace(
          List.of(message.id()),
          List.of(ChangeMessages.dead(table, message, failure.get().toString(), clock.instant())));
    }
    failure.ifPresent(each -> run.log.failedChange(run, each, again));
    TableChange change = change(run);
    listener.handled(table, change, run.attempt, failure);
    if (failure.isPresent() && again.isEmpty()) listener.dead(table, change);
  }

  /** Deletes the dead letters that are as old as SQS lets them become. */
  private void forgetOld(String table) {
    Instant end = clock.instant().minus(SqsQuotas.DEAD_LETTER_RETENTION);
    for (;;) {
      List<Long> old = store().list(ChangeMessages.dead(table), 0, 100).stream()
          .filter(each -> ChangeMessages.deadAt(each).isBefore(end)).map(StoredMessage::id).toList();
      if (old.isEmpty()) return;
      store().delete(old);
    }
  }

  /** Interrupts handlers whose time is over, and begins to handle the changes that are due. */
  void due(Instant now) {
    runs.due(now);
    if (started) deliver();
  }

  /** Returns when {@link #due} has something to do next. */
  Optional<Instant> nextDue() {
    Stream<Instant> changes = present.map(Present::tables).orElse(List.of()).stream()
        .filter(each -> running.getOrDefault(each.id(), new AtomicInteger()).get() < AT_ONCE)
        .flatMap(each -> store().nextDue(ChangeMessages.queue(each.id())).stream())
        .filter(each -> each.isBefore(NEVER) && each.isAfter(Instant.EPOCH));
    return Stream.concat(changes, runs.next().stream()).min(Comparator.naturalOrder());
  }

  /** Returns the changes of a table that could not be handled, the oldest first, at most a thousand. */
  List<DeadLetter> deadLetters(TableModel table) {
    return store().list(ChangeMessages.dead(table.id()), 0, 1_000).stream()
        .map(each -> ChangeMessages.letter(each, table)).toList();
  }

  /** Returns what people are told of a table's changes at the start; empty if nothing is kept of them. */
  Optional<String> announced(TableModel table) {
    if (table.onChange().isEmpty()) return Optional.empty();
    int waiting = store().size(ChangeMessages.queue(table.id()));
    int dead = store().size(ChangeMessages.dead(table.id()));
    return waiting + dead == 0 ? Optional.empty()
        : Optional.of(
            "changes of   '" + table.id() + "': " + waiting + (waiting == 1 ? " waits, " : " wait, ")
                + (dead == 1 ? "1 dead letter" : dead + " dead letters"));
  }

  /** Returns a line for each handler of an earlier program that still runs. */
  List<String> retired() {
    return runs.others(
        present.map(Present::tables).orElse(List.of()).stream().flatMap(each -> each.onChange().stream()).toList());
  }

  HandlerLoad load() {
    return runs.load().plus(new HandlerLoad(asked.get() > 0 ? 1 : 0, 0, 0));
  }

  /**
   * Calls no more handlers, and waits for those that run.
   *
   * @return what had not finished, which comes again at the next start
   */
  List<String> close(Duration grace) {
    started = false;
    List<String> unfinished = runs.close(grace);
    delivering.shutdown();
    return unfinished;
  }
}
