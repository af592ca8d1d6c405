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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
final class TableChanges implements ChangeSink, AsyncWork<ChangeModel, ChangeBatch>, Deliveries.Source {
  /** How many changes of a table are handled at once, of different rows. */
  private static final int AT_ONCE = 50;
  private static final BatchRule ALONE = new BatchRule(1, Long.MAX_VALUE);

  private final SteadyClock clock;
  private final LocalMessages messages;
  private final TakenChanges taken;
  private final ChangeListener listener;
  private final ChangeCalls calls;
  private final AsyncRuns<ChangeModel, ChangeBatch> runs;
  private final DeadLetters letters;
  private final DroppedChanges dropped;
  private final StoreWrites writes;
  private final Deliveries deliveries = new Deliveries(this, new MessageRoom(), AT_ONCE);
  /** Handlers are not begun by the tables' own thread. */
  private final ExecutorService delivering = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Optional<Present> present;
  private volatile boolean started;
  /** The tables whose keys a reload changes at this moment: their changes are taken when it is over. */
  private volatile Set<String> rekeyed = Set.of();

  /** The tables of a program whose changes are handled, and its log. */
  private record Present(List<TableModel> tables, Optional<AsyncLog> log) {
    Present(AppModel app, Optional<AsyncLog> log) {
      this(app.tables().stream().filter(each -> each.onChange().isPresent()).toList(), log);
    }

    Optional<TableModel> table(String id) {
      return tables.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    List<String> ids() {
      return tables.stream().map(TableModel::id).toList();
    }
  }

  /** The changes of a first program's tables, which are not opened yet. */
  TableChanges(SimulatorBuilder options, LocalMessages messages, AppModel app) {
    clock = messages.clock;
    this.messages = messages;
    this.listener = options.changes;
    calls = new ChangeCalls(options.clock);
    runs = new AsyncRuns<>(clock, this);
    writes = new StoreWrites(messages);
    taken = new TakenChanges(messages);
    letters = new DeadLetters(messages, options.clock, ChangeMessages::deadAt);
    dropped = new DroppedChanges(messages, options.clock);
    present = Optional.of(new Present(app, Optional.empty()));
  }

  /** Sets what records the calls of handlers. */
  void recordedBy(Recording recording) {
    calls.recordedBy(recording);
  }

  /** The tables are about to be declared so; without any: they are declared as the present program has them. */
  void redeclaring(List<TableModel> next) {
    rekeyed = ChangeMessages.rekeyed(present.orElseThrow().tables, next);
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
    present.orElseThrow().tables.forEach(each -> {
      writes.write(log(), _ -> letters.forgetOld(ChangeMessages.dead(each.id())));
      writes.write(log(), _ -> table(each.id()).ifPresent(now -> dropped.ofAnotherKey(now, log())));
    });
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
  public long taken() {
    return isEmpty() ? Long.MAX_VALUE : taken.last();
  }

  @Override
  public void take(List<RowChange> changes) {
    Set<String> unclear = rekeyed; // before the present program is looked at, which may be the next one
    List<NewMessage> kept = new ArrayList<>();
    for (RowChange each : changes) {
      if (unclear.contains(each.table())) throw new IllegalStateException("the table's key is about to change");
      table(each.table()).ifPresent(
          table -> kept.add(
              ChangeMessages.of(each, table, rule(table).window().isZero() ? Instant.EPOCH : clock.instant())));
    }
    taken.take(kept, changes.getLast().number());
    if (started && asked.getAndIncrement() == 0) delivering.execute(this::deliverAsked);
  }

  private void deliverAsked() {
    for (int before = asked.get(); before > 0; before = asked.addAndGet(-before)) deliver();
  }

  private void deliver() {
    deliveries.deliver(present.orElseThrow().ids());
  }

  private Optional<TableModel> table(String id) {
    return present.flatMap(each -> each.table(id));
  }

  @Override
  public OptionalInt most(String id) {
    Optional<TableModel> table = started ? table(id) : Optional.empty();
    return table.isPresent() ? OptionalInt.of(rule(table.get()).most()) : OptionalInt.empty();
  }

  /** Takes changes that are due and still there. */
  @Override
  public List<StoredMessage> take(String id, MessageRoom.Share share) {
    Optional<TableModel> table = table(id);
    if (table.isEmpty()) return List.of();
    return writes.take(
        log(), Instant.EPOCH,
        () -> store().take(ChangeMessages.queue(id), rule(table.get()), clock.instant(), LocalMessages.NEVER),
        due -> table(id).map(now -> dropped.living(now, due, log())).orElse(due));
  }

  @Override
  public boolean begin(String id, List<StoredMessage> batch) {
    boolean begun = false;
    Optional<TableModel> table = table(id);
    try {
      begun = table.isPresent() && batch.stream().allMatch(each -> ChangeMessages.isOf(each, table.get()))
          && begin(new ChangeBatch(table.get(), batch));
      return begun;
    } finally {
      if (!begun) writes.giveBack(log(), batch, Instant.EPOCH);
    }
  }

  @Override
  public void failed(Throwable failure) {
    if (started) writes.failed(log(), failure);
  }

  private boolean begin(ChangeBatch batch) {
    StoredMessage first = batch.messages().getFirst();
    TableChange change = batch.change(first);
    String what = batch.messages().size() == 1 ? ChangeMessages.what(change) : batch.messages().size() + " changes";
    return runs.start(
        batch.table().onChange().orElseThrow(), log(),
        new AsyncEvent<>(batch, change.eventId(), what, clock.instant()), first.receives());
  }

  /** Lambda calls a function for what is there, unless it waits for more. */
  private static BatchRule rule(TableModel table) {
    Batching batching = table.onChange().orElseThrow().batching();
    return batching.waits() ? new BatchRule(batching.size(), SqsQuotas.LARGEST_EVENT, batching.window()) : ALONE;
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
      if (!run.goesOn()) return;
      if (failed.contains(each.group())) {
        batch.untried().add(each);
        continue;
      }
      try {
        call(run, each);
      } catch (Throwable failure) {
        if (!run.goesOn()) return;
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

  /** The changes of a row come one after another. */
  @Override
  public boolean waitsForHandlers() {
    return true;
  }

  @Override
  public void ended(AsyncRun<ChangeModel, ChangeBatch> run, Optional<Throwable> failure) {
    ChangeBatch batch = run.event.payload();
    boolean divided = failure.isPresent() && batch.messages().size() > 1;
    boolean goesOn = false;
    try {
      if (divided) run.log.divided(run, failure.orElseThrow());
      else note(run, failure);
    } finally {
      try {
        goesOn = goesOn(run, divided ? batch.divided() : batch.then(), divided ? batch.divided() : batch.following());
      } finally {
        if (!goesOn) deliveries.ended(run.handler.table(), batch.taken());
      }
    }
  }

  /**
   * Begins with the next one of the batches that follow, if its handler is still there; what does not follow now is
   * given back.
   *
   * @param then all that was to follow
   * @param following what follows now
   */
  private boolean goesOn(
      AsyncRun<ChangeModel, ChangeBatch> run, List<List<StoredMessage>> then, List<List<StoredMessage>> following) {
    ChangeBatch before = run.event.payload();
    Optional<TableModel> table =
        started ? table(run.handler.table()).filter(now -> ChangeMessages.haveSameKey(now, before.table()))
            : Optional.empty();
    List<StoredMessage> left = new ArrayList<>();
    then.forEach(left::addAll);
    try {
      boolean begun = table.isPresent() && !following.isEmpty()
          && begin(before.next(table.get(), following));
      if (begun) following.forEach(left::removeAll);
      return begun;
    } finally {
      writes.giveBack(run.log, left, Instant.EPOCH);
    }
  }

  /** Takes note of what becomes of each change of a batch. */
  private void note(AsyncRun<ChangeModel, ChangeBatch> run, Optional<Throwable> failure) {
    ChangeBatch batch = run.event.payload();
    failure.ifPresent(each -> batch.failures().put(batch.messages().getFirst(), each));
    List<StoredMessage> handled = new ArrayList<>(batch.messages());
    handled.removeAll(batch.failures().keySet());
    handled.removeAll(batch.untried());
    try {
      // Told before the next change of the same key can be handled.
      handled.forEach(
          each -> listener.handled(run.handler.table(), batch.change(each), each.receives(), Optional.empty()));
      batch.failures().forEach((message, why) -> failed(run, message, why));
    } finally {
      if (!handled.isEmpty()) writes.write(run.log, store -> store.delete(StoreWrites.ids(handled)));
      writes.giveBack(run.log, batch.untried(), Instant.EPOCH);
      batch.failures().forEach((message, why) -> writes.write(run.log, outcome(run.handler.table(), message, why)));
    }
    batch.failures().keySet().stream().filter(each -> ChangeBatch.again(each).isEmpty())
        .forEach(each -> listener.dead(run.handler.table(), batch.change(each)));
  }

  /** Returns what is written of a change that has failed. */
  private StoreWrites.Write outcome(String table, StoredMessage message, Throwable failure) {
    Instant now = clock.instant();
    Optional<Duration> again = ChangeBatch.again(message);
    if (again.isPresent()) return store -> store.due(List.of(message.id()), now.plus(again.get()));
    NewMessage letter = ChangeMessages.dead(table, message, FailureText.kept(failure), now);
    return _ -> letters.add(message.id(), letter);
  }

  private void failed(AsyncRun<ChangeModel, ChangeBatch> run, StoredMessage message, Throwable failure) {
    TableChange change = run.event.payload().change(message);
    run.log.failedChange(
        run.handler, change, ChangeMessages.what(change), message.receives(), failure, ChangeBatch.again(message));
    listener.handled(run.handler.table(), change, message.receives(), Optional.of(failure));
  }

  /** Interrupts handlers whose time is over, and begins to handle the changes that are due. */
  void due() {
    runs.due();
    if (!started) return;
    writes.again(log());
    deliver();
  }

  /** Returns when {@link #due} has something to do next. */
  Optional<Instant> nextDue() {
    Stream<Instant> changes = present.map(Present::tables).orElse(List.of()).stream()
        .filter(each -> deliveries.hasRoom(each.id()))
        .flatMap(each -> store().nextDue(ChangeMessages.queue(each.id()), rule(each)).stream())
        .filter(each -> each.isBefore(LocalMessages.NEVER) && each.isAfter(Instant.EPOCH));
    return Stream.concat(changes, runs.next().stream()).min(Comparator.naturalOrder()).map(clock::byTheOther);
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
    present.flatMap(Present::log).ifPresent(writes::again);
    delivering.shutdown();
    return unfinished;
  }
}
