package dev.pinion.benchmarks;

import dev.pinion.spi.FunctionVariables;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Measures the time from the start of a JVM to the first response of the chat's functions, as {@code pinion compile}
 * packages them, and of a handler that does the same with the AWS SDK. This process stands in for AWS. With a snapshot,
 * the time is from its restore, which is simulated: the process waits.
 */
final class FunctionStarts implements AutoCloseable {
  private static final String OURS = "dev.pinion.lambda.Function";
  /** Given by name, because the AWS SDK is not on the class path of this process. */
  private static final String PEER = "dev.pinion.benchmarks.TwoClients";
  private static final Case BARE =
      new Case("a handler that puts a row with the AWS SDK", PEER + "$AndAPut", "connect", "", false, false, "");
  private static final Case SECURE = BARE.overTls("the same over TLS", "");
  private static final Case RESTORED = SECURE.fromSnapshot("the same over TLS, restored from a snapshot", "");
  private static final Case CONNECT =
      new Case("chat: a client connects, which puts a row", OURS, "connect", "$connect", false, false, "≤ 0.40");
  private static final List<Case> CASES =
      List.of(
          BARE,
          new Case("the same, which puts none", PEER, "connect", "", false, false, ""),
          CONNECT,
          new Case("chat: a message to one client", OURS, "message", "$default", false, false, ""),
          SECURE,
          CONNECT.overTls("chat: a client connects, over TLS", "≤ 0.50"),
          RESTORED,
          CONNECT.overTls("", "").fromSnapshot("chat: a client connects, over TLS, restored", "≤ 1.00"));

  private final Repository repository;
  private final Path folder;
  private final AwsStandIn aws;

  /** A handler, the recorded event that is passed to it, and the route of the chat that it handles. */
  private record Case(String name, String handler, String event, String route, boolean tls, boolean snapshot,
      String target) {
    Case overTls(String otherName, String otherTarget) {
      return new Case(otherName, handler, event, route, true, snapshot, otherTarget);
    }

    Case fromSnapshot(String otherName, String otherTarget) {
      return new Case(otherName, handler, event, route, tls, true, otherTarget);
    }

    /** The case that it is compared with. */
    Case base() {
      return snapshot ? RESTORED : tls ? SECURE : BARE;
    }
  }

  /** What was measured: the time to the first response, and the live bytes of the heap after it. */
  private record Start(double millis, double heap) {}

  private FunctionStarts(Repository repository, Path folder, AwsStandIn aws) {
    this.repository = repository;
    this.folder = folder;
    this.aws = aws;
  }

  /** Compiles and unpacks the chat. */
  static FunctionStarts of(Repository repository) throws IOException {
    Path folder = Files.createTempDirectory("pinion-benchmark");
    repository.compile("examples/chat/Chat.java", folder.resolve("out"));
    unpack(folder.resolve("out/function.zip"), folder.resolve("task"));
    AwsStandIn aws = AwsStandIn.start(folder);
    return new FunctionStarts(repository, folder, aws);
  }

  private static void unpack(Path file, Path to) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path unpacked = to.resolve(entry.getName());
        Files.createDirectories(unpacked.resolveSibling("."));
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, unpacked);
        }
      }
    }
  }

  /** Returns the figures as a table in Markdown. Starts each handler once before, to fill the disk cache. */
  String table(int rounds) throws IOException {
    Map<Case, List<Start>> starts = new LinkedHashMap<>();
    for (Case each : CASES) {
      starts.put(each, new ArrayList<>());
      var _ = firstResponse(each);
    }
    for (int round = 1; round <= rounds; round++) {
      for (Case each : CASES) {
        Start start = firstResponse(each);
        starts.getOrDefault(each, List.of()).add(start);
        System.err.printf(Locale.ROOT, "round %d: %s: %.0f ms%n", round, each.name(), start.millis());
      }
    }
    StringBuilder table =
        new StringBuilder("| from the start of a JVM to the first response | ms | range | ratio | range "
            + "| target | heap, KiB |\n|---|---|---|---|---|---|---|\n");
    starts.forEach((each, measured) -> {
      List<Double> times = millis(measured);
      Figures ratios = Figures.ratios(times, millis(starts.getOrDefault(each.base(), List.of())));
      Figures heap = new Figures(measured.stream().map(start -> start.heap() / 1024).toList());
      table.append("| " + String.join(" | ", each.name(), new Figures(times).toString(), new Figures(times).range(),
          ratios.toString(), ratios.range(), each.target(), heap.toString()) + " |\n");
    });
    double size = Files.size(folder.resolve("out/function.zip")) / (double) (1 << 20);
    return table
        + String.format(Locale.ROOT, "%n| the functions' zip | target |%n|---|---|%n| %.1f MiB | ≤ 1.5 MiB |%n",
            size);
  }

  private static List<Double> millis(List<Start> starts) {
    return starts.stream().map(Start::millis).toList();
  }

  private Start firstResponse(Case one) throws IOException {
    Path events = repository.root().resolve("lambda/src/test/resources/events");
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+TieredCompilation",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=ERROR", aws.trust(), "-cp",
        classPath(one.handler().equals(OURS)), "dev.pinion.benchmarks.Launcher", one.handler(),
        events.resolve(one.event() + ".json").toString()));
    if (one.snapshot()) {
      command.add("snapshot");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment(one));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    aws.closing(one.snapshot());
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      if (one.snapshot()) {
        var _ = out.readLine();
        aws.closing(false);
        start = System.nanoTime();
        restore(process);
      }
      String line = out.readLine();
      double time = (System.nanoTime() - start) / 1e6;
      if (!"{\"statusCode\":200}".equals(line)) {
        throw new IOException(one.name() + " answered " + line);
      }
      return new Start(time, Double.parseDouble(String.valueOf(out.readLine())));
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private static void restore(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  private Map<String, String> environment(Case one) {
    String url = aws.url(one.tls());
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_REGION", "eu-west-1");
    variables.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    variables.put("AWS_SECRET_ACCESS_KEY", "secret");
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", url);
    variables.put(FunctionVariables.APP, "Chat");
    variables.put(FunctionVariables.HANDLER, "my-websocket/" + one.route());
    variables.put(FunctionVariables.TABLES, "{\"WebSocketTable\": \"connections\"}");
    if (one.snapshot()) {
      variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    }
    if (one.route().equals("$default")) {
      variables.put(FunctionVariables.WEB_SOCKETS,
          "{\"my-websocket\": {\"url\": \"ws://any\", \"callback\": \"" + url + "/prod\"}}");
    }
    return variables;
  }

  /** Returns the class path of the unpacked zip, or of the AWS SDK. */
  private String classPath(boolean ours) throws IOException {
    List<String> path = new ArrayList<>();
    if (ours) {
      path.add(folder.resolve("task").toString());
    }
    Path libraries = ours ? folder.resolve("task/lib") : repository.root().resolve("benchmarks/target/sdk");
    try (Stream<Path> jars = Files.list(libraries)) {
      jars.map(Path::toString).sorted().forEach(path::add);
    }
    path.add(repository.root().resolve("benchmarks/target/classes").toString());
    return String.join(File.pathSeparator, path);
  }

  @Override
  public void close() throws IOException {
    aws.close();
    Repository.delete(folder);
  }
}
