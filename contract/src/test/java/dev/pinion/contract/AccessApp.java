package dev.pinion.contract;

import dev.pinion.App;
import dev.pinion.Authorization;
import dev.pinion.AuthorizeRequest;
import dev.pinion.Cloud;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket whose authorizer does what the token says. */
public final class AccessApp implements App {
  /** What has happened, over all instances. */
  static final BlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();

  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("door").origins("https://app.example.com").create();
    ws.onAuthorize(TokenFrom.query("token"), AccessApp::decide);
    ws.onConnect(c -> {
      EVENTS.add("connect " + values(c.authorizer()));
      if ("late".equals(c.authorizer().get("principalId"))) throw c.reject(402);
    });
    ws.onRequest("who", (c, body) -> values(c.authorizer()));
    ws.onDisconnect(c -> EVENTS.add("disconnect " + values(c.authorizer())));
  }

  /** Without what depends on time. */
  private static String values(Map<String, String> authorizer) {
    Map<String, String> values = new TreeMap<>(authorizer);
    values.remove("integrationLatency");
    return values.toString();
  }

  @SuppressWarnings("NullAway") // an authorizer of an app without such checks may return null
  private static Authorization decide(AuthorizeRequest request) throws Exception {
    String token = request.query("token").orElseThrow();
    EVENTS.add("authorize " + token);
    return switch (token) {
      case "deny" -> Authorization.deny();
      case "nobody" -> Authorization.unauthorized();
      case "null" -> nothing();
      case "empty" -> Authorization.allow(" ");
      case "reserved" -> Authorization.allow("ada", Map.of("principalId", "root"));
      case "object" -> Authorization.allow("ada", Map.of("x", new Object()));
      case "long" -> Authorization.allow("ada", Map.of("x", "y".repeat(8 * 1024)));
      case "throws" -> throw new java.io.IOException("the directory is down");
      case "told" -> throw new IllegalStateException("Unauthorized");
      case "endless" -> Authorization.allow("ada", Map.of("x", Double.NaN));
      case "full" -> Authorization.allow(
          "ada", Map.of(
              "text", "a\"ö", "quoted", "\"x\"", "number", 7, "fraction", 0.5, "flag", true, "list", List.of("a", 1),
              "unit", TimeUnit.DAYS, "at", Optional.of(Instant.EPOCH)));
      case "request" -> Authorization.allow("ada", Map.of(
          "header", request.header("x-test").orElse("none"), "stage", request.stage(), "all",
          request.query().get("token").size(), "id", !request.connectionId().isEmpty()));
      default -> Authorization.allow(token);
    };
  }

  private static @Nullable Authorization nothing() {
    return null;
  }
}
