package dev.pinion.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * HTTP requests to Node's {@code http} and to a program with an HTTP API: the CPU time of the server for each. 50
 * connections are kept alive, each with one request at a time. Both servers are warmed up for three times as long as
 * those of WebSockets: a program's start and compilation by the JVM must not be in the figure.
 */
final class WebLoad {
  private static final int CONNECTIONS = 50;
  private static final double TARGET = 1.5;

  private final Repository repository;
  private final MeasurementPlan plan;

  /** A request that is sent again and again, and what its answer ends with. */
  private record Request(String name, String text, String end) {
    static final List<Request> ALL = List.of(
        new Request("GET, text", "GET /hello/ada HTTP/1.1\r\nHost: localhost:%d\r\n\r\n", "hello, ada"),
        new Request(
            "POST, JSON to a record and back",
            "POST /notes HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n"
                + "{\"text\":\"hello\",\"count\":41}",
            "{\"text\":\"hello\",\"count\":42}"));
  }

  WebLoad(Repository repository, MeasurementPlan plan) {
    this.repository = repository;
    this.plan = plan;
  }

  /** Measures both, alternately, and returns the figures as Markdown. */
  String table() throws IOException {
    StringBuilder table = new StringBuilder("""
        | HTTP request | Node's http, µs each | Pinion, µs each | ratio | range | target |
        |---|---|---|---|---|---|
        """);
    List<List<Double>> node = new ArrayList<>();
    List<List<Double>> pinion = new ArrayList<>();
    Request.ALL.forEach(_ -> {
      node.add(new ArrayList<>());
      pinion.add(new ArrayList<>());
    });
    for (int round = 1; round <= plan.rounds(); round++) {
      try (MeasuredServer server = repository.http()) {
        measure(server, node);
      }
      Path data = Files.createTempDirectory("pinion-benchmark");
      try (MeasuredServer server = repository.web("benchmarks/programs/Web.java", data)) {
        measure(server, pinion);
      }
      Repository.delete(data);
      System.err.println("round " + round + ": " + node + " " + pinion);
    }
    for (int i = 0; i < Request.ALL.size(); i++) {
      Figures ratios = Figures.ratios(node.get(i), pinion.get(i));
      table.append("| ").append(Request.ALL.get(i).name()).append(" | ").append(new Figures(node.get(i))).append(" | ")
          .append(new Figures(pinion.get(i))).append(" | ").append(ratios).append(" | ").append(ratios.range())
          .append(" | ").append(String.format(Locale.ROOT, "≥ %.1f", TARGET)).append(" |\n");
    }
    return table.toString();
  }

  private void measure(MeasuredServer server, List<List<Double>> figures) throws IOException {
    for (int i = 0; i < Request.ALL.size(); i++) {
      Request request = Request.ALL.get(i);
      var _ = microseconds(server, request, plan.warmUp().multipliedBy(3));
      figures.get(i).add(microseconds(server, request, plan.length()));
    }
  }

  /** Returns the CPU time of the server for a request. */
  private static double microseconds(MeasuredServer server, Request request, Duration time) throws IOException {
    LongAdder answers = new LongAdder();
    long end = System.nanoTime() + time.toNanos();
    List<Thread> clients = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    long before = server.cpuNanos();
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.add(Thread.ofVirtual().start(() -> {
        try {
          client(server.port(), request, end, answers);
        } catch (IOException | RuntimeException e) {
          synchronized (failures) {
            failures.add(e);
          }
        }
      }));
    }
    for (Thread each : clients) {
      try {
        each.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (!failures.isEmpty()) throw new IOException(failures.getFirst());
    return (server.cpuNanos() - before) / 1e3 / answers.sum();
  }

  private static void client(int port, Request request, long end, LongAdder answers) throws IOException {
    byte[] asked = request.text().formatted(port).getBytes(ISO_8859_1);
    byte[] buffer = new byte[4096];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(asked);
        String answer = "";
        while (!answer.endsWith(request.end())) {
          int count = in.read(buffer);
          if (count < 0) throw new IOException("the server has closed after " + answer);
          answer += new String(buffer, 0, count, ISO_8859_1);
        }
        answers.increment();
      }
    }
  }
}
