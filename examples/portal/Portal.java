import dev.pinion.App;
import dev.pinion.Authorization;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.HttpApi;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.Task;
import dev.pinion.Tickets;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.jwt.Jwt;

import static dev.pinion.AttributeType.STRING;

/** A portal for the users of an OpenID Connect provider: devices connect with their token, browsers with a ticket. */
public final class Portal implements App {
  record Ticket(String ticket) {}

  @Override
  public void define(Cloud cloud) {
    Config issuer = cloud.config("issuer");
    Config client = cloud.config("client-id");
    Jwt jwt = Jwt.issuer(issuer).audience(client);

    WebSocket devices = cloud.webSocket("devices").create();
    Task<String> expired = cloud.task("expired", String.class).create();
    expired.onStart(id -> devices.disconnect(id));
    devices.onAuthorize(
        jwt.token(TokenFrom.header("Authorization"), TokenFrom.subprotocol("bearer")).closeOnExpiry(expired));
    devices.onMessage((c, body) -> devices.sendMessage(c.id(), c.authorizer().get("sub") + ": " + body));

    Secret key = cloud.secret("ticket-key");
    Table used = cloud.table("used-tickets").hashKey("id", STRING).timeToLive("expires").create();
    Tickets tickets = Tickets.of(key, used);
    HttpApi http = cloud.httpApi("http").allowOrigins("https://app.example.com", "http://localhost:5173")
        .allowMethods("POST").allowHeaders("authorization").create();
    http.onAuthorize(jwt);
    http.on("POST /tickets",
        request -> new Ticket(tickets.issue(request.authorizer().get("sub"), request.time())));

    WebSocket pages = cloud.webSocket("pages").create();
    pages.onAuthorize(TokenFrom.query("ticket"), request -> request.query("ticket")
        .flatMap(ticket -> tickets.redeem(ticket, request.time()))
        .map(Authorization::allow)
        .orElseGet(Authorization::unauthorized));
    pages.onMessage((c, body) -> pages.sendMessage(c.id(), c.authorizer().get("principalId") + ": " + body));
  }
}
