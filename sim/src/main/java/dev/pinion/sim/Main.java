package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.DefinitionException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs an app from the class path until the process is ended, as {@code pinion run} does: the main class of a run
 * configuration in an IDE, whose argument is the name of the app's class. It has fewer options than the command.
 *
 * <pre>
 * dev.pinion.sim.Main app.Chat [--port N] [--port ID=N] [--host HOST] [--data FOLDER] [--fresh] [--stage STAGE]
 * </pre>
 */
public final class Main {
  private static final String USAGE = "usage: " + Main.class.getName()
      + " CLASS [--port N] [--port ID=N] [--host HOST] [--data FOLDER] [--fresh] [--stage STAGE]";
  private static final int USER_MISTAKE = 2;
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final PrintStream out;
  private final PrintStream err;
  private final CountDownLatch wrong = new CountDownLatch(1);

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the app that the arguments name. Exits with 2 after a mistake in the arguments or in the app. */
  public static void main(String... arguments) throws InterruptedException {
    Main main = new Main(System.out, System.err);
    try {
      main.run(options(new ArrayDeque<>(List.of(arguments))));
    } catch (IllegalArgumentException | DefinitionException | SimulatorException mistake) {
      String message = String.valueOf(mistake.getMessage());
      System.err.println(message.contains("error: ") ? message : "error: " + message);
    }
    System.exit(USER_MISTAKE);
  }

  /** Returns only if the app has a mistake. */
  private void run(SimulatorBuilder options) throws InterruptedException {
    Simulator simulator = options.log(err).inspectedLater().onlyAppActs().interactive().start();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("pinion-close").unstarted(() -> close(simulator)));
    if (!simulator.isTriggered()) {
      throw new IllegalArgumentException(
          "the app declares no WebSocket, no HTTP API and no schedule, so nothing can call its handlers");
    }
    simulator.announce(out);
    Thread.ofPlatform().name("pinion-inspect").daemon().start(() -> inspect(simulator));
    wrong.await();
  }

  private void close(Simulator simulator) {
    simulator.close(GRACE).forEach(each -> err.println("not finished: " + each));
  }

  @SuppressWarnings("CatchingUnchecked") // a bug in the inspection must not stop the app
  private void inspect(Simulator simulator) {
    try {
      if (!simulator.inspect(err)) wrong.countDown();
    } catch (IOException | RuntimeException | Error failed) {
      err.println("warning: permissions are not checked, as the inspection of the app failed: " + failed);
    }
  }

  private static SimulatorBuilder options(Deque<String> arguments) {
    if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) throw new IllegalArgumentException(USAGE);
    SimulatorBuilder builder = Simulator.of(app(arguments.pop())).data(Path.of(".pinion").toAbsolutePath());
    while (!arguments.isEmpty()) {
      String option = arguments.pop();
      switch (option) {
        case "--port" -> port(builder, value(option, arguments));
        case "--host" -> builder.host(value(option, arguments));
        case "--data" -> builder.data(Path.of(value(option, arguments)));
        case "--stage" -> builder.stage(value(option, arguments));
        case "--fresh" -> builder.fresh(true);
        default -> throw new IllegalArgumentException("unknown option " + option + "\n" + USAGE);
      }
    }
    return builder;
  }

  private static String value(String option, Deque<String> arguments) {
    if (arguments.isEmpty()) throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
    return arguments.pop();
  }

  private static void port(SimulatorBuilder builder, String text) {
    int equals = text.lastIndexOf('=');
    try {
      int number = Integer.parseInt(text.substring(equals + 1));
      if (equals < 0) builder.port(number);
      else builder.port(text.substring(0, equals), number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a valid port: use N, or ID=N for one WebSocket", e);
    }
  }

  private static App app(String name) {
    try {
      Constructor<? extends App> constructor =
          Class.forName(name).asSubclass(App.class).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("there is no class " + name + " on the class path", e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException("the class " + name + " does not implement " + App.class.getName(), e);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("the app " + name + " must have a constructor without parameters", e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the constructor of " + name + " failed", e.getTargetException());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException("the app " + name + " cannot be created: " + e, e);
    }
  }
}
