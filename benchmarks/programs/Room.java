import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends each message to everybody, with the ids of the connections in memory: the gateway's part of a broadcast. */
public final class Room implements App {
  private static final Set<String> ROOM = ConcurrentHashMap.newKeySet();

  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("room").create();
    ws.onConnect(c -> ROOM.add(c.id()));
    ws.onDisconnect(c -> ROOM.remove(c.id()));
    ws.onMessage((c, body) -> ws.broadcast(ROOM, body));
  }
}
