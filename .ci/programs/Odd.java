import dev.pinion.*;
import java.time.Duration;

import static dev.pinion.AttributeType.BINARY;
import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;

/** Names, keys and options that services, Terraform's syntax or its functions could trip over. */
final class Odd implements App {
  @Override
  public void define(Cloud cloud) {
    Table rows = cloud.table("2nd table: \"rows\" ${x} %{y}")
        .hashKey("#id ${x}", STRING)
        .rangeKey("at", NUMBER)
        .attribute("user", BINARY)
        .index("by.User_1", "user", "at")
        .index("byAt", "at")
        .timeToLive("expires \"at\"")
        .pointInTimeRecovery(false).changeBatchSize(100).changeBatchingWindow(Duration.ofSeconds(1))
        .create();
    rows.onChange(change -> {}).memory(1024);
    Table same = cloud.table("a.b").hashKey("id", STRING).create();
    cloud.table("a-b").hashKey("id", STRING).create();
    cloud.table("表").hashKey("キー", STRING).create();
    Config quoted = cloud.config("quoted-Value");
    Secret parameter = cloud.secret("parameter");

    WebSocket ws = cloud.webSocket("größe \\ \"1\" ${x}")
        .name("Name \"with\" ${x} %{y} \\ größe").stage("test_1-2")
        .routeSelectionExpression("${request.body.service}/${request.body.action}").create();
    ws.onConnect(c -> same.putItem(Item.of("id", c.id(), "value", quoted.value() + parameter.value())));
    ws.onRoute("a/b ${x} \"y\" \\", (c, body) -> rows.query(Query.hashKey("1").index("byAt")).toList());
    ws.onRequest("Join", (c, body) -> ws.url()).memory(10240).timeout(Duration.ofSeconds(1));
    ws.onRequest("join", (c, body) -> body);
    ws.onRoute("connect", (c, body) -> ws.disconnect(c.id()));
    ws.onRoute("r".repeat(128), (c, body) -> {});
    ws.onRoute("r".repeat(127) + "s", (c, body) -> {});
    ws.onRoute("%{if}", (c, body) -> {});
    ws.onRoute("x$${x} $${", (c, body) -> {});
    ws.onRoute("%%{if} $%{x", (c, body) -> {});
    ws.onRoute("a$", (c, body) -> {}).allow("s3:GetObject", "arn:aws:s3:::$${x}$%{y}$*");
    ws.onRoute("*", (c, body) -> {}).allow("s3:GetObject", "arn:aws:s3:::bucket/${aws:username}/*");

    cloud.schedule("tick \\ \"1\" ${x} %{y}").rate(Duration.ofDays(1)).create().onTick(tick -> rows.scan().count());
    cloud.schedule("tick-schedule").cron("0/15 9-17 ? * MON#1 2026-2199").timeZone("America/Argentina/Buenos_Aires")
        .create().onTick(tick -> rows.scan().count()).timeout(Duration.ofMinutes(15));
    others(cloud, rows);
    cloud.webSocket("other").create().onMessage((c, body) -> ws.sendMessage(c.id(), body));
  }

  /** Tasks that start each other, and queues. */
  private static void others(Cloud cloud, Table rows) {
    Task<String> ping = cloud.task("task \\ \"1\" ${x} %{y}", String.class).maximumRetryAttempts(0)
        .maximumEventAge(Duration.ofMinutes(1)).create();
    Task<String> pong = cloud.task("tick-task", String.class).create();
    ping.onStart(text -> pong.start(text)).timeout(Duration.ofMinutes(15));
    pong.onStart(text -> ping.startIn(Duration.ofMinutes(1), text));
    queues(cloud, rows);
  }

  private static void queues(Cloud cloud, Table rows) {
    MessageQueue<String> ordered = cloud.queue("2nd_queue-", String.class).orderedBy(m -> m).batchSize(10).create();
    cloud.queue("gathered", String.class).batchSize(10_000).batchingWindow(Duration.ofMinutes(5)).create()
        .onMessage(m -> {});
    ordered.onMessage(m -> rows.scan().count()).timeout(Duration.ofMinutes(15));
    MessageQueue<String> unread = cloud.queue("q".repeat(79) + "-", String.class).maxReceives(1000).create();
    cloud.queue("q".repeat(80), String.class).create().onMessage((m, about) -> ordered.send(unread.send(m)));
  }
}
