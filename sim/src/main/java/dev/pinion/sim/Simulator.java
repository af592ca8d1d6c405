package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Finding.Kind;
import dev.pinion.inspect.Inspection;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.tables.EmbeddedTables;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An app that runs on this machine: a gateway for each of its WebSockets and HTTP APIs, its schedules, tasks and
 * queues, and its tables in a folder. Any thread.
 */
public final class Simulator implements AutoCloseable {
  private final Run run;
  private final Programs programs;

  private Simulator(Run run, Programs programs) {
    this.run = run;
    this.programs = programs;
  }

  /** Returns the options of a run of an app; {@link SimulatorBuilder#start} starts it. */
  public static SimulatorBuilder of(App app) {
    return new SimulatorBuilder(app);
  }

  static Simulator start(App app, SimulatorBuilder options) {
    RecordCodec json = new RecordCodec();
    Recording recording = new Recording(json, System::nanoTime);
    PrintedOutput printed = options.interactive ? PrintedOutput.recordedBy(recording) : PrintedOutput.NONE;
    try {
      return start(app, options, json, recording, printed);
    } catch (RuntimeException | Error failed) {
      printed.restore();
      throw failed;
    }
  }

  private static Simulator start(
      App app, SimulatorBuilder options, RecordCodec json, Recording recording, PrintedOutput printed) {
    Set<Long> others = AppThreads.ids();
    Definition definition = Reload.defined(app);
    AppModel model = definition.model();
    LocalValues values = LocalValues.of(model, options);
    Ports ports = Ports.of(model, options);
    LocalMessages messages = LocalMessages.of(options, options.log::println);
    if (LocalMessages.has(model)) messages.openAhead();
    TableChanges changes = new TableChanges(options, messages, model);
    EmbeddedTables tables = tables(model, options, messages, changes);
    try {
      Run run = new Run(options, messages, changes, tables, json, recording, printed);
      return new Simulator(run, Programs.start(run, app, definition, values, ports, others));
    } catch (RuntimeException e) {
      tables.close();
      messages.close();
      throw e;
    }
  }

  /**
   * Replaces the program that runs, without closing a socket. The new app's {@code define} runs, and what it declares
   * otherwise is applied: routes, handlers and their options, indexes and time to live, tables, configs and secrets,
   * WebSockets (a new one gets the next free port; one that is gone is closed as its gateway would be, with 1001).
   * Rows stay, also those of a table that is gone. Either all of it is applied, or nothing.
   *
   * <p>Each message is handled once, in the order of its connection: by the program that is there when its handler
   * starts. A handler that runs ends in the program that it began in, and what it sends arrives.
   *
   * <p>One reload happens after the other. Their {@link #status} keeps what the last one was refused for.
   *
   * @param app an app of the new code, usually of a class loader of its own; nothing refers to the app before once its
   *     handlers have ended
   * @throws IllegalStateException if this simulator is closed
   */
  public Reloaded reload(App app) {
    programs.mustBeOpen();
    return reload(prepare(app));
  }

  /**
   * Runs {@code define} of an app that is to replace the one that runs, and changes nothing else. It may take long, or
   * never return: other reloads need not wait for it.
   */
  public Replacement prepare(App app) {
    return Reload.prepare(app);
  }

  /**
   * Replaces the program that runs, as {@link #reload(App)} does.
   *
   * @param next a program that has not replaced another yet
   */
  public Reloaded reload(Replacement next) {
    return new Reload(run, programs).of(next);
  }

  /** Returns what runs, and what keeps a later program from replacing it. */
  public ProgramStatus status() {
    return programs.status();
  }

  /**
   * Notes that there is a later program which cannot replace the one that runs, for the page and {@link #status}.
   *
   * @param problem why, such as the compiler's message; empty once it is mended, which a reload that is applied notes
   *     by itself
   */
  public void problem(Optional<String> problem) {
    programs.problem(problem);
  }

  /** Checks permissions from now on, with the result of an inspection of the app. */
  public void inspected(Inspection inspection) {
    programs.current().inspected(inspection);
  }

  /**
   * Checks the permissions of a program from now on, whether it is still the present one or only some of its handlers
   * run.
   *
   * @param program its number, as {@link Reloaded.Applied} and {@link #status} have it
   */
  public void inspected(long program, Inspection inspection) {
    programs.inspected(program, inspection);
  }

  /**
   * Checks permissions from now on, and prints what else an inspection of the app has found: mistakes, which must stop
   * the app, last. Returns whether there are none.
   */
  public boolean inspected(Inspection inspection, PrintStream findings) {
    inspected(inspection);
    List<Finding> mistakes = inspection.findings().stream().filter(each -> each.kind() == Kind.MISTAKE).toList();
    inspection.findings().stream()
        .filter(each -> each.kind() != Kind.MISTAKE && each.kind() != Kind.PERMISSION)
        .forEach(findings::println);
    mistakes.forEach(findings::println);
    findings.flush();
    return mistakes.isEmpty();
  }

  /** Inspects the app's class as {@link #inspect()} does, and prints the findings. Returns whether it may go on. */
  boolean inspect(PrintStream findings) throws IOException {
    return inspect().map(each -> inspected(each, findings)).orElse(true);
  }

  /**
   * Inspects the app's class, or takes what an earlier inspection of it in this process has found, and checks
   * permissions from now on. Empty for an app that cannot be created again, such as a lambda.
   *
   * @throws IOException if the class path cannot be read
   */
  public Optional<Inspection> inspect() throws IOException {
    Generation program = programs.current();
    Optional<Inspection> inspection = AppInspection.of(program.app(), program.model());
    inspection.ifPresent(program::inspected);
    return inspection;
  }

  /**
   * Starts to inspect an app's class in the background, so that {@link #inspect} has the result sooner. Failures are
   * left to {@link #inspect}.
   */
  public static void inspectAhead(Supplier<App> app) {
    Thread.ofPlatform().name("pinion-inspect").daemon().start(() -> {
      try {
        App created = app.get();
        AppInspection.of(created, Definition.of(created).model());
      } catch (IOException | RuntimeException | Error _) {
        // it is inspected again, where somebody sees why it fails
      }
    });
  }

  /** Returns what was done until now although the role of its handler does not allow it on AWS, a line for each. */
  public List<String> refusals() {
    return run.refusals();
  }

  /** Returns the tables, without any check of permissions. */
  public Store store() {
    return new CheckedStore(run.tables);
  }

  /** Returns what handlers have to do at this moment. It walks over all connections: for tests. */
  public HandlerLoad handlerLoad() {
    return programs.handlerLoad();
  }

  /** Returns the handlers that run at this moment. It walks over all connections: for tests. */
  public List<RunningHandler> runningHandlers() {
    AppModel model = model();
    AppStack stack = new AppStack(AppLines.of(model));
    List<RunningHandler> running = new ArrayList<>();
    model.webSockets().forEach(each -> running.addAll(RunningHandler.of(each, programs.pending(each.id()), stack)));
    model.httpApis().forEach(each -> Optional.ofNullable(programs.httpApis().gateways().get(each.id()))
        .ifPresent(gateway -> running.addAll(RunningHandler.of(each, gateway.running(), stack))));
    running.addAll(programs.triggers().running(stack));
    return running;
  }

  /** Returns when {@link #tick} has something to do next; for tests that move the clock. */
  public Optional<Instant> nextTick() {
    return programs.triggers().nextDue();
  }

  /** Returns the next tick of each schedule that has one, by its id. */
  public Map<String, Instant> nextTicks() {
    return programs.triggers().schedules().next();
  }

  /** Passes over recurring ticks that have become due by themselves; for tests that move the clock. */
  public void skipTicks() {
    programs.triggers().schedules().skip();
  }

  /**
   * Calls the handlers of all ticks and starts of tasks that are due, and interrupts those whose time is over. Does not
   * wait for them.
   */
  public void tick() {
    programs.triggers().due();
  }

  /** Calls the handler of a schedule now, whenever it is due. Does not wait for it. */
  public void tick(ScheduleModel schedule) {
    programs.triggers().schedules().fire(schedule);
  }

  /**
   * Starts a task, without any check of permissions. Does not wait for its handler.
   *
   * @param payload as JSON
   */
  public void start(TaskModel task, String payload) {
    programs.triggers().tasks().start(task, payload);
  }

  /**
   * Sends a message to a queue, without any check of permissions. Does not wait for its handler.
   *
   * @throws dev.pinion.ValidationException if SQS would not accept it
   */
  public String send(QueueModel queue, Object message) {
    OutgoingMessage composed =
        OutgoingMessage.of(queue, message, Duration.ZERO, run.json, () -> "queue '" + queue.id() + "': ");
    return programs.triggers().queues().sendMessage(queue, composed);
  }

  /** Returns the texts of a queue's messages, also of those that are handled at this moment; at most a thousand. */
  public List<String> messages(QueueModel queue) {
    return programs.triggers().queues().waiting(queue.id());
  }

  /** Returns the dead letters of a queue, the oldest first, at most a thousand. */
  public List<DeadLetter> deadLetters(QueueModel queue) {
    return programs.triggers().queues().deadLetters(queue.id());
  }

  /** Returns the changes of a table that could not be handled, the oldest first, at most a thousand. */
  public List<DeadLetter> deadLetters(TableModel table) {
    return programs.triggers().changes().deadLetters(table);
  }

  /** Returns when the next attempt of each task comes that has one which waits, by its id. */
  public Map<String, Instant> nextAttempts() {
    return programs.triggers().tasks().next();
  }

  /** Returns the dead letters of a task, the oldest first, at most a thousand. */
  public List<DeadLetter> deadLetters(TaskModel task) {
    return programs.triggers().tasks().deadLetters(task.id());
  }

  /** Applies all limits of time, and deletes expired rows, for a test that has moved the clock. */
  public void sweep() {
    programs.all().forEach(Gateway::sweep);
    programs.httpApis().sweep();
    run.tables.sweep();
  }

  private static EmbeddedTables tables(
      AppModel model, SimulatorBuilder options, LocalMessages messages, TableChanges changes) {
    if (options.inMemory) return EmbeddedTables.inMemory(model.tables(), options.clock, changes);
    Path folder = options.data.resolve("tables");
    try {
      if (options.fresh) {
        EmbeddedTables.delete(folder);
      }
      return EmbeddedTables.open(folder, model.tables(), options.clock, options.log::println, changes);
    } catch (FileSystemException e) {
      messages.close();
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns where clients reach the app's WebSockets, in the order of declaration. */
  public List<Endpoint> endpoints() {
    return programs.endpoints();
  }

  /** Returns the URLs of the app's HTTP APIs by their ids, in the order of declaration. */
  public Map<String, String> httpUrls() {
    Map<String, String> urls = new LinkedHashMap<>();
    programs.httpApis().gateways().forEach((id, gateway) -> urls.put(id, gateway.url()));
    return urls;
  }

  /** Returns whether anything can call a handler: the app has a WebSocket, an HTTP API or another handler. */
  public boolean isTriggered() {
    return isTriggered(model());
  }

  static boolean isTriggered(AppModel model) {
    return !model.webSockets().isEmpty() || !model.httpApis().isEmpty() || !model.handlers().isEmpty();
  }

  /** Prints where clients reach the app, and where its data is. */
  public void announce(PrintStream out) {
    List<Endpoint> endpoints = endpoints();
    for (Endpoint each : endpoints) {
      String whose = endpoints.size() == 1 ? "" : " (webSocket '" + each.id() + "')";
      out.println("listening on " + each.url() + whose);
      out.println("page at      " + each.page() + whose);
    }
    Map<String, String> apis = httpUrls();
    apis.forEach((id, url) -> out.println(
        "http API on  " + url + (apis.size() == 1 ? "" : " (httpApi '" + id + "')")));
    model().schedules().forEach(each -> out.println(programs.triggers().schedules().announced(each)));
    model().tasks().forEach(each -> programs.triggers().tasks().announced(each).ifPresent(out::println));
    model().tables().forEach(each -> programs.triggers().changes().announced(each).ifPresent(out::println));
    model().queues().forEach(each -> programs.triggers().queues().announced(each).ifPresent(out::println));
    out.println("data in      " + data().toAbsolutePath().normalize());
    out.flush();
  }

  /** Returns what the app declares, at present. */
  public AppModel model() {
    return programs.current().model();
  }

  /** Returns the folder that keeps the tables. */
  public Path data() {
    return run.options.data;
  }

  /** Closes the app and waits for running handlers, up to one second. */
  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }

  /**
   * Stops the schedules and tasks, closes all sockets with 1001, runs {@code onDisconnect} for them, waits for running
   * handlers up to a grace period, and closes the tables.
   *
   * @return the handlers that had not finished, one line each
   */
  public List<String> close(Duration grace) {
    List<String> unfinished = programs.close(grace);
    run.close();
    return unfinished;
  }
}
