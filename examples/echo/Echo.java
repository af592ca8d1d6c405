import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;

/** Sends every message back to its sender. */
public final class Echo implements App {
  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("echo").create();
    ws.onMessage((c, body) -> ws.sendMessage(c.id(), body));
  }
}
