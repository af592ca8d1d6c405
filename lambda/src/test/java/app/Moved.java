package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.ConnectHandler;
import dev.pinion.OpeningConnection;
import dev.pinion.spi.Event;
import dev.pinion.spi.EventHandler;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;

/** An app whose handler gets events as they come, and whose WebSocket has origins. */
public final class Moved implements App {
  private static final class AsItComes implements EventHandler, ConnectHandler {
    @Override
    public Class<?> type() {
      return AsItComes.class;
    }

    @Override
    public Response handle(Event event, RouteModel route, JsonCodec json) {
      return Response.OK;
    }

    @Override
    public String handle(String event, Object context) {
      return "{\"statusCode\":204}";
    }

    @Override
    public void handle(OpeningConnection connection) {
      throw new UnsupportedOperationException("nobody calls it");
    }
  }

  @Override
  public void define(Cloud cloud) {
    cloud.webSocket("ws").origins("https://app.example.com").create().onConnect(new AsItComes());
  }
}
