import dev.pinion.*;
import java.time.Duration;

import static dev.pinion.AttributeType.STRING;

/** An app whose deployment offers everything that operators can set, with a resource of each kind. */
final class Operated implements App {
  @Override
  public void define(Cloud cloud) {
    cloud.deploymentOptions(DeploymentOption.CUSTOM_DOMAINS, DeploymentOption.API_LOGS, DeploymentOption.ALARMS);
    Table rows = cloud.table("rows").hashKey("id", STRING).attribute("at", STRING).index("byAt", "at")
        .timeToLive("expires").create();
    MessageQueue<String> jobs = cloud.queue("jobs", String.class).create();
    Task<String> work = cloud.task("work", String.class).create();
    WebSocket chat = cloud.webSocket("chat").create();
    WebSocket news = cloud.webSocket("news").stage("live").create();
    HttpApi shop = cloud.httpApi("shop").create();

    rows.onChange(change -> {});
    jobs.onMessage(text -> {});
    work.onStart(text -> work.startIn(Duration.ofMinutes(1), text));
    cloud.schedule("tick").rate(Duration.ofDays(1)).create()
        .onTick(tick -> chat.broadcast(java.util.List.of(), chat.url()));
    chat.onConnect(c -> rows.putItem(Item.of("id", c.id())));
    chat.onRequest("ask", (c, body) -> news.url() + shop.url());
    news.onMessage((c, body) -> news.sendMessage(c.id(), body));
    shop.on("GET /items", request -> HttpReply.ok().text(shop.url()));
  }
}
