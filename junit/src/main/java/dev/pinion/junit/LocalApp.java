package dev.pinion.junit;

import dev.pinion.Tick;
import dev.pinion.engine.CloseStatus;
import dev.pinion.gateway.GatewayListener;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Inspection;
import dev.pinion.sim.PermissionMode;
import dev.pinion.sim.RunningHandler;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorException;
import dev.pinion.sim.TickListener;
import dev.pinion.spi.ConnectionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Objects.requireNonNull;

/** The app of one test on a local platform of its own. Any thread. */
final class LocalApp implements GatewayListener, TickListener {
  /** How often it is looked whether handlers have finished. */
  private static final long LOOK_NANOS = 100_000;
  /** Handlers that have all been blocked for so long are taken to wait for what the test does next. */
  private static final long BLOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  /** How long the end of a test waits for handlers. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private final LocalClock clock;
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Map<String, List<Handled>> ticks = new ConcurrentHashMap<>();
  private final TaskRecord tasks;
  private final QueueRecord queues;
  private final ChangeRecorder changes;
  private final PermissionMode permissions;
  private final Clients clients;
  private final Simulator simulator;

  /** A tick whose handler was called, and what that threw. */
  record Handled(Instant time, Optional<Throwable> failure) {}

  LocalApp(PinionBuilder options, Clients clients) {
    this.clock = new LocalClock(options.start);
    this.permissions = options.permissions;
    this.clients = clients;
    this.tasks = new TaskRecord(clients.transcript());
    this.queues = new QueueRecord(clients.transcript());
    this.changes = new ChangeRecorder(clients.transcript());
    try {
      simulator = Simulator.of(options.app).port(0).inMemory().data(Path.of("")).values(options.values)
          .permissions(permissions).inspectedLater().faults(clients.faults()).clock(clock).listener(this).ticks(this)
          .tasks(tasks).queues(queues).changes(changes)
          .ticksByHand().log(clients.log().stream()).start();
      clients.failures().local(this::running);
    } catch (SimulatorException e) {
      if (!String.valueOf(e.getMessage()).contains("value")) throw e;
      throw new IllegalStateException(
          e.getMessage() + "\nSet values with @ConfigValue(id = \"...\", value = \"...\"), or with"
              + " Pinion.of(app).value(id, value)",
          e);
    }
  }

  /** Returns which handlers run, a line each, once those that are about to finish have done so. */
  private String running() {
    HandlerLoad load = settle(System.nanoTime() + BLOCKED_NANOS, false);
    if (load.isIdle()) return "";
    StringBuilder text = new StringBuilder("\nhandlers that still run\n");
    for (RunningHandler each : simulator.runningHandlers()) {
      String client = each.connectionId().isEmpty() ? each.event()
          : clients.nameOf(each.connectionId(), key -> ids.getOrDefault(key, ""));
      text.append("  ").append(each.declaration()).append(": ").append(each.name()).append(" of ").append(client)
          .append(", for ").append(Failures.shown(each.time()))
          .append(each.position().isEmpty() ? "" : ", is at " + each.position()).append('\n');
    }
    if (load.waiting() > 0) text.append("  ").append(load.waiting()).append(" more wait\n");
    return text.toString();
  }

  Simulator simulator() {
    return simulator;
  }

  LocalClock clock() {
    return clock;
  }

  Failures failures() {
    return clients.failures();
  }

  @Override
  public void connecting(ConnectionContext connection, String key) {
    ids.put(key, connection.connectionId());
    open.add(connection.connectionId());
  }

  @Override
  public void closed(ConnectionContext connection, CloseStatus status) {
    open.remove(connection.connectionId());
  }

  @Override
  public void handled(String schedule, Tick tick, Optional<Throwable> failure) {
    clients.transcript().add(
        "schedule " + schedule,
        (failure.isPresent() ? "failed for " : "ticked for ") + tick.scheduledTime());
    ticks.computeIfAbsent(schedule, _ -> new CopyOnWriteArrayList<>())
        .add(new Handled(tick.scheduledTime(), failure));
  }

  /** Returns the ticks of a schedule that were handled until now. */
  List<Handled> ticks(String schedule) {
    return List.copyOf(ticks.getOrDefault(schedule, List.of()));
  }

  /** Returns what has become of the changes of tables. */
  ChangeRecorder changes() {
    return changes;
  }

  /** Returns what has become of the messages of queues. */
  QueueRecord queues() {
    return queues;
  }

  /** Returns what has become of the starts of tasks. */
  TaskRecord tasks() {
    return tasks;
  }

  /** Returns the connection id of a handshake. */
  String id(Wire wire) {
    return requireNonNull(ids.get(wire.key()), "the gateway has seen the handshake");
  }

  /** Waits until the gateway has noticed that a client's connection has ended. */
  void awaitEnd(String id, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (open.contains(id) && System.nanoTime() < end) LockSupport.parkNanos(LOOK_NANOS);
  }

  /** Waits until what the clients have sent is handled; fails if it is not at the end of the time limit. */
  void settle() {
    HandlerLoad left = settle(clients.limit(), false);
    if (left.isIdle()) return;
    int handlers = left.running();
    throw failures().of(
        "after " + Failures.shown(clients.limit()) + ", " + handlers + (handlers == 1 ? " handler" : " handlers")
            + " still ran" + (left.waiting() > 0 ? " and more waited" : "") + ", so what they do is not known");
  }

  private HandlerLoad settle(Duration limit, boolean orBlocked) {
    long end = System.nanoTime() + limit.toNanos();
    clients.fence(limit);
    return settle(end, orBlocked);
  }

  private HandlerLoad settle(long end, boolean orBlocked) {
    HandlerLoad load = simulator.handlerLoad();
    long since = System.nanoTime();
    while (!load.isIdle() && System.nanoTime() < end) {
      if (orBlocked && load.isBlocked() && System.nanoTime() - since > BLOCKED_NANOS) break;
      LockSupport.parkNanos(LOOK_NANOS);
      HandlerLoad now = simulator.handlerLoad();
      if (!now.equals(load)) since = System.nanoTime();
      load = now;
    }
    return load;
  }

  void advance(Duration time) {
    var _ = settle(clients.limit(), true);
    clients.transcript().add("clock", "advanced by " + Failures.shown(time));
    simulator.skipTicks();
    Duration left = time;
    for (Optional<Duration> step = untilTick(left); step.isPresent(); step = untilTick(left)) {
      clock.advance(step.get());
      left = left.minus(step.get());
      simulator.sweep();
      simulator.tick();
      var _ = settle(clients.limit(), true);
    }
    clock.advance(left);
    simulator.sweep();
  }

  /** Returns how long it is until schedules have something to do; empty if that is longer than a time. */
  private Optional<Duration> untilTick(Duration most) {
    return simulator.nextTick()
        .map(next -> Duration.ofMillis(Math.max(0, clock.instant().until(next.plusNanos(999_999), MILLIS))))
        .filter(step -> step.compareTo(most) <= 0);
  }

  /** Closes the app, and returns why it would not work on AWS, a line for each reason. */
  List<String> close() {
    if (permissions == PermissionMode.OFF) {
      simulator.close(GRACE);
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    try {
      Optional<Inspection> inspection = simulator.inspect();
      simulator.close(GRACE);
      if (permissions == PermissionMode.ENFORCE) wrong.addAll(simulator.refusals());
      inspection.ifPresent(each -> each.findings().stream().filter(one -> one.kind() == Finding.Kind.MISTAKE)
          .forEach(mistake -> wrong.add(mistake.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      simulator.close(GRACE);
    }
    return wrong;
  }
}
