package dev.pinion.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pinion.spi.FunctionVariables;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * packages them, and of a handler that only creates two clients of the AWS SDK. This process stands in for AWS.
 */
final class FunctionStarts implements AutoCloseable {
  private static final String OURS = "dev.pinion.lambda.Function";
  /** Given by name, because the AWS SDK is not on the class path of this process. */
  private static final String PEER = "dev.pinion.benchmarks.TwoClients";
  private static final List<Case> CASES =
      List.of(
          new Case("a handler that puts a row with the AWS SDK", PEER + "$AndAPut", "connect", "", ""),
          new Case("the same, which puts none", PEER, "connect", "", ""),
          new Case("chat: a client connects", OURS, "connect", "$connect", "≤ 0.40"),
          new Case("chat: a message to one client", OURS, "message", "$default", ""));

  private final Repository repository;
  private final Path folder;
  private final HttpServer aws;

  /** A handler, the recorded event that is passed to it, and the route of the chat that it handles. */
  private record Case(String name, String handler, String event, String route, String target) {}

  private FunctionStarts(Repository repository, Path folder, HttpServer aws) {
    this.repository = repository;
    this.folder = folder;
    this.aws = aws;
  }

  /** Compiles and unpacks the chat. */
  static FunctionStarts of(Repository repository) throws IOException {
    Path folder = Files.createTempDirectory("pinion-benchmark");
    repository.compile("examples/chat/Chat.java", folder.resolve("out"));
    unpack(folder.resolve("out/function.zip"), folder.resolve("task"));
    HttpServer aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext("/", FunctionStarts::answer);
    aws.start();
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

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var _ = exchange.getRequestBody().readAllBytes();
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      String text = target.endsWith("Scan") ? "{\"Items\": [{\"connectionId\": {\"S\": \"BFwQ_fXJFiACE1g=\"}}]}" : "{}";
      exchange.sendResponseHeaders(200, text.length());
      exchange.getResponseBody().write(text.getBytes(UTF_8));
    }
  }

  /** Returns the figures as a table in Markdown. Starts each handler once before, to fill the disk cache. */
  String table(int rounds) throws IOException {
    Map<Case, List<Double>> millis = new LinkedHashMap<>();
    for (Case each : CASES) {
      millis.put(each, new ArrayList<>());
      var _ = firstResponse(each);
    }
    for (int round = 1; round <= rounds; round++) {
      for (Case each : CASES) {
        double time = firstResponse(each);
        millis.getOrDefault(each, List.of()).add(time);
        System.err.printf(Locale.ROOT, "round %d: %s: %.0f ms%n", round, each.name(), time);
      }
    }
    List<Double> peer = millis.getOrDefault(CASES.getFirst(), List.of());
    StringBuilder table =
        new StringBuilder("| from the start of a JVM to the first response | ms | range | ratio | range "
            + "| target |\n|---|---|---|---|---|---|\n");
    millis.forEach((each, times) -> {
      Figures ratios = Figures.ratios(times, peer);
      table.append("| " + String.join(" | ", each.name(), new Figures(times).toString(), new Figures(times).range(),
          ratios.toString(), ratios.range(), each.target()) + " |\n");
    });
    double size = Files.size(folder.resolve("out/function.zip")) / (double) (1 << 20);
    return table
        + String.format(Locale.ROOT, "%n| the functions' zip | target |%n|---|---|%n| %.1f MiB | ≤ 1.5 MiB |%n",
            size);
  }

  private double firstResponse(Case one) throws IOException {
    Path events = repository.root().resolve("lambda/src/test/resources/events");
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+TieredCompilation",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=ERROR", "-cp",
        classPath(one.handler().equals(OURS)), "dev.pinion.benchmarks.Launcher", one.handler(),
        events.resolve(one.event() + ".json").toString());
    builder.environment().clear();
    builder.environment().putAll(environment(one));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String line = out.readLine();
      double time = (System.nanoTime() - start) / 1e6;
      if (!"{\"statusCode\":200}".equals(line)) {
        throw new IOException(one.name() + " answered " + line);
      }
      return time;
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private Map<String, String> environment(Case one) {
    String url = "http://127.0.0.1:" + aws.getAddress().getPort();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_REGION", "eu-west-1");
    variables.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    variables.put("AWS_SECRET_ACCESS_KEY", "secret");
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", url);
    variables.put(FunctionVariables.APP, "Chat");
    variables.put(FunctionVariables.HANDLER, "my-websocket/" + one.route());
    variables.put(FunctionVariables.TABLES, "{\"WebSocketTable\": \"connections\"}");
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
    aws.stop(0);
    Repository.delete(folder);
  }
}
