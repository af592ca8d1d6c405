package dev.pinion.benchmarks;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Measures all figures of {@code docs/performance.md}, and prints them as Markdown.
 *
 * <p>Each server is a separate process, which is started anew in each round. Only one server is under load at a time;
 * this process creates the load. Arguments: the repository's root; {@code --quick} for a run of about a minute; {@code
 * --rounds=5} to change the number of rounds (default: 7); names of what to measure: {@code echo}, {@code broadcast},
 * {@code chat}, {@code http}, {@code memory}, {@code start}, {@code function} (default: all of these), {@code
 * engines}, {@code codecs}, {@code queue}, {@code soak}, whose {@code --minutes=1} changes its ten minutes, and {@code
 * reload}, whose {@code --sockets=2000} changes its 10,000 connections.
 */
public final class Benchmarks {
  private static final String ROUNDS = "--rounds=";
  private static final String MINUTES = "--minutes=";
  private static final String SOCKETS = "--sockets=";

  private final Repository repository;
  private final MeasurementPlan plan;

  private Benchmarks(Repository repository, MeasurementPlan plan) {
    this.repository = repository;
    this.plan = plan;
  }

  public static void main(String[] arguments) throws Exception {
    // Whoever ends the measurement ends the servers with it.
    Runtime.getRuntime().addShutdownHook(
        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    List<String> rest = new ArrayList<>(List.of(arguments));
    Repository repository = new Repository(Path.of(rest.removeFirst()));
    MeasurementPlan plan = rest.remove("--quick") ? MeasurementPlan.QUICK : MeasurementPlan.FULL;
    for (String option : rest.stream().filter(each -> each.startsWith(ROUNDS)).toList()) {
      plan = plan.withRounds(Integer.parseInt(option.substring(ROUNDS.length())));
      rest.remove(option);
    }
    int minutes = number(MINUTES, 10, rest);
    int sockets = number(SOCKETS, 10_000, rest);
    Predicate<String> wanted = name -> rest.isEmpty() || rest.contains(name);
    Benchmarks benchmarks = new Benchmarks(repository, plan);
    List<Scenario> scenarios = Scenario.ALL.stream()
        .filter(each -> rest.isEmpty() || rest.stream().anyMatch(each::isMeant))
        .toList();
    System.out.println(repository.machine());
    if (!scenarios.isEmpty()) {
      System.out.println(benchmarks.cpu(scenarios));
    }
    if (wanted.test("http")) {
      System.out.println(new WebLoad(repository, plan).table());
    }
    if (wanted.test("memory")) {
      System.out.println(benchmarks.memory());
    }
    if (wanted.test("start")) {
      System.out.println(benchmarks.start());
    }
    if (wanted.test("function")) {
      try (FunctionStarts functions = FunctionStarts.of(repository)) {
        System.out.println(functions.table(plan.rounds()));
      }
    }
    benchmarks.onRequest(rest, minutes, sockets);
  }

  /** Measures what is not measured unless it is named. */
  private void onRequest(List<String> named, int minutes, int sockets) throws Exception {
    if (named.contains("soak")) {
      System.out.println(SoakRun.run(repository, minutes));
    }
    if (named.contains("reload")) {
      System.out.println(Reloads.tables(repository, plan.equals(MeasurementPlan.QUICK), sockets));
    }
    if (named.contains("queue")) {
      System.out.println(QueueLoad.table(repository, plan.rounds()));
    }
    if (named.contains("engines")) {
      System.out.println(new Engines(repository).table(plan.rounds()));
    }
    if (named.contains("codecs")) {
      System.out.println(new Codecs(repository).table(plan.rounds()));
    }
  }

  /** Takes an option with a number out of the arguments. */
  private static int number(String option, int otherwise, List<String> rest) {
    int number = otherwise;
    for (String each : rest.stream().filter(argument -> argument.startsWith(option)).toList()) {
      number = Integer.parseInt(each.substring(option.length()));
      rest.remove(each);
    }
    return number;
  }

  /** Measures the CPU time per message of {@code ws}, the bare server and Pinion, alternately. */
  private String cpu(List<Scenario> scenarios) throws IOException {
    List<Comparison> rows = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      scenario.loads().forEach(load -> rows.add(new Comparison(scenario, load)));
    }
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Scenario scenario : scenarios) {
        List<Comparison> own = rows.stream().filter(row -> row.scenario().equals(scenario)).toList();
        Path data = Files.createTempDirectory("pinion-benchmark");
        try (MeasuredServer ws = repository.ws(scenario.peer())) {
          load(ws, scenario, own, Comparison.Server.WS);
        }
        try (MeasuredServer floor = repository.floor(scenario.peer())) {
          load(floor, scenario, own, Comparison.Server.FLOOR);
        }
        try (MeasuredServer pinion = repository.compared(scenario.program(), data)) {
          load(pinion, scenario, own, Comparison.Server.PINION);
        }
        Repository.delete(data);
        for (Comparison row : own) {
          System.err.println("round " + round + ": " + row.last());
        }
      }
    }
    StringBuilder table = new StringBuilder(Comparison.HEAD);
    rows.forEach(row -> table.append(row.row()));
    return table.toString();
  }

  private void load(MeasuredServer server, Scenario scenario, List<Comparison> rows, Comparison.Server which)
      throws IOException {
    try (Load load =
        new Load(
            server, scenario.pattern(), scenario.connections(plan), scenario.payload(), scenario.mostInFlight())) {
      for (Comparison row : rows) {
        var _ = load.run(row.load().inFlight(), plan.warmUp());
        row.add(which, load.run(row.load().inFlight(), plan.length()));
      }
    }
  }

  /** Measures the heap that an idle connection takes. */
  private String memory() throws IOException {
    Path data = Files.createTempDirectory("pinion-benchmark");
    long perConnection;
    try (MeasuredServer server = repository.pinion("examples/echo/Echo.java", data)) {
      ClientSockets.close(ClientSockets.open(server, 100));
      long before = server.liveBytes();
      List<SocketChannel> sockets = ClientSockets.open(server, plan.idle());
      perConnection = (server.liveBytes() - before) / plan.idle();
      ClientSockets.close(sockets);
    }
    Repository.delete(data);
    return "| idle connections | heap for each | target |\n|---|---|---|\n| "
        + String.format(Locale.ROOT, "%,d", plan.idle()) + " | " + perConnection + " bytes | ≤ 1,000 |\n";
  }

  /** Measures the time from the command to the answer to the first handshake. */
  private String start() throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < plan.starts(); i++) {
      Path data = Files.createTempDirectory("pinion-benchmark");
      long start = System.nanoTime();
      try (MeasuredServer server = repository.pinion("examples/chat/Chat.java", data);
          SocketChannel _ = ClientSockets.open(server)) {
        millis.add((System.nanoTime() - start) / 1e6);
      }
      Repository.delete(data);
    }
    Figures figures = new Figures(millis);
    return "| from `./pinion run examples/chat/Chat.java` to the first handshake | range | target |\n|---|---|---|\n| "
        + figures + " ms | " + figures.range() + " ms | ≤ 400 ms |\n";
  }
}
