package dev.pinion.cli;

import dev.pinion.App;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorBuilder;
import dev.pinion.sim.SimulatorException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The command {@code run}: compiles a program and runs its app in a simulator until it is interrupted. */
final class RunCommand {
  /** How long the end waits for a log that nobody reads. */
  private static final long LOG_MILLIS = 1000;

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
    RunCache cache = options.program().cache(err::println);
    Program read = new ProgramReader(err::println).read(options.program()).withSharedVersions(err::println);
    ProgramLoader loader = read.load(cache, err);
    Thread.currentThread().setContextClassLoader(loader);
    AppClass app = AppClass.of(loader, read);
    Simulator simulator = start(read, loader, app);
    if (simulator.endpoints().isEmpty()) {
      close(simulator);
      throw new UserException(Triggers.missing(app.name()));
    }
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch wrong = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().name("pinion-close").unstarted(() -> {
      Interrupt.endsAtOnce(() -> {
        err.println("terminated without waiting for handlers");
        log.await(LOG_MILLIS);
      });
      close(simulator);
      closed.countDown();
      wrong.countDown();
    });
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException ending) {
      close(simulator);
      return PinionCommand.OK;
    }
    announce(simulator);
    new SideInspection(new Inspections(cache), loader, app.name(), simulator, err).start(wrong::countDown);
    wrong.await();
    return end(simulator, hook, closed);
  }

  /** Closes after a mistake, unless the process is already being terminated. */
  private int end(Simulator simulator, Thread hook, CountDownLatch closed) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      closed.await();
      return PinionCommand.OK;
    }
    close(simulator);
    return PinionCommand.USER_MISTAKE;
  }

  private Simulator start(Program read, ProgramLoader loader, AppClass app) {
    try {
      return UserCode.call(loader, () -> configured(app.create(), read).start());
    } catch (SimulatorException mistake) {
      throw new UserException(String.valueOf(mistake.getMessage()), mistake);
    } catch (UncheckedIOException e) {
      String trouble = FileTrouble.of(e).orElseThrow(() -> e);
      throw new UserException(
          "error: cannot keep the tables in " + data(read) + ": " + trouble + "; choose another folder with --data", e);
    }
  }

  private Path data(Program read) {
    return options.data() == null ? read.home().resolve(".pinion") : options.data();
  }

  private SimulatorBuilder configured(App app, Program read) {
    SimulatorBuilder builder = Simulator.of(app).data(data(read)).fresh(options.fresh()).log(err)
        .environmentFile(read.home().resolve(".env")).profile(options.profile())
        .permissions(options.permissions()).inspectedLater().interactive();
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

  private void close(Simulator simulator) {
    List<String> unfinished = simulator.close(options.grace());
    for (String each : unfinished) {
      err.println("not finished: " + each);
    }
    log.await(LOG_MILLIS);
  }
}
