package dev.pinion.sim;

import dev.pinion.TableChange;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.Batching;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.BatchRule;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
final class TableChanges implements ChangeSink, AsyncWork<ChangeModel, ChangeBatch> {
  /** How long DynamoDB keeps a change. */
  static final Duration RETENTION = Duration.ofDays(1);

  /** How many changes of a table are handled at once, of different rows. */
  private static final int AT_ONCE = 50;
  private static final BatchRule ALONE = new BatchRule(1, Long.MAX_VALUE);
  /** How long it takes until the second attempt, and twice as long each time; AWS does not say. */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final LocalMessages messages;
  private final ChangeListener listener;
  private final ChangeCalls calls;
  private final AsyncRuns<ChangeModel, ChangeBatch> runs;
  private final DeadLetters letters;
  private final MessageRoom room = new MessageRoom();
  private final Deliveries deliveries = new Deliveries();
  private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
  /** Handlers are not begun by the tables' own thread. */
  private final ExecutorService delivering = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Optional<Present> present = Optional.empty();
  private volatile boolean started;
  /** The number of the store's message with the last change that was taken; 0 if there is none. */
  private long mark;
  private long taken = -1;
  private Instant latest = Instant.MIN;

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
    calls = new ChangeCalls(options.clock);
    runs = new AsyncRuns<>(options.clock, this);
    letters = new DeadLetters(messages, options.clock, ChangeMessages::deadAt);
    present = Optional.of(new Present(app, Optional.empty()));
  }

  /** Sets what records the calls of handlers. */
  void recordedBy(Recording recording) {
    calls.recordedBy(recording);
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
    present.orElseThrow().tables.forEach(each -> letters.forgetOld(ChangeMessages.dead(each.id())));
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
      present.flatMap(now -> now.table(each.table())).ifPresent(
          table -> kept.add(ChangeMessages.of(each, table, rule(table).window().isZero() ? Instant.EPOCH : now())));
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

  /** Begins to handle a batch of changes; returns false if none is due, or there is no room. */
  private boolean begin(TableModel table) {
    List<StoredMessage> batch = room.take(rule(table).most(), _ -> take(table));
    if (batch.isEmpty()) return false;
    begin(new ChangeBatch(table, batch, List.of()));
    return true;
  }

  /** Takes changes that are due and not too old. */
  private List<StoredMessage> take(TableModel table) {
    Instant now = now();
    for (;;) {
      List<StoredMessage> due = store().take(ChangeMessages.queue(table.id()), rule(table), now, LocalMessages.NEVER);
      if (due.isEmpty()) return due;
      List<StoredMessage> old =
          due.stream().filter(each -> ChangeMessages.time(each).plus(RETENTION).isBefore(now)).toList();
      if (!old.isEmpty()) {
        store().delete(ids(old));
        old.forEach(_ -> log().forgottenChange(table.onChange().orElseThrow(), table.id()));
      }
      List<StoredMessage> living = new ArrayList<>(due);
      living.removeAll(old);
      if (!living.isEmpty()) return living;
    }
  }

  private void begin(ChangeBatch batch) {
    StoredMessage first = batch.messages().getFirst();
    TableChange change = batch.change(first);
    String what = batch.messages().size() == 1 ? what(change) : batch.messages().size() + " changes";
    runs.start(
        batch.table().onChange().orElseThrow(), log(),
        new AsyncEvent<>(batch, change.eventId(), what, clock.instant()), first.receives());
  }

  /** Lambda calls a function for what is there, unless it waits for more. */
  private static BatchRule rule(TableModel table) {
    Batching batching = table.onChange().orElseThrow().batching();
    return batching.waits() ? new BatchRule(batching.size(), SqsQuotas.LARGEST_EVENT, batching.window()) : ALONE;
  }

  private static String what(TableChange change) {
    return "the " + change.type() + " of " + change.key();
  }

  /** The clock's time; where it was set back, the latest one, so that what is due stays due. */
  private synchronized Instant now() {
    Instant now = clock.instant();
    if (now.isAfter(latest)) latest = now;
    return latest;
  }

  @Override
  public void handle(AsyncRun<ChangeModel, ChangeBatch> run) throws Exception {
    ChangeBatch batch = run.event.payload();
    if (batch.messages().size() == 1) {
      call(run, batch.messages().getFirst());
      return;
    }
    Set<Optional<String>> failed = new HashSet<>();
    for (StoredMessage each : batch.messages()) {
      if (run.isInterrupted()) return;
      if (failed.contains(each.group())) {
        batch.untried().add(each);
        continue;
      }
      try {
        call(run, each);
      } catch (Throwable failure) {
        if (run.isInterrupted()) return;
        batch.failures().put(each, failure);
        failed.add(each.group());
      }
    }
  }

  private void call(AsyncRun<ChangeModel, ChangeBatch> run, StoredMessage message) throws Exception {
    calls.call(run.handler, run.event.payload().change(message), message.receives(), run.log);
  }

  /** Calls a handler by hand, on this thread. */
  void again(ChangeModel onChange, TableChange change) throws Exception {
    calls.again(onChange, change, log());
  }

  @Override
  public void ended(AsyncRun<ChangeModel, ChangeBatch> run, Optional<Throwable> failure) {
    ChangeBatch batch = run.event.payload();
    boolean divided = failure.isPresent() && batch.messages().size() > 1;
    List<List<StoredMessage>> then = divided ? batch.divided() : batch.then();
    Optional<TableModel> table = present.flatMap(each -> each.table(run.handler.table()));
    boolean goesOn = !then.isEmpty() && started && table.isPresent();
    try {
      if (divided) run.log.divided(run, failure.orElseThrow());
      else note(run, failure);
      if (!goesOn) giveBack(then.stream().flatMap(List::stream).toList());
    } catch (IllegalStateException e) {
      run.log.broke(e);
    }
    List<StoredMessage> done = new ArrayList<>(divided ? List.of() : batch.messages());
    if (!goesOn) then.forEach(done::addAll);
    boolean mayAllBegin = room.free(done);
    if (goesOn) {
      begin(new ChangeBatch(table.orElseThrow(), then.getFirst(), then.subList(1, then.size())));
    } else {
      running.getOrDefault(run.handler.table(), new AtomicInteger(1)).decrementAndGet();
    }
    if (mayAllBegin) deliveries.start(this::deliver, this::broke);
    else if (!goesOn) deliveries.start(() -> table.ifPresent(this::deliver), this::broke);
  }

  /** Takes note of what becomes of each change of a batch, in one step. */
  private void note(AsyncRun<ChangeModel, ChangeBatch> run, Optional<Throwable> failure) {
    ChangeBatch batch = run.event.payload();
    failure.ifPresent(each -> batch.failures().put(batch.messages().getFirst(), each));
    List<StoredMessage> handled = new ArrayList<>(batch.messages());
    handled.removeAll(batch.failures().keySet());
    handled.removeAll(batch.untried());
    // Told before the next change of the same key can be handled.
    handled.forEach(
        each -> listener.handled(run.handler.table(), batch.change(each), each.receives(), Optional.empty()));
    if (!handled.isEmpty()) store().delete(ids(handled));
    batch.failures().forEach((message, why) -> failed(run, message, why));
    giveBack(batch.untried());
  }

  private void failed(AsyncRun<ChangeModel, ChangeBatch> run, StoredMessage message, Throwable failure) {
    String table = run.handler.table();
    int attempt = message.receives();
    TableChange change = run.event.payload().change(message);
    Optional<Duration> again = attempt > ChangeModel.RETRIES ? Optional.empty()
        : Optional.of(FIRST_WAIT.multipliedBy(1L << (attempt - 1)));
    if (again.isPresent()) store().due(List.of(message.id()), clock.instant().plus(again.get()));
    run.log.failedChange(run.handler, change, what(change), attempt, failure, again);
    listener.handled(table, change, attempt, Optional.of(failure));
    if (again.isPresent()) return;
    letters.add(message.id(), ChangeMessages.dead(table, message, failure.toString(), clock.instant()));
    listener.dead(table, change);
  }

  private void broke(Throwable bug) {
    if (started) log().broke(bug);
  }

  private void giveBack(List<StoredMessage> untried) {
    if (!untried.isEmpty()) store().giveBack(ids(untried), Instant.EPOCH);
  }

  private static List<Long> ids(List<StoredMessage> messages) {
    return messages.stream().map(StoredMessage::id).toList();
  }

  /** Interrupts handlers whose time is over, and begins to handle the changes that are due. */
  void due(Instant now) {
    runs.due(now);
    if (started) deliver();
  }

  /** Returns when {@link #due} has something to do next. */
  Optional<Instant> nextDue() {
    Stream<Instant> changes = present.map(Present::tables).orElse(List.of()).stream()
        .filter(each -> running.getOrDefault(each.id(), new AtomicInteger()).get() < AT_ONCE && !room.isFull())
        .flatMap(each -> store().nextDue(ChangeMessages.queue(each.id()), rule(each)).stream())
        .filter(each -> each.isBefore(LocalMessages.NEVER) && each.isAfter(Instant.EPOCH));
    return Stream.concat(changes, runs.next().stream()).min(Comparator.naturalOrder());
  }

  /** Returns the changes of a table that could not be handled, the oldest first, at most a thousand. */
  List<DeadLetter> deadLetters(TableModel table) {
    return letters.oldest(ChangeMessages.dead(table.id()), each -> ChangeMessages.letter(each, table));
  }

  /** Returns how many dead letters there are, and the newest ones. */
  NewestLetters newestLetters(TableModel table, int most) {
    return letters.newest(ChangeMessages.dead(table.id()), most, each -> ChangeMessages.letter(each, table));
  }

  /** Returns what people are told of a table's changes at the start; empty if nothing is kept of them. */
  Optional<String> announced(TableModel table) {
    if (table.onChange().isEmpty()) return Optional.empty();
    int waiting = store().size(ChangeMessages.queue(table.id()));
    String dead = ChangeMessages.dead(table.id());
    return waiting + store().size(dead) == 0 ? Optional.empty()
        : Optional.of(
            "changes of   '" + table.id() + "': " + waiting + (waiting == 1 ? " waits, " : " wait, ")
                + letters.counted(dead));
  }

  /** Returns a line for each handler of an earlier program that still runs. */
  List<String> retired() {
    return runs.others(
        present.map(Present::tables).orElse(List.of()).stream().flatMap(each -> each.onChange().stream()).toList());
  }

  /** Returns the handlers that run. */
  List<RunningHandler> running(AppStack stack) {
    return runs.running(stack);
  }

  HandlerLoad load() {
    return runs.load().plus(deliveries.load()).plus(new HandlerLoad(asked.get() > 0 ? 1 : 0, 0, 0));
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
