package dev.pinion.cli;

import dev.pinion.App;
import dev.pinion.cli.Builds.Built;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorBuilder;
import dev.pinion.sim.SimulatorException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The command {@code run}: compiles a program and runs its app in a simulator until it is interrupted. */
final class RunCommand {
  /** How long the end waits for a log that nobody reads. */
  private static final long LOG_MILLIS = 1000;
  /** The dates of files may be older by this than the time when they were written. */
  private static final Duration COARSE_DATES = Duration.ofMillis(10);

  private final RunOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final LogStream log;

  RunCommand(RunOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    LogStream.Log started = LogStream.to(err);
    this.err = started.stream();
    log = started.written();
  }

  /** Runs the program until the process is terminated, and returns the exit code. */
  int run() throws InterruptedException {
    try {
      return runUntilTheEnd();
    } finally {
      log.await(LOG_MILLIS);
    }
  }

  private int runUntilTheEnd() throws InterruptedException {
    Running running = start();
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch wrong = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().name("pinion-close").unstarted(() -> {
      Interrupt.endsAtOnce(() -> {
        err.println("terminated without waiting for handlers");
        log.await(LOG_MILLIS);
      });
      close(running);
      closed.countDown();
      wrong.countDown();
    });
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException ending) {
      close(running);
      return PinionCommand.OK;
    }
    announce(running.simulator());
    running.reloader().ifPresent(Reloader::start);
    running.inspection().start(wrong::countDown, () -> running.reloader().ifPresent(Reloader::warm));
    wrong.await();
    return end(running, hook, closed);
  }

  /** A program that runs. It refers to no class of the program, which may be replaced. */
  private record Running(Simulator simulator, SideInspection inspection, Optional<Reloader> reloader) {}

  private Running start() {
    Instant began = Instant.now().minus(COARSE_DATES);
    RunCache cache = options.program().cache(err::println);
    ProgramReader reader = new ProgramReader(err::println);
    Program read = reader.read(options.program());
    Program program = read.withSharedVersions(err::println);
    if (!options.reload()) {
      ProgramLoader loader = program.load(cache, err);
      AppClass app = AppClass.of(loader, program);
      Simulator simulator = triggered(program, loader, app);
      return new Running(simulator, inspection(cache, simulator, loader, app), Optional.empty());
    }
    Builds builds = Builds.of(options.program(), read, reader.build(), Set.of(data(read)), cache, err);
    FirstLook look = FirstLook.at(builds.watched(), began, resolved(read));
    ProgramLoader loader = program.loadFixed(cache, err);
    AppClass app = AppClass.of(loader, program);
    Simulator simulator = triggered(program, loader, app);
    SideInspection inspection = inspection(cache, simulator, loader, app);
    Built built = new Built(program, loader.classes());
    return new Running(
        simulator, inspection, Optional.of(new Reloader(builds, simulator, inspection, built, look, err)));
  }

  /** Jars may be fetched while the program is read, and are loaded later. */
  private static Set<Path> resolved(Program read) {
    return read.libraries().stream().map(each -> each.toAbsolutePath().normalize()).collect(Collectors.toSet());
  }

  private SideInspection inspection(RunCache cache, Simulator simulator, ProgramLoader loader, AppClass app) {
    return new SideInspection(new Inspections(cache), simulator, loader, app.name(), err);
  }

  private Simulator triggered(Program program, ProgramLoader loader, AppClass app) {
    Simulator simulator = start(program, loader, app);
    if (simulator.isTriggered()) return simulator;
    simulator.close(options.grace());
    throw new UserException(Triggers.missing(app.name()));
  }

  /** Closes after a mistake, unless the process is already being terminated. */
  private int end(Running running, Thread hook, CountDownLatch closed) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      closed.await();
      return PinionCommand.OK;
    }
    close(running);
    return PinionCommand.USER_MISTAKE;
  }

  /** Starts with the program's loader as context class loader, which no thread keeps that outlives the program. */
  private Simulator start(Program read, ProgramLoader loader, AppClass app) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      App made = UserCode.call(loader, app::create);
      return UserCode.call(loader, () -> configured(made, read).start());
    } catch (SimulatorException mistake) {
      throw new UserException(String.valueOf(mistake.getMessage()), mistake);
    } catch (UncheckedIOException e) {
      String trouble = FileTrouble.of(e).orElseThrow(() -> e);
      throw new UserException(
          "error: cannot keep the tables in " + data(read) + ": " + trouble + "; choose another folder with --data", e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private Path data(Program read) {
    return options.data() == null ? read.home().resolve(".pinion") : options.data();
  }

  private SimulatorBuilder configured(App app, Program read) {
    SimulatorBuilder builder = Simulator.of(app).data(data(read)).fresh(options.fresh()).log(err)
        .environmentFile(read.home().resolve(".env")).profile(options.profile())
        .permissions(options.permissions()).inspectedLater().onlyAppActs().interactive();
    if (options.logForm() == LogForm.JSON) builder.jsonLog();
    if (options.faults() != null) builder.faults(options.faults());
    if (options.host() != null) builder.host(options.host());
    if (options.stage() != null) builder.stage(options.stage());
    options.allowedOrigins().forEach(builder::allowOrigin);
    options.allowedHosts().forEach(builder::allowHost);
    for (Port port : options.ports()) {
      if (port.webSocketId() == null) builder.port(port.number());
      else builder.port(port.webSocketId(), port.number());
    }
    return builder;
  }

  private void announce(Simulator simulator) {
    simulator.announce(out);
    if (options.faults() != null) out.println("faults with seed " + options.faults().seed());
    out.flush();
  }

  private void close(Running running) {
    running.reloader().ifPresent(Reloader::close);
    List<String> unfinished = running.simulator().close(options.grace());
    for (String each : unfinished) {
      err.println("not finished: " + each);
    }
    log.await(LOG_MILLIS);
  }
}
