import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.PhaseException;
import dev.pinion.Table;
import dev.pinion.Task;
import dev.pinion.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static dev.pinion.AttributeType.STRING;
import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A small app, run once after a build so that the JVM learns what a start needs. The warning of its list is the last
 * that is done.
 */
final class Training implements App {
  record Said(String text) {}

  @Override
  public void define(Cloud cloud) {
    List<String> said = new ArrayList<>();
    Table people = cloud.table("people").hashKey("id", STRING).create();
    WebSocket chat = cloud.webSocket("chat").create();
    chat.onConnect(connection -> people.putItem(Item.of("id", connection.id())));
    chat.onMessage(Said.class, (connection, message) -> {
      said.add(message.text());
      chat.broadcast(people.scan().map(row -> row.string("id")), message);
    });
    others(cloud, people, chat);
    Thread.startVirtualThread(() -> connect(chat));
  }

  /** What calls handlers besides messages. */
  private static void others(Cloud cloud, Table people, WebSocket chat) {
    Task<Said> task = cloud.task("task", Said.class).create();
    MessageQueue<Said> queue = cloud.queue("queue", Said.class).create();
    task.onStart(said -> chat.broadcast(people.scan().map(row -> row.string("id")), said));
    queue.onMessage(said -> task.start(said));
    people.onChange(change -> queue.send(new Said(change.type().name())));
    cloud.schedule("tick").rate(Duration.ofMinutes(1)).create()
        .onTick(tick -> queue.send(new Said(tick.executionId())));
    cloud.httpApi("http").create().on("POST /said/{id}", Said.class, (request, said) -> {
      queue.send(new Said(request.path("id")));
      return said;
    });
  }

  /** A client's first message, as soon as the app runs; the copy that is only looked at never does. */
  private static void connect(WebSocket chat) {
    for (long start = System.nanoTime(); System.nanoTime() - start < 20_000_000_000L;) {
      try {
        talk(URI.create(chat.url()));
        return;
      } catch (PhaseException early) {
        Thread.yield();
      } catch (IllegalStateException copy) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void talk(URI url) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      out.write(
          ("GET " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
              + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
              + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(US_ASCII));
      in.read();
      byte[] text = "{\"text\":\"hello\"}".getBytes(US_ASCII);
      out.write(new byte[] {(byte) 0x81, (byte) (0x80 | text.length), 0, 0, 0, 0});
      out.write(text);
      in.readNBytes(200);
    }
  }
}
