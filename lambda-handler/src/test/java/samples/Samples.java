package samples;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.lambdahandler.LambdaHandler;

import static dev.pinion.AttributeType.STRING;

/** An app of classes that were written for Lambda. */
public final class Samples implements App {
  @Override
  public void define(Cloud cloud) {
    Table users = cloud.table("users").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(LambdaHandler.of(ConnectWithQuery.class));
    ws.onDisconnect(LambdaHandler.of(LogsAndReturnsObject.class)).allow(users, "dynamodb:DeleteItem");
    ws.onMessage(LambdaHandler.of(SwitchOnRoute.class)).allow(ws, "POST");
    ws.onRequest("whoami", LambdaHandler.replying(Whoami.class));
    ws.onRequest("count", LambdaHandler.replying(SwitchOnRoute.class));
    ws.onRequest("map", LambdaHandler.replying(MapInMapOut.class));
    ws.onRequest("stream", LambdaHandler.replying(StreamInStreamOut.class));
    ws.onRequest("proxy", LambdaHandler.replying(ProxyEvents.class));
    ws.onRequest("remaining", LambdaHandler.replying(Remaining.class));
    ws.onRequest("failing", LambdaHandler.replying(Failing.class));
    ws.onRoute("silent", LambdaHandler.of(Whoami.class));
    ws.onRequest("subprotocol", LambdaHandler.replying(HeadersAndSubprotocol.class));
  }
}
