package app;

import dev.pinion.App;
import dev.pinion.Attribute;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.MessageHandler;
import dev.pinion.Query;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.Map;

import static dev.pinion.AttributeType.STRING;

/** The program of the guide to permissions. */
public final class Guide implements App {
  @Override
  public void define(Cloud cloud) {
    Config greeting = cloud.config("greeting");
    Table members =
        cloud.table("members").hashKey("id", STRING).attribute("room", STRING).index("byRoom", "room").create();
    Table counts = cloud.table("counts").hashKey("room", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();

    ws.onConnect(c -> members.putItem(Item.of("id", c.id(), "room", c.query("room").orElse("lobby"))));
    ws.onDisconnect(c -> members.deleteItem(Key.of("id", c.id())));

    ws.onRoute("say", (c, body) -> {
      members.query(Query.hashKey("lobby").index("byRoom")).forEach(m -> tell(ws, m, body));
      counts.updateItem(Key.of("room", "lobby"), Attribute.attribute("n").add(1));
    });

    Map<String, MessageHandler<String>> commands = Map.of(
        "/who", (c, body) -> members.scan().forEach(m -> ws.sendMessage(c.id(), m.string("id"))),
        "/hello", (c, body) -> ws.sendMessage(c.id(), greeting.value()));
    ws.onMessage((c, body) -> commands.getOrDefault(body, (from, text) -> {}).handle(c, body));

    ws.onRoute("report", (c, body) -> Reports.save(body))
        .allow("s3:PutObject", "arn:aws:s3:::my-reports/*");

    ws.onRoute("plugin", (c, body) -> {
      Object plugin = Class.forName(body).getDeclaredConstructor().newInstance();
      ws.sendMessage(c.id(), plugin.toString());
    }).only(ws, "POST");
  }

  private static void tell(WebSocket ws, Item member, String body) {
    ws.sendMessage(member.string("id"), body);
  }

  /** Stands for code that uses an AWS client of its own. */
  private static final class Reports {
    static void save(String report) {
      if (report.isBlank()) throw new IllegalArgumentException("an empty report");
    }
  }
}
