package dev.pinion.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Lambda's runtime API for one function: hands it events, and keeps what it answers.
///
/// Source: Lambda developer guide, "Using the Lambda runtime API".
final class RuntimeApi implements AutoCloseable {
  private static final String VERSION = "/2018-06-01/runtime/";
  private static final long TIMEOUT_MILLIS = 29_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private volatile String alias = "live";
  private final CountDownLatch restored = new CountDownLatch(1);
  private final CountDownLatch ready = new CountDownLatch(1);

  /// An event, and how long its invocation may take.
  private record Event(String text, long leftMillis) {}

  /// What a function told: where, such as `response`, `error` or `init/error`, and the body. The kind `end` is the
  /// end of its process.
  record Answer(String kind, String body) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// Host and port, as `AWS_LAMBDA_RUNTIME_API` has them.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Sets the alias by which the following events invoke the function.
  void alias(String name) {
    alias = name;
  }

  /// Gives the function one more event.
  void event(String event) {
    event(event, TIMEOUT_MILLIS);
  }

  /// Gives the function an event that it has so much time for.
  void event(String event, long leftMillis) {
    events.add(new Event(event, leftMillis));
  }

  /// Waits for what the function tells next; empty when it is silent for so long.
  Optional<Answer> answer(int seconds) throws InterruptedException {
    return Optional.ofNullable(answers.poll(seconds, TimeUnit.SECONDS));
  }

  /// Notes that the function's process has ended.
  void ended(int code) {
    answers.add(new Answer("end", "its process has ended with exit code " + code));
  }

  /// Lets the function go on after the snapshot, and waits until it asks for an event.
  void restore() throws InterruptedException {
    restored.countDown();
    ready.await();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath().substring(VERSION.length());
      switch (path) {
        case "invocation/next" -> next(exchange);
        case "restore/next" -> {
          answers.add(new Answer(path, ""));
          restored.await();
          send(exchange, 200, "");
        }
        default -> {
          send(exchange, 202, "{\"status\":\"OK\"}");
          answers.add(new Answer(path.replaceFirst("^invocation/[^/]+/", ""), body));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // it is being closed
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    ready.countDown();
    Event event = events.take();
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + event.leftMillis()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:111122223333:function:it:" + alias);
    headers.set("Lambda-Runtime-Trace-Id",
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0");
    send(exchange, 200, event.text());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json"); // without it the client crashes
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
