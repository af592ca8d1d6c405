package dev.pinion.sim;

import dev.pinion.gateway.HandlerLoad;
import dev.pinion.json.RecordCodec;
import dev.pinion.sim.CallRecording.Answered;
import dev.pinion.sim.CallRecording.Called;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HandlerScope;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.Lineage;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskStarter;
import dev.pinion.tables.BatchRule;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.StackRoom;
import dev.pinion.tables.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tasks of a running app. A start is kept before it is accepted, until its handler has succeeded or it is among the
 * dead letters. Any thread.
 *
 * <p>An attempt that was cut off because the app stopped counts as one that has failed, as on AWS, but the next one
 * comes when the app starts again. While the app is stopped, starts do not age.
 */
final class Tasks implements AsyncWork<StartModel, StoredMessage>, TaskStarter, Deliveries.Source {
  /** How many functions run at once in an account of AWS by default. */
  private static final int MOST_RUNNING = 1_000;
  private static final int BATCH = 100;
  private static final BatchRule NEXT = new BatchRule(1, Long.MAX_VALUE);

  private final SteadyClock clock;
  private final LocalMessages messages;
  private final TaskListener listener;
  private final RecordCodec json;
  private final CallRecording calls;
  private final AsyncRuns<StartModel, StoredMessage> runs;
  private final DeadLetters letters;
  private final StoreWrites writes;
  private final MessageRoom room = new MessageRoom(MOST_RUNNING);
  private final Deliveries deliveries = new Deliveries(this, room, Integer.MAX_VALUE);
  private final Instant opened;
  private volatile Optional<Present> present = Optional.empty();
  private volatile boolean started;

  /** The tasks of a program, and its log. */
  private record Present(List<TaskModel> tasks, AsyncLog log) {
    Optional<TaskModel> task(String id) {
      return tasks.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    List<String> ids() {
      return tasks.stream().map(TaskModel::id).toList();
    }
  }

  Tasks(SimulatorBuilder options, LocalMessages messages, RecordCodec json, Recording recording) {
    clock = messages.clock;
    this.messages = messages;
    this.listener = options.tasks;
    this.json = json;
    calls = new CallRecording(recording);
    runs = new AsyncRuns<>(clock, this);
    writes = new StoreWrites(messages);
    letters = new DeadLetters(messages, options.clock, TaskStart::since);
    opened = clock.instant();
  }

  /** Goes on with the tasks of a program. Attempts that run end where they began. */
  void replace(AppModel app, AsyncLog log) {
    present = Optional.of(new Present(List.copyOf(app.tasks()), log));
    if (started) start();
  }

  /** Begins to call handlers. */
  void start() {
    started = true;
    Present now = present.orElseThrow();
    if (now.tasks.isEmpty() && !messages.isOpen()) return;
    for (String queue : store().queues()) {
      TaskStart.task(queue).filter(id -> now.task(id).isEmpty())
          .ifPresent(id -> now.log.undeclared(id, store().size(queue)));
    }
    now.tasks.forEach(each -> writes.write(now.log, _ -> letters.forgetOld(TaskStart.deadQueue(each.id()))));
    deliveries.deliver(now.ids());
  }

  /** Whether the app has none. */
  boolean isEmpty() {
    return present.map(Present::tasks).orElse(List.of()).isEmpty();
  }

  private MessageStore store() {
    return messages.open();
  }

  @Override
  public void start(TaskModel task, String payload) {
    accept(task.id(), clock.instant(), HandlerScope.currentLineage(), payload);
    if (started) deliveries.deliverLater(List.of(task.id()));
  }

  /** A start through EventBridge Scheduler begins a chain of calls. */
  @Override
  public void startIn(TaskModel task, Duration delay, String payload) {
    accept(task.id(), clock.instant().plus(delay), Lineage.NONE, payload);
  }

  private void accept(String task, Instant due, Lineage lineage, String payload) {
    StackRoom.need();
    messages.keep(store -> store.append(TaskStart.of(task, due, lineage, payload)));
    listener.started(task, payload);
  }

  private AsyncLog log() {
    return present.orElseThrow().log;
  }

  private Optional<TaskModel> task(String id) {
    return present.flatMap(each -> each.task(id));
  }

  @Override
  public OptionalInt most(String id) {
    return started && task(id).isPresent() ? OptionalInt.of(BATCH) : OptionalInt.empty();
  }

  /** Takes starts that are due and that Lambda would call a handler for; others are dead letters from now on. */
  @Override
  public List<StoredMessage> take(String id, MessageRoom.Share share) {
    Instant now = clock.instant();
    Optional<TaskModel> task = task(id);
    if (task.isEmpty()) return List.of();
    BatchRule rule = new BatchRule(share.messages(), share.bytes());
    return writes.take(
        log(), now, () -> store().take(TaskStart.queue(id), rule, now, LocalMessages.NEVER),
        taken -> taken.stream().filter(each -> mayLive(task.get(), each, now)).toList());
  }

  @Override
  public boolean begin(String id, List<StoredMessage> batch) {
    deliveries.endOneByOne(id);
    batch.forEach(each -> begin(id, each));
    return true;
  }

  @SuppressWarnings("CatchingUnchecked") // the others begin
  private void begin(String id, StoredMessage message) {
    AsyncEvent<StoredMessage> event =
        new AsyncEvent<>(message, Long.toString(message.id()), what(message), awake(message));
    Optional<TaskModel> task = task(id);
    boolean begun = false;
    try {
      begun = task.isPresent() && runs.start(task.get().onStart(), log(), event, message.receives());
    } catch (RuntimeException | Error bug) {
      failed(bug);
    } finally {
      if (!begun) {
        room.free(List.of(message));
        room.free(1);
        writes.giveBack(log(), List.of(message), clock.instant());
      }
    }
  }

  @Override
  public void failed(Throwable failure) {
    if (started) writes.failed(log(), failure);
  }

  private boolean mayLive(TaskModel task, StoredMessage message, Instant now) {
    TaskStart start = TaskStart.of(message);
    int before = message.receives() - 1;
    Optional<String> refusal =
        refusal(task, start, before, now.isAfter(awake(message).plus(task.maximumEventAge())));
    refusal.ifPresent(why -> {
      letters.add(start.number(), start.dead(task.id(), clock.instant(), before, why));
      log().dead(
          task.onStart(), Long.toString(message.id()), task.id() + " for " + what(message),
          ": " + why + ". It is in the dead letters");
    });
    return refusal.isEmpty();
  }

  /** Returns from when on a start ages: not while the app is stopped. */
  private Instant awake(StoredMessage message) {
    Instant since = TaskStart.since(message);
    return since.isBefore(opened) ? opened : since;
  }

  private static String what(StoredMessage message) {
    return "start " + message.id();
  }

  /** Returns why Lambda would not call a handler. */
  private static Optional<String> refusal(TaskModel task, TaskStart start, int attempts, boolean tooOld) {
    if (attempts > task.maximumRetryAttempts()) {
      return Optional.of("the app was stopped during its last attempt");
    }
    if (tooOld) return Optional.of("it has waited for longer than its maximum event age, " + task.maximumEventAge());
    if (start.lineage().isLoop(task.id()) && !task.onStart().options().recursiveLoop()) {
      return Optional.of(
          "it was called " + Lineage.MOST
              + " times in one chain of calls, and Lambda stops such a loop. If it is meant,"
              + " add allowRecursiveLoop(), or use startIn");
    }
    return Optional.empty();
  }

  @Override
  public void handle(AsyncRun<StartModel, StoredMessage> run) throws Exception {
    TaskStart start = TaskStart.of(run.event.payload());
    call(run.handler, start, run.event.id(), run.log.lines(), Optional.of(run.attempt));
  }

  /** Calls a handler by hand, on this thread: it is not tried again. */
  void again(StartModel onStart, String payload) throws Exception {
    AppLines lines = present.orElseThrow().log.lines();
    TaskStart start = new TaskStart(0, payload, Lineage.NONE);
    HandlerContext.of(onStart, () -> call(onStart, start, "by hand", lines, Optional.empty()));
  }

  /** @param attempt empty for a call by hand */
  private void call(StartModel onStart, TaskStart start, String id, AppLines lines, Optional<Integer> attempt)
      throws Exception {
    long at = clock.millis();
    calls.call(
        () -> new Called(
            CallKind.TASK, id, onStart, at, attempt, attempt.isEmpty(), Optional.of(start.json()),
            Optional.of(new Recorder.Request(CallKind.TASK, onStart.path(), start.json())), lines),
        () -> {
          try {
            Dispatcher.dispatch(start.json(), onStart, start.lineage(), json);
          } catch (MismatchException e) {
            throw new IllegalArgumentException("the payload is not of the task's type: " + e.getMessage(), e);
          }
          return Answered.NOTHING;
        },
        answered -> answered);
  }

  @Override
  public void ended(AsyncRun<StartModel, StoredMessage> run, Optional<Throwable> failure) {
    try {
      note(run, failure);
    } finally {
      room.free(List.of(run.event.payload()));
      deliveries.deliverToOthers();
    }
  }

  @Override
  public void freed(AsyncRun<StartModel, StoredMessage> run) {
    room.free(1);
    deliveries.deliverToOthers();
  }

  private void note(AsyncRun<StartModel, StoredMessage> run, Optional<Throwable> failure) {
    TaskStart start = TaskStart.of(run.event.payload());
    String id = run.handler.path();
    int retries = task(id).map(TaskModel::maximumRetryAttempts).orElse(AsyncRuns.MOST_RETRIES);
    Optional<Duration> again = failure.filter(_ -> run.attempt <= retries).map(_ -> AsyncRuns.waitAfter(run.attempt));
    writes.write(run.log, outcome(start, id, run.attempt, failure, again.map(clock.instant()::plus)));
    failure.ifPresent(each -> run.log.failed(run, each, again, "it is in the dead letters"));
    listener.handled(id, start.json(), run.attempt, failure);
  }

  /** Returns what is written after an attempt: it is over, comes again, or is a dead letter. */
  private StoreWrites.Write outcome(
      TaskStart start, String task, int attempt, Optional<Throwable> failure, Optional<Instant> again) {
    List<Long> ids = List.of(start.number());
    if (failure.isEmpty()) return store -> store.delete(ids);
    if (again.isPresent()) return store -> store.due(ids, again.get());
    NewMessage letter = start.dead(task, clock.instant(), attempt, FailureText.kept(failure.get()));
    return _ -> letters.add(start.number(), letter);
  }

  /** Interrupts handlers whose time is over, and begins the attempts that are due. */
  void due() {
    runs.due();
    if (!started) return;
    writes.again(log());
    deliveries.deliver(present.orElseThrow().ids());
  }

  /** Returns when {@link #due} has something to do next. */
  Optional<Instant> nextDue() {
    Stream<Instant> starts = room.isFull() ? Stream.empty() : next().values().stream();
    return Stream.concat(runs.next().map(clock::byTheOther).stream(), starts).min(Comparator.naturalOrder());
  }

  /** Returns when the next attempt of each task comes that has one which waits, by its id. */
  Map<String, Instant> next() {
    Map<String, Instant> all = new TreeMap<>();
    present.map(Present::tasks).orElse(List.of())
        .forEach(
            each -> store().nextDue(TaskStart.queue(each.id()), NEXT).filter(LocalMessages.NEVER::isAfter)
                .map(clock::byTheOther).ifPresent(next -> all.put(each.id(), next)));
    return all;
  }

  /** Returns the dead letters of a task, the oldest first, at most a thousand. */
  List<DeadLetter> deadLetters(String task) {
    return letters.oldest(TaskStart.deadQueue(task), TaskStart::letter);
  }

  /** Returns how many dead letters there are, and the newest ones. */
  NewestLetters newestLetters(String task, int most) {
    return letters.newest(TaskStart.deadQueue(task), most, TaskStart::letter);
  }

  /** Returns what people are told of a task at the start; empty if nothing is kept of it. */
  Optional<String> announced(TaskModel task) {
    int waiting = store().size(TaskStart.queue(task.id()));
    String dead = TaskStart.deadQueue(task.id());
    return waiting + store().size(dead) == 0 ? Optional.empty()
        : Optional.of(
            "task         '" + task.id() + "': " + (waiting == 1 ? "1 start waits, " : waiting + " starts wait, ")
                + letters.counted(dead));
  }

  /** Returns a line for each handler of an earlier program that still runs. */
  List<String> retired() {
    return runs.others(present.map(Present::tasks).orElse(List.of()).stream().map(TaskModel::onStart).toList());
  }

  /** Returns the handlers that run. */
  List<RunningHandler> running(AppStack stack) {
    return runs.running(stack);
  }

  HandlerLoad load() {
    return runs.load().plus(deliveries.load());
  }

  /**
   * Calls no more handlers, and waits for those that run.
   *
   * @return what had not finished, which is tried again at the next start
   */
  List<String> close(Duration grace) {
    started = false;
    List<String> unfinished = runs.close(grace);
    writes.again(log());
    return unfinished;
  }
}
