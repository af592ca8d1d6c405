package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static dev.pinion.AttributeType.STRING;

/** An app all of whose handlers share one function. */
public final class Sharing implements App {
  /** What the handlers told, oldest first. */
  public static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();

  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> TOLD.add("connect")).function("all");
    ws.onDisconnect(c -> TOLD.add("disconnect")).function("all");
    ws.onMessage((c, body) -> TOLD.add("message " + body)).function("all");
    ws.onRoute("failing", (c, body) -> {
      throw new IllegalStateException("no");
    }).function("all");
    ws.onRoute("alone", (c, body) -> TOLD.add("alone"));
    cloud.webSocket("other").create().onConnect(c -> TOLD.add("other connect")).function("all");
    cloud.httpApi("http").create().on("POST /orders/{id}", request -> "ordered").function("all");
    cloud.task("work", String.class).create().onStart(text -> TOLD.add("task " + text)).function("all");
    cloud.schedule("daily").rate(Duration.ofDays(1)).create().onTick(tick -> TOLD.add("tick")).function("all");
    cloud.queue("jobs", String.class).create().onMessage(text -> TOLD.add("queue " + text)).function("all");
    cloud.table("rows").hashKey("id", STRING).create()
        .onChange(change -> TOLD.add("change " + change.key())).function("all");
  }
}
