package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.gateway.Profile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  PermissionMode permissions = PermissionMode.ENFORCE;
  boolean inspectedLater;

  SimulatorBuilder(App app) {
    this.app = app;
  }

  /** The address to listen on; the loopback address unless told. */
  public SimulatorBuilder host(String address) {
    host = address;
    return this;
  }

  /** The first WebSocket's port, 8080 unless told; others follow upwards. 0 gives each any free one. */
  public SimulatorBuilder port(int number) {
    port = number;
    return this;
  }

  /** The port of one WebSocket, by its id. */
  public SimulatorBuilder port(String webSocketId, int number) {
    ports.put(webSocketId, number);
    return this;
  }

  /** The folder that keeps the tables, {@code .pinion} unless told. Made when it is not there. */
  public SimulatorBuilder data(Path folder) {
    data = folder;
    return this;
  }

  /** Whether to begin with empty tables. */
  public SimulatorBuilder fresh(boolean empty) {
    fresh = empty;
    return this;
  }

  /** The values of the app's configs and secrets by environment variable; this process's environment unless told. */
  public SimulatorBuilder environment(Map<String, String> values) {
    environment = Map.copyOf(values);
    return this;
  }

  /** The file with values of configs and secrets that the environment lacks, {@code .env} unless told. */
  public SimulatorBuilder environmentFile(Path file) {
    environmentFile = file;
    return this;
  }

  /** The stage of all WebSockets, instead of the one each declares. */
  public SimulatorBuilder stage(String name) {
    stage = Optional.of(name);
    return this;
  }

  /** One more origin whose pages may connect. */
  public SimulatorBuilder allowOrigin(String origin) {
    origins.add(origin);
    return this;
  }

  /** One more name of this machine that clients may use. */
  public SimulatorBuilder allowHost(String name) {
    hosts.add(name);
    return this;
  }

  /** The gateways' limits and undocumented behaviours; {@link Profile#AWS} unless told. */
  public SimulatorBuilder profile(Profile behaviour) {
    profile = behaviour;
    return this;
  }

  /** The clock of tables, limits and time stamps. */
  public SimulatorBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /** Where failures and warnings are written; standard error unless told. */
  public SimulatorBuilder log(PrintStream stream) {
    log = stream;
    return this;
  }

  /**
   * What happens to operations that the role of their handler does not allow on AWS. Default: {@link
   * PermissionMode#ENFORCE}. The roles come from an inspection of the app's code when it starts, once for each app class;
   * an app that cannot be created again, such as a lambda, is not checked.
   */
  public SimulatorBuilder permissions(PermissionMode mode) {
    permissions = mode;
    return this;
  }

  /** Leaves the inspection to the caller, who passes its result to {@link Simulator#inspected}. */
  public SimulatorBuilder inspectedLater() {
    inspectedLater = true;
    return this;
  }

  /**
   * Runs the app's {@code define}, opens its tables and listens; clients can connect when this returns.
   *
   * @throws dev.pinion.DefinitionException when the definition is wrong
   * @throws SimulatorException when the app cannot run here: a port or the data folder is in use, for one
   */
  public Simulator start() {
    return Simulator.start(this);
  }
}
