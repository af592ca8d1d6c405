package dev.pinion.lambda;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An AWS service on the loopback address that answers as a test says, and keeps what it was asked. */
final class ScriptedServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Function<Request, Answer> script;

  /** A request; {@code number} counts from 1. */
  record Request(int number, String line, Headers headers, String body) {
    String authorization() {
      return header("Authorization");
    }

    /** Returns a header; empty if it is missing. */
    String header(String name) {
      return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }
  }

  /** An answer; the type is that of the header by which AWS names an error. */
  record Answer(int status, String type, String body) {}

  static final Answer OK = new Answer(200, "", "{}");

  ScriptedServer(Function<Request, Answer> script) throws IOException {
    this.script = script;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Request> requests() {
    return requests;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Request request;
      synchronized (requests) {
        request = new Request(
            requests.size() + 1, exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            exchange.getRequestHeaders(), body);
        requests.add(request);
      }
      Answer answer = script.apply(request);
      if (!answer.type().isEmpty()) {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.type());
      }
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
