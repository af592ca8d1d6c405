import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Config;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.UUID;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.STRING;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A lobby with a password: who sends it over HTTP gets a ticket that lets in once, within a minute. */
public final class Lobby implements App {
  record Login(String password) {}

  record Ticket(String ticket) {}

  @Override
  public void define(Cloud cloud) {
    Config greeting = cloud.config("greeting");
    Secret password = cloud.secret("password");
    Table tickets = cloud.table("tickets").hashKey("id", STRING).timeToLive("expires").create();
    WebSocket ws = cloud.webSocket("lobby").create();
    HttpApi http = cloud.httpApi("door").allowOrigins("http://localhost:5173").allowMethods("POST")
        .allowHeaders("content-type").create();

    http.on("POST /tickets", Login.class, (request, login) -> {
      if (!MessageDigest.isEqual(login.password().getBytes(UTF_8), password.value().getBytes(UTF_8))) {
        return HttpReply.status(401);
      }
      String id = UUID.randomUUID().toString();
      long expires = request.time().plus(Duration.ofMinutes(1)).getEpochSecond();
      tickets.putItem(Item.of("id", id, "expires", expires));
      return new Ticket(id);
    });
    ws.onConnect(c -> {
      Key ticket = Key.of("id", c.query("ticket").orElse("none"));
      try {
        tickets.deleteItem(ticket, attribute("expires").greaterThan(c.connectedAt().getEpochSecond()));
      } catch (ConditionalCheckFailedException e) {
        throw c.reject(401);
      }
    });
    ws.onMessage((c, name) -> ws.sendMessage(c.id(), greeting.value() + ", " + name));
  }
}
