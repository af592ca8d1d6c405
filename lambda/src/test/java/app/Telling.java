package app;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.AttributeValue;
import dev.pinion.Cloud;
import dev.pinion.Connection;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.Task;
import dev.pinion.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An app whose handlers tell what they were given. */
public final class Telling implements App {
  /** What the handlers told, oldest first. */
  public static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();

  /** A message with one text. */
  public record Note(String text) {}

  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new UnsupportedOperationException("no message");
    }
  }

  /** Leaves an interrupt behind, if it is to; fails if somebody else has. */
  private static void interrupt(String text) throws InterruptedException {
    Thread.sleep(0);
    if (text.startsWith("interrupting")) Thread.currentThread().interrupt();
  }

  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> {
      TOLD.add(connection(c) + " " + c.headers() + " " + c.query());
      if (c.query("name").equals(c.query("refused"))) {
        throw c.reject(401);
      }
      if (c.subprotocols().contains("chat.v2")) {
        c.accept("chat.v2");
      }
    });
    ws.onDisconnect(c -> TOLD.add(connection(c) + " " + c.code() + " '" + c.reason() + "'"));
    ws.onMessage((c, body) -> TOLD.add(connection(c) + " " + body));
    ws.onRequest("typed", Note.class, (c, note) -> note);
    ws.onRequest("silent", (c, body) -> null);
    ws.onRequest("text", (c, body) -> body);
    ws.onRoute("failing", (c, body) -> {
      throw new java.io.IOException("the disk is full");
    });
    cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(tick -> {
      TOLD.add("tick " + tick.scheduledTime() + " " + tick.executionId());
      if (tick.executionId().equals("failing")) throw new java.io.IOException("the disk is full");
    });
    Task<Note> note = cloud.task("note", Note.class).create();
    note.onStart(it -> {
      TOLD.add("note " + it.text());
      if (it.text().equals("again")) note.start(new Note("once more"));
      if (it.text().equals("later")) note.startIn(Duration.ofMillis(59_001), new Note("<b>"));
      if (it.text().equals("failing")) throw new java.io.IOException("the disk is full");
    });
    sources(cloud);
    ws.onRoute("unspeakable", (c, body) -> {
      throw new Unspeakable();
    });
  }

  private static void sources(Cloud cloud) {
    cloud.queue("standard", Note.class).batchSize(10).create().onMessage((it, about) -> {
      TOLD.add(it.text() + " " + about);
      interrupt(it.text());
      if (it.text().equals("failing")) throw new java.io.IOException("the disk is full");
    });
    cloud.queue("fifo", Note.class).orderedBy(Note::text).batchSize(10).create().onMessage(it -> {
      TOLD.add(it.text());
      interrupt(it.text());
      if (it.text().equals("failing")) throw new java.io.IOException("the disk is full");
    });
    Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
    rows.onChange(change -> {
      String id = change.key().attributes().string("id");
      TOLD.add(
          change.type() + " " + id + " " + text(change.oldItem()) + " > " + text(change.newItem()) + " "
              + change.expired() + " " + change.eventId() + " " + change.time());
      interrupt(id);
      if (id.equals("failing")) throw new java.io.IOException("the disk is full");
    });
  }

  private static String text(Optional<Item> item) {
    return item.flatMap(each -> each.attribute("text")).map(each -> each instanceof AttributeValue.S(var s) ? s : "")
        .orElse("none");
  }

  private static String connection(Connection c) {
    return c.id() + " " + c.requestId() + " " + c.connectedAt() + " " + c.sourceIp() + " "
        + c.userAgent().orElse("no agent") + " " + c.domainName() + " " + c.stage() + " " + c.authorizer();
  }
}
