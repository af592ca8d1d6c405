import dev.pinion.*;
import dev.pinion.jwt.Jwt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static dev.pinion.AttributeType.STRING;

/** WebSockets for clients that others have written: graphql-ws, STOMP.js, browsers and AWS's SDKs. */
final class Doors implements App {
  record Init(Optional<Credentials> payload) {}

  record Credentials(String token) {}

  record Subscribe(String id) {}

  @Override
  public void define(Cloud cloud) {
    Jwt jwt = Jwt.issuer(cloud.config("issuer")).audience("doors");
    graph(cloud, jwt);
    stomp(cloud, jwt);
    WebSocket signed = cloud.webSocket("signed").iam().create();
    signed.onMessage((c, text) -> signed.sendMessage(c.id(), c.id()));
  }

  private static void graph(Cloud cloud, Jwt jwt) {
    WebSocket graph = cloud.webSocket("graph").routeSelectionExpression("$request.body.type").create();
    Table users = cloud.table("users").hashKey("connectionId", STRING).create();
    graph.onConnect(c -> c.accept("graphql-transport-ws"));
    graph.onRoute("connection_init", Init.class, (c, init) -> {
      Optional<Map<String, String>> claims = init.payload().flatMap(each -> jwt.verify(each.token(), Instant.now()));
      claims.ifPresent(user -> users.putItem(Item.of("connectionId", c.id(), "user", user.get("sub"))));
      graph.sendMessage(c.id(), Map.of("type", "connection_ack"));
    });
    graph.onRoute("subscribe", Subscribe.class, (c, subscribe) -> {
      Optional<Item> user = users.getItem(Key.of("connectionId", c.id()));
      if (user.isEmpty()) {
        List<Map<String, String>> errors = List.of(Map.of("message", "Unauthorized"));
        graph.sendMessage(c.id(), Map.of("id", subscribe.id(), "type", "error", "payload", errors));
        return;
      }
      Map<String, String> data = Map.of("me", user.get().string("user"));
      graph.sendMessage(c.id(), Map.of("id", subscribe.id(), "type", "next", "payload", Map.of("data", data)));
      graph.sendMessage(c.id(), Map.of("id", subscribe.id(), "type", "complete"));
    });
    graph.onDisconnect(c -> users.deleteItem(Key.of("connectionId", c.id())));
  }

  private static void stomp(Cloud cloud, Jwt jwt) {
    WebSocket stomp = cloud.webSocket("stomp").create();
    stomp.onAuthorize(jwt.token(TokenFrom.subprotocol("bearer")));
    stomp.onConnect(c -> {
      if (c.subprotocols().contains("v12.stomp")) c.accept("v12.stomp");
    });
    stomp.onMessage((c, frame) -> {
      if (frame.startsWith("CONNECT\n")) {
        stomp.sendMessage(c.id(), "CONNECTED\nversion:1.2\nuser-name:" + c.authorizer().get("sub") + "\n\n\0");
      }
    });
  }
}
