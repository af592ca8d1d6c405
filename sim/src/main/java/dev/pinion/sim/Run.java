package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.gateway.Deployment;
import dev.pinion.gateway.HttpDeployment;
import dev.pinion.inspect.Inspection;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.Store;
import dev.pinion.spi.WebSocketModel;
import dev.pinion.tables.EmbeddedTables;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all programs of a simulator share: its options, the rows, and what outlives each of them. Any thread. */
final class Run {
  final SimulatorBuilder options;
  final EmbeddedTables tables;
  final RecordCodec json;
  final Recording recording;
  final LogLine log;
  final PageClients clients = new PageClients();
  final CallsByHand byHand = new CallsByHand();
  final MomentSettings moment;
  final LocalMessages messages;
  private final Tasks tasks;
  private final Queues queues;
  private final TableChanges changes;
  private final ScheduleFile scheduleFile;
  private final PrintedOutput printed;
  /** The tables, without any check of permissions, and without faults. */
  final Store checked;
  private final Store store;
  private final Thread starter = Thread.currentThread();
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  /** The WebSockets of the present program whose signatures nobody checks. */
  private final Set<String> unsigned = ConcurrentHashMap.newKeySet();

  /** A run whose handlers' output is recorded too, where it is. */
  Run(
      SimulatorBuilder options, LocalMessages messages, TableChanges changes, EmbeddedTables tables, RecordCodec json,
      Recording recording, PrintedOutput printed) {
    this.options = options;
    this.tables = tables;
    this.json = json;
    this.recording = recording;
    this.printed = printed;
    moment = new MomentSettings(options.profile);
    log = new LogLine(
        options.log, options.clock, recording, options.jsonLog ? Optional.of(json) : Optional.empty());
    scheduleFile = options.inMemory ? ScheduleFile.none(json)
        : ScheduleFile.in(options.data, options.fresh, json, problem -> log.event("warning: " + problem));
    this.messages = messages;
    this.changes = changes;
    changes.recordedBy(recording);
    tasks = new Tasks(options, messages, json, recording);
    queues = new Queues(options, messages, json, recording);
    options.faults.ifPresent(each -> each.logTo(log));
    checked = new CheckedStore(tables);
    store = options.faults.<Store>map(each -> new FaultyStore(checked, each)).orElse(checked);
  }

  /** Binds a program to the platform of this run. Nothing leads to its handlers yet. */
  Generation generation(
      long number, App app, Definition definition, LocalValues values, Set<Long> others) {
    AppModel model = definition.model();
    if (options.values.isEmpty()) LocalEnvironment.warn(model, options.environment, log);
    new EnvironmentCredentials(options.environment).warn(model, unsigned, log);
    AppPage page = new AppPage(model, json, clients);
    Optional<PermissionGuard> guard = guard(app, model, page);
    recording.secrets(values.secrets(model));
    LocalPlatform platform = new LocalPlatform(store, tasks, queues, values, json, guard, recording);
    Map<String, Deployment> deployments = new LinkedHashMap<>();
    for (WebSocketModel webSocket : model.webSockets()) {
      deployments.put(webSocket.id(), Deployments.of(staged(webSocket), app.getClass().getClassLoader(), this));
    }
    Map<String, HttpDeployment> httpDeployments = new LinkedHashMap<>();
    for (HttpApiModel api : model.httpApis()) {
      httpDeployments.put(api.id(), HttpApis.deployment(api, app.getClass().getClassLoader(), this));
    }
    definition.bind(platform);
    return new Generation(
        number, options.clock.instant(), app, model, values, platform, guard, page, deployments,
        httpDeployments, others);
  }

  /** Returns what calls handlers of the first program without a client. */
  AsyncTriggers triggers(AppModel model) {
    AsyncLog asyncLog = new AsyncLog(model, log);
    Schedules schedules = new Schedules(model, options, scheduleFile, asyncLog, recording);
    return new AsyncTriggers(options, schedules, tasks, queues, changes, model, asyncLog);
  }

  /** Returns whether a thread is the one that has started the simulator. */
  boolean isStarter(Thread thread) {
    return thread.equals(starter);
  }

  /** Returns a WebSocket with the stage that the run's options give it. */
  WebSocketModel staged(WebSocketModel declared) {
    return options.stage.map(declared::withStage).orElse(declared);
  }

  /** The check of permissions; none where it is off, or where the app cannot be inspected. */
  @SuppressWarnings("CatchingUnchecked") // a bug in the inspection must not keep the app from running
  private Optional<PermissionGuard> guard(App app, AppModel model, AppPage page) {
    if (options.permissions == PermissionMode.OFF) return Optional.empty();
    PermissionGuard guard = new PermissionGuard(options, model, starter, refusals, log);
    if (options.inspectedLater) return Optional.of(guard);
    try {
      Optional<Inspection> inspection = AppInspection.of(app, model);
      inspection.ifPresent(guard::inspected);
      inspection.ifPresent(page::inspected);
      return inspection.map(_ -> guard);
    } catch (IOException | RuntimeException | Error failed) {
      options.log.println("warning: permissions are not checked, as the inspection of the app failed: " + failed);
      return Optional.empty();
    }
  }

  /** Closes the tables and messages, and ends the recording. */
  void close() {
    tables.close();
    messages.close();
    printed.restore();
    recording.close();
  }

  /** Returns what roles have not allowed until now, a line for each. */
  List<String> refusals() {
    return refusals.stream().sorted().toList();
  }
}
