package dev.pinion.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All of AWS that a function reaches, with the same short answers for every function; keeps who asked for what.
final class ScriptedAws implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Credential=([^/]+)/");

  private final HttpServer server;
  private final List<String> requests = new ArrayList<>();
  private int keys;

  ScriptedAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What was asked since the last call, each as method, path, the key that signed it, and whether its connection was
  /// not kept. Requests for keys are left out.
  synchronized List<String> requests() {
    List<String> all = List.copyOf(requests);
    requests.clear();
    return all;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var _ = exchange.getRequestBody().readAllBytes();
      var headers = exchange.getRequestHeaders();
      String path = exchange.getRequestURI().getRawPath();
      if (!path.equals("/keys")) {
        Matcher key = KEY.matcher(String.valueOf(headers.getFirst("Authorization")));
        requests.add(exchange.getRequestMethod() + " " + path + " by " + (key.find() ? key.group(1) : "nobody")
            + ("close".equals(headers.getFirst("Connection")) ? ", closed" : ""));
      }
      byte[] answer = answer(path, headers.getFirst("X-Amz-Target")).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /// Keys are valid for 30 s, which for the SDK is too short to use them again.
  private String answer(String path, String target) {
    if (path.equals("/keys")) {
      return "{\"AccessKeyId\": \"KEY" + ++keys + "\", \"SecretAccessKey\": \"s\", \"Token\": \"t\", \"Expiration\": \""
          + Instant.now().plusSeconds(30) + "\"}";
    }
    return switch (target) {
      case "DynamoDB_20120810.Scan" -> "{\"Items\": [{\"connectionId\": {\"S\": \"AAAAAAAAAAAAAAA=\"}}]}";
      case "secretsmanager.GetSecretValue" -> "{\"SecretString\": \"Ada Lovelace\"}";
      case null, default -> "";
    };
  }

  /// How many keys were given.
  synchronized int keys() {
    return keys;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
