package dev.pinion.inspect;

import dev.pinion.Connection;
import dev.pinion.Definition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.MessageHandler;
import dev.pinion.TableChange;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.MessageIds;
import dev.pinion.spi.RouteModel;
import java.io.PrintStream;
import java.net.ProxySelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.LogManager;

import static java.util.Objects.requireNonNull;

/// Runs generated programs, and compares what their handlers do with what was found before.
final class Judge {
  private static final int CALLS = 12;
  private static final String STUCK = "does not end: ";
  private static final PrintStream ERR = System.err;
  private static final ProxySelector PROXIES = ProxySelector.getDefault();
  private static final Connection CONNECTION = new Connection(
      new Event.Message(
          new ConnectionContext("id", 0, "127.0.0.1", Optional.empty(), "localhost", "prod", "api"),
          "$default",
          MessageIds.of("request", "message"),
          0,
          "body"));
  private static final TableChange CHANGE = new TableChange(
      TableChange.Type.INSERT, Key.of("id", "1"), Optional.empty(), Optional.of(Item.of("id", "1")), false, "1",
      Instant.EPOCH);

  private Judge() {}

  /// What came of one handler.
  ///
  /// @param missing what it did and was not found; for this there is no excuse
  /// @param excess what was found without a doubt and not done in so many calls
  /// @param failure what the inspection or the handler threw; empty where nothing was thrown
  record Verdict(Set<Use> did, Set<Use> missing, Set<Use> excess, boolean doubted, String failure) {
    boolean isWrong() {
      return !missing.isEmpty() || (!failure.isEmpty() && !isStuck());
    }

    /// Whether the handler waited for ever, as generated code may do.
    boolean isStuck() {
      return failure.startsWith(STUCK);
    }
  }

  /// Compiles programs together and judges their handlers.
  static Map<RandomProgram, List<Verdict>> judge(List<RandomProgram> programs) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < programs.size(); i++) sources.put("P" + i, programs.get(i).source("P" + i));
    Programs.Loader loader = Programs.compile(sources);
    Map<RandomProgram, List<Verdict>> verdicts = new LinkedHashMap<>();
    for (int i = 0; i < programs.size(); i++) verdicts.put(programs.get(i), judge(loader, "P" + i));
    return verdicts;
  }

  /// Inspects an app of a process of its own.
  static Inspection inspect(Programs.Loader loader, String app) {
    AppModel model = loader.definition(app).model();
    reset();
    return new Inspector(loader, loader.names()).inspect(app, model);
  }

  private static List<Verdict> judge(Programs.Loader loader, String app) {
    try {
      Inspection inspection = inspect(loader, app);
      List<Verdict> verdicts = new ArrayList<>();
      long generated =
          inspection.handlers().stream().filter(each -> each.path().matches("ws/.*|http/.*|./changes")).count();
      for (int i = 0; i < generated; i++) verdicts.add(judge(loader, app, inspection, i));
      return verdicts;
    } catch (RuntimeException | Error e) {
      return List.of(new Verdict(Set.of(), Set.of(), Set.of(), false, trace(e)));
    }
  }

  /// Runs a handler, and compares.
  static Verdict judge(Programs.Loader loader, String app, Inspection inspection, int handler) {
    HandlerUses uses = inspection.handlers().get(handler);
    Recording recording = new Recording();
    String failure = "";
    try {
      reset();
      Definition definition = loader.definition(app);
      definition.bind(recording);
      failure = run(definition.model().handlers().get(handler), recording.json());
    } catch (RuntimeException | Error e) {
      failure = trace(e);
    }
    Set<Use> did = recording.used();
    Set<Use> missing = new LinkedHashSet<>(did);
    missing.removeAll(uses.uses().keySet());
    Set<Use> excess = new LinkedHashSet<>(uses.doubts().isEmpty() ? uses.uses().keySet() : Set.of());
    excess.removeAll(did);
    return new Verdict(did, missing, excess, !uses.doubts().isEmpty(), failure);
  }

  /// Takes away what one copy of a program has set for the whole process, before another one does.
  private static void reset() {
    Thread.setDefaultUncaughtExceptionHandler(null);
    LogManager.getLogManager().reset();
    System.setErr(ERR);
    ProxySelector.setDefault(PROXIES);
    System.clearProperty("javax.xml.parsers.DocumentBuilderFactory");
  }

  /// What calls of a handler throw; a handler that waits for ever has failed too.
  private static String run(HandlerModel handler, JsonCodec json) {
    FutureTask<String> calls = new FutureTask<>(() -> {
      for (int i = 0; i < CALLS; i++) call(handler, json);
      return "";
    });
    Thread thread = Thread.ofPlatform().daemon().start(calls);
    try {
      return calls.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return trace(requireNonNull(e.getCause()));
    } catch (TimeoutException | InterruptedException e) {
      return STUCK + Arrays.toString(thread.getStackTrace());
    }
  }

  @SuppressWarnings("unchecked") // a route without a class has texts
  private static void call(HandlerModel handler, JsonCodec json) throws Exception {
    switch (handler) {
      case RouteModel route -> ((MessageHandler<String>) route.handler()).handle(CONNECTION, "body");
      case HttpRouteModel route -> Dispatcher.dispatch(request(route), route, json);
      case ChangeModel change -> Dispatcher.dispatch(CHANGE, change);
      default -> throw new IllegalArgumentException(handler.path());
    }
  }

  private static HttpEvent request(HttpRouteModel route) {
    return new HttpEvent(
        route.key(), "POST", "/", "", Map.of(), List.of(), Map.of(), HttpBody.of("{\"text\":\"body\"}"),
        new HttpEvent.Context("request", 0, "127.0.0.1", Optional.empty(), "localhost", Map.of()));
  }

  private static String trace(Throwable thrown) {
    StringBuilder text = new StringBuilder(thrown.toString());
    for (StackTraceElement each : thrown.getStackTrace()) {
      if (text.length() < 1500) text.append("\n  at ").append(each);
    }
    return thrown.getCause() == null ? text.toString() : text + "\nby " + trace(thrown.getCause());
  }

  /// The smallest program in which a handler fails as it does in this one.
  static RandomProgram minimal(RandomProgram program, int handler) {
    RandomProgram smallest = new RandomProgram(List.of(program.handlers().get(handler)));
    if (!isWrong(smallest)) return program;
    for (boolean smaller = true; smaller;) {
      Optional<RandomProgram> next = smallest.smaller(0).stream().filter(Judge::isWrong).findFirst();
      smaller = next.isPresent();
      smallest = next.orElse(smallest);
    }
    return smallest;
  }

  private static boolean isWrong(RandomProgram program) {
    return judge(List.of(program)).values().stream().flatMap(List::stream).anyMatch(Verdict::isWrong);
  }
}
