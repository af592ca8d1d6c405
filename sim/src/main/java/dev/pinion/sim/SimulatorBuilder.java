package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.gateway.GatewayListener;
import dev.pinion.gateway.HostName;
import dev.pinion.gateway.Origin;
import dev.pinion.gateway.Profile;
import dev.pinion.tables.MessageStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** The options of a {@link Simulator}. Not thread-safe. */
public final class SimulatorBuilder {
  final App app;
  final Map<String, Integer> ports = new LinkedHashMap<>();
  final Set<String> origins = new LinkedHashSet<>();
  final Set<String> hosts = new LinkedHashSet<>();
  String host = "127.0.0.1";
  int port = 8080;
  Path data = Path.of(".pinion");
  boolean fresh;
  Map<String, String> environment = System.getenv();
  Path environmentFile = Path.of(".env");
  Optional<String> stage = Optional.empty();
  Profile profile = Profile.AWS;
  InstantSource clock = InstantSource.system();
  PrintStream log = System.err;
  boolean jsonLog;
  PermissionMode permissions = PermissionMode.ENFORCE;
  boolean inspectedLater;
  boolean onlyAppActs;
  boolean inMemory;
  /** Makes the store of messages that are in memory. */
  Supplier<MessageStore> memory = MessageStore::inMemory;
  boolean interactive;
  Optional<Map<String, String>> values = Optional.empty();
  Optional<Faults> faults = Optional.empty();
  GatewayListener listener = new GatewayListener() {};
  TickListener ticks = (_, _, _) -> {};
  TaskListener tasks = new TaskListener() {};
  QueueListener queues = new QueueListener() {};
  ChangeListener changes = new ChangeListener() {};
  boolean ticksByHand;

  SimulatorBuilder(App app) {
    this.app = app;
  }

  /** Copies all but the app: a run outlives its first program, and refers to none that has been replaced. */
  private SimulatorBuilder(SimulatorBuilder from) {
    app = _ -> {};
    ports.putAll(from.ports);
    origins.addAll(from.origins);
    hosts.addAll(from.hosts);
    host = from.host;
    port = from.port;
    data = from.data;
    fresh = from.fresh;
    environment = from.environment;
    environmentFile = from.environmentFile;
    stage = from.stage;
    profile = from.profile;
    clock = from.clock;
    log = from.log;
    jsonLog = from.jsonLog;
    permissions = from.permissions;
    inspectedLater = from.inspectedLater;
    onlyAppActs = from.onlyAppActs;
    inMemory = from.inMemory;
    memory = from.memory;
    interactive = from.interactive;
    values = from.values;
    faults = from.faults;
    listener = from.listener;
    ticks = from.ticks;
    tasks = from.tasks;
    queues = from.queues;
    changes = from.changes;
    ticksByHand = from.ticksByHand;
  }

  /** Sets the address to listen on. Default: the loopback address. */
  public SimulatorBuilder host(String address) {
    host = address;
    return this;
  }

  /** Sets the first WebSocket's port; the others follow upwards. 0 gives each a free one. Default: 8080. */
  public SimulatorBuilder port(int number) {
    port = number;
    return this;
  }

  /** Sets the port of one WebSocket, by its id. */
  public SimulatorBuilder port(String webSocketId, int number) {
    ports.put(webSocketId, number);
    return this;
  }

  /** Sets the folder that keeps the tables, which is created if it does not exist. Default: {@code .pinion}. */
  public SimulatorBuilder data(Path folder) {
    data = folder;
    return this;
  }

  /** Sets whether to delete all rows first. Default: rows are kept. */
  public SimulatorBuilder fresh(boolean empty) {
    fresh = empty;
    return this;
  }

  /** Keeps the tables in memory only, for tests: they are empty at the start, and nothing is written to the disk. */
  public SimulatorBuilder inMemory() {
    inMemory = true;
    return this;
  }

  /** Sets the values of the app's configs and secrets, by id; the environment and its file are not looked at then. */
  public SimulatorBuilder values(Map<String, String> byId) {
    values = Optional.of(Map.copyOf(byId));
    return this;
  }

  /** Sets the values of the app's configs and secrets, by environment variable. Default: this process's environment. */
  public SimulatorBuilder environment(Map<String, String> values) {
    environment = Map.copyOf(values);
    return this;
  }

  /** Sets the file with the values of configs and secrets that the environment lacks. Default: {@code .env}. */
  public SimulatorBuilder environmentFile(Path file) {
    environmentFile = file;
    return this;
  }

  /** Sets the stage of all WebSockets. Default: the one that each declares. */
  public SimulatorBuilder stage(String name) {
    stage = Optional.of(name);
    return this;
  }

  /**
   * Allows pages of one more origin, such as {@code https://example.com}, to connect.
   *
   * @throws IllegalArgumentException if the text is not an origin
   */
  public SimulatorBuilder allowOrigin(String origin) {
    origins.add(Origin.normalize(origin));
    return this;
  }

  /**
   * Allows one more host name that clients may use, with a port, or without for any port.
   *
   * @throws IllegalArgumentException if the text is not a host name
   */
  public SimulatorBuilder allowHost(String name) {
    hosts.add(HostName.normalize(name));
    return this;
  }

  /** Sets the gateways' limits and undocumented behaviours. Default: {@link Profile#AWS}. */
  public SimulatorBuilder profile(Profile behaviour) {
    profile = behaviour;
    return this;
  }

  /** Sets the clock of tables, limits and time stamps. Default: the system's clock. */
  public SimulatorBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /** Sets the faults that the app meets; more can be added while it runs. Default: none. */
  public SimulatorBuilder faults(Faults provoked) {
    faults = Optional.of(provoked);
    return this;
  }

  /** Sets what learns of handshakes, and of connections that open and close, in all gateways. */
  public SimulatorBuilder listener(GatewayListener additional) {
    listener = additional;
    return this;
  }

  /** Sets what learns of the ticks of schedules. */
  public SimulatorBuilder ticks(TickListener additional) {
    ticks = additional;
    return this;
  }

  /** Sets what learns of the changes of tables. */
  public SimulatorBuilder changes(ChangeListener additional) {
    changes = additional;
    return this;
  }

  /** Sets what learns of the messages of queues. */
  public SimulatorBuilder queues(QueueListener additional) {
    queues = additional;
    return this;
  }

  /** Sets what learns of the starts of tasks. */
  public SimulatorBuilder tasks(TaskListener additional) {
    tasks = additional;
    return this;
  }

  /**
   * Lets no schedule tick by itself, and no task be called after a time, for tests that move the clock: {@link
   * Simulator#tick} has to be called for all that is due. A start without a delay is handled all the same.
   */
  public SimulatorBuilder ticksByHand() {
    ticksByHand = true;
    return this;
  }

  /** Sets where failures and warnings are written. Default: the standard error. */
  public SimulatorBuilder log(PrintStream stream) {
    log = stream;
    return this;
  }

  /** Writes failures and warnings as lines of JSON, as functions do on AWS. Default: as compilers write them. */
  public SimulatorBuilder jsonLog() {
    jsonLog = true;
    return this;
  }

  /**
   * What happens to operations that the role of their handler does not allow on AWS. Default: {@link
   * PermissionMode#ENFORCE}. The roles come from an inspection of the app's code when it starts, once for each app
   * class; an app that cannot be created again, such as a lambda, is not checked.
   */
  public SimulatorBuilder permissions(PermissionMode mode) {
    permissions = mode;
    return this;
  }

  /**
   * Lets the page of the app change settings while it runs: faults, and the clock, which can be moved forward. What
   * handlers print to {@link System#out} and {@link System#err} is shown there with their requests.
   */
  public SimulatorBuilder interactive() {
    interactive = true;
    return this;
  }

  /** Leaves the inspection to the caller, who passes its result to {@link Simulator#inspected}. */
  public SimulatorBuilder inspectedLater() {
    inspectedLater = true;
    return this;
  }

  /**
   * Says that nobody but the app acts on its tables and WebSockets through their objects, as in {@code pinion run}. An
   * operation in a thread that is not known to work for a handler then counts as one of some handler: the roles of all
   * handlers together must allow it. Without this, such a thread may be a test's, and may do everything.
   */
  public SimulatorBuilder onlyAppActs() {
    onlyAppActs = true;
    return this;
  }

  /** Returns what learns of connections, faults included. */
  GatewayListener connections() {
    return faults.<GatewayListener>map(each -> new FaultListener(each, listener)).orElse(listener);
  }

  /**
   * Runs the app's {@code define}, opens its tables and listens. Clients can connect when this returns.
   *
   * @throws dev.pinion.DefinitionException when the definition is wrong
   * @throws SimulatorException when the app cannot run on this machine, for example because a port or the data folder
   *     is in use
   */
  public Simulator start() {
    SimulatorBuilder options = new SimulatorBuilder(this);
    if (interactive) {
      options.clock = new MovableClock(clock);
      options.faults = faults.or(() -> Optional.of(Faults.idle(ThreadLocalRandom.current().nextLong(1_000_000))));
    }
    return Simulator.start(app, options);
  }
}
