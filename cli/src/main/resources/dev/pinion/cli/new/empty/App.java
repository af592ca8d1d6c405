package @package@;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;

/** A WebSocket API that answers each message with the same text. */
public final class @class@ implements App {
  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("@name@").create();

    ws.onMessage((c, text) -> ws.sendMessage(c.id(), text));
  }
}
