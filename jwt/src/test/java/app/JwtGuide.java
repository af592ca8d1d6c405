package app;

import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.Tickets;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.jwt.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static dev.pinion.AttributeType.STRING;

/** Pieces of the guide to JWTs. */
final class JwtGuide {
  private JwtGuide() {}

  static Jwt cognito() {
    return Jwt.issuer("https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI")
        .audience("1example23456789");
  }

  static Jwt auth0() {
    return Jwt.issuer("https://example.eu.auth0.com/").audience("https://chat.example.com");
  }

  static Jwt keycloak() {
    return Jwt.issuer("https://login.example.com/realms/chat").audience("chat");
  }

  static Jwt options(Jwt jwt) {
    return jwt.token(TokenFrom.query("token"))
        .algorithms("ES256")
        .skew(Duration.ofSeconds(10))
        .claims("sub", "email", "groups");
  }

  record Init(Optional<Credentials> payload) {}

  record Credentials(String token) {}

  record Subscribe(String id) {}

  static void graph(WebSocket graph, Jwt jwt, Table users) {
    graph.onConnect(c -> c.accept("graphql-transport-ws"));
    graph.onRoute("connection_init", Init.class, (c, init) -> {
      init.payload()
          .flatMap(each -> jwt.verify(each.token(), Instant.now()))
          .map(claims -> claims.get("sub"))
          .ifPresent(user -> users.putItem(Item.of("connectionId", c.id(), "user", user)));
      graph.sendMessage(c.id(), Map.of("type", "connection_ack"));
    });
    graph.onRoute("subscribe", Subscribe.class, (c, subscribe) -> {
      Optional<Item> user = users.getItem(Key.of("connectionId", c.id()));
      if (user.isEmpty()) {
        List<Map<String, String>> errors = List.of(Map.of("message", "Unauthorized"));
        graph.sendMessage(c.id(), Map.of("id", subscribe.id(), "type", "error", "payload", errors));
      }
    });
  }

  static void stomp(WebSocket stomp, Jwt jwt) {
    stomp.onAuthorize(jwt.token(TokenFrom.subprotocol("bearer")));
    stomp.onConnect(c -> {
      if (c.subprotocols().contains("v12.stomp")) c.accept("v12.stomp");
    });
  }

  static Tickets tickets(Cloud cloud) {
    Secret key = cloud.secret("ticket-key");
    Table used = cloud.table("used-tickets").hashKey("id", STRING).timeToLive("expires").create();
    return Tickets.of(key, used).audience("pages").validFor(Duration.ofSeconds(30));
  }
}
