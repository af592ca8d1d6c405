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
import dev.pinion.tables.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tasks of a running app. A start is kept before it is accepted, until its handler has succeeded or it is among the
 * dead letters. Any thread.
 *
 * <p>An attempt that was cut off because the app stopped counts as one that has failed, as on AWS, but the next one
 * comes when the app starts again. While the app is stopped, starts do not age.
 */
final class Tasks implements AsyncWork<StartModel, StoredMessage>, TaskStarter {
  /** How many functions run at once in an account of AWS by default. */
  private static final int MOST_RUNNING = 1_000;
  private static final int BATCH = 100;
  private static final BatchRule NEXT = new BatchRule(1, Long.MAX_VALUE);

  private final InstantSource clock;
  private final LocalMessages messages;
  private final TaskListener listener;
  private final RecordCodec json;
  private final CallRecording calls;
  private final AsyncRuns<StartModel, StoredMessage> runs;
  private final DeadLetters letters;
  private final MessageRoom room = new MessageRoom();
  private final Deliveries deliveries = new Deliveries();
  private final Instant opened;
  /** Ends of attempts that could not be written. */
  private final Queue<Runnable> unwritten = new ArrayDeque<>();
  private volatile Optional<Present> present = Optional.empty();
  private volatile boolean started;
  /** Whether starts may wait for runs to end. */
  private volatile boolean crowded;

  /** The tasks of a program, and its log. */
  private record Present(List<TaskModel> tasks, AsyncLog log) {
    Optional<TaskModel> task(String id) {
      return tasks.stream().filter(each -> each.id().equals(id)).findFirst();
    }
  }

  Tasks(SimulatorBuilder options, LocalMessages messages, RecordCodec json, Recording recording) {
    this.clock = options.clock;
    this.messages = messages;
    this.listener = options.tasks;
    this.json = json;
    calls = new CallRecording(recording);
    runs = new AsyncRuns<>(options.clock, this);
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
    now.tasks.forEach(each -> {
      letters.forgetOld(TaskStart.deadQueue(each.id()));
      begin(each);
    });
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
    try {
      present.flatMap(each -> each.task(task.id())).ifPresent(this::begin);
    } catch (IllegalStateException e) {
      present.orElseThrow().log.broke(e); // it is kept, and begins later
    }
  }

  /** A start through EventBridge Scheduler begins a chain of calls. */
  @Override
  public void startIn(TaskModel task, Duration delay, String payload) {
    accept(task.id(), clock.instant().plus(delay), Lineage.NONE, payload);
  }

  private void accept(String task, Instant due, Lineage lineage, String payload) {
    messages.keep(store -> store.append(TaskStart.of(task, due, lineage, payload)));
    listener.started(task, payload);
  }

  /** Begins the attempts of a task that are due, as long as there is room. */
  private void begin(TaskModel task) {
    if (!started) return;
    for (;;) {
      int most = Math.min(BATCH, MOST_RUNNING - runs.count());
      if (most <= 0) {
        crowded = true;
        if (runs.count() >= MOST_RUNNING) return;
        continue; // a run has ended meanwhile
      }
      List<StoredMessage> due = room.take(most, bytes -> take(task, new BatchRule(most, bytes)));
      if (due.isEmpty()) return;
      due.forEach(each -> begin(task, each));
    }
  }

  /** Takes starts that are due and that Lambda would call a handler for; others are dead letters from now on. */
  private List<StoredMessage> take(TaskModel task, BatchRule rule) {
    Instant now = clock.instant();
    for (;;) {
      List<StoredMessage> taken = store().take(TaskStart.queue(task.id()), rule, now, LocalMessages.NEVER);
      List<StoredMessage> living = taken.stream().filter(each -> mayLive(task, each, now)).toList();
      if (taken.isEmpty() || !living.isEmpty()) return living;
    }
  }

  private boolean mayLive(TaskModel task, StoredMessage message, Instant now) {
    TaskStart start = TaskStart.of(message);
    int before = message.receives() - 1;
    Optional<String> refusal =
        refusal(task, start, before, now.isAfter(awake(message).plus(task.maximumEventAge())));
    refusal.ifPresent(why -> {
      present.orElseThrow().log.dead(
          task.onStart(), Long.toString(message.id()), task.id() + " for " + what(message),
          ": " + why + ". It is in the dead letters");
      bury(task.id(), start, before, why);
    });
    return refusal.isEmpty();
  }

  private void begin(TaskModel task, StoredMessage message) {
    AsyncEvent<StoredMessage> event =
        new AsyncEvent<>(message, Long.toString(message.id()), what(message), awake(message));
    runs.start(task.onStart(), present.orElseThrow().log, event, message.receives());
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
    } catch (IllegalStateException e) {
      run.log.broke(e);
      synchronized (unwritten) {
        unwritten.add(() -> note(run, failure));
      }
    }
    if (!room.free(List.of(run.event.payload()))) return;
    Present now = present.orElseThrow();
    deliveries.start(() -> now.tasks.forEach(this::begin), bug -> {
      if (started) now.log.broke(bug);
    });
  }

  @Override
  public void freed() {
    if (!crowded) return;
    crowded = false;
    present.orElseThrow().tasks.forEach(this::begin);
  }

  private void note(AsyncRun<StartModel, StoredMessage> run, Optional<Throwable> failure) {
    TaskStart start = TaskStart.of(run.event.payload());
    String id = run.handler.path();
    int retries = present.flatMap(each -> each.task(id)).map(TaskModel::maximumRetryAttempts)
        .orElse(AsyncRuns.MOST_RETRIES);
    Optional<Duration> again = failure.filter(_ -> run.attempt <= retries).map(_ -> AsyncRuns.waitAfter(run.attempt));
    if (failure.isEmpty()) store().delete(List.of(start.number()));
    else if (again.isPresent()) store().due(List.of(start.number()), clock.instant().plus(again.get()));
    else bury(id, start, run.attempt, failure.get().toString());
    failure.ifPresent(each -> run.log.failed(run, each, again, "it is in the dead letters"));
    listener.handled(id, start.json(), run.attempt, failure);
  }

  /** Moves a start to the dead letters, in one step. */
  private void bury(String task, TaskStart start, int attempts, String error) {
    letters.add(start.number(), start.dead(task, clock.instant(), attempts, error));
  }

  /** Interrupts handlers whose time is over, and begins the attempts that are due. */
  void due(Instant now) {
    runs.due(now);
    if (!started) return;
    List<Runnable> again;
    synchronized (unwritten) {
      again = new ArrayList<>(unwritten);
      unwritten.clear();
    }
    again.forEach(Runnable::run);
    present.orElseThrow().tasks.forEach(this::begin);
  }

  /** Returns when {@link #due} has something to do next. */
  Optional<Instant> nextDue() {
    Stream<Instant> starts = room.isFull() ? Stream.empty() : next().values().stream();
    return Stream.concat(runs.next().stream(), starts).min(Comparator.naturalOrder());
  }

  /** Returns when the next attempt of each task comes that has one which waits, by its id. */
  Map<String, Instant> next() {
    Map<String, Instant> all = new TreeMap<>();
    present.map(Present::tasks).orElse(List.of())
        .forEach(
            each -> store().nextDue(TaskStart.queue(each.id()), NEXT).filter(LocalMessages.NEVER::isAfter)
                .ifPresent(next -> all.put(each.id(), next)));
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
    return runs.close(grace);
  }
}
