package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;

/** The events of a WebSocket's route, which API Gateway sends. */
final class RouteEvents implements FunctionEvents {
  private final RouteModel route;
  private final AccessModel access;
  private final Dispatcher dispatcher;
  private final RecordCodec json;

  RouteEvents(RouteModel route, WebSocketModel webSocket, RecordCodec json) {
    this.route = route;
    this.access = webSocket.access();
    this.dispatcher = new Dispatcher(webSocket, json);
    this.json = json;
  }

  /** An event of the route. */
  private record RouteCall(Event event, AccessModel access, Dispatcher dispatcher, RecordCodec json) implements Call {
    @Override
    public String about() {
      return " for connection " + event.connection().connectionId();
    }

    @Override
    public String handle(ItemLog log) throws Exception {
      return ProxyResponse.write(isOfOtherOrigin() ? Response.status(403) : dispatcher.dispatch(event), json);
    }

    /** API Gateway checks no origin, so this does unless an authorizer has. */
    private boolean isOfOtherOrigin() {
      return event instanceof Event.Connect connect && access.authorizer().isEmpty()
          && !access.allowsOrigin(connect.headers());
    }
  }

  @Override
  public Call read(String text) {
    Event event = ProxyEvent.read(text, json);
    if (!event.routeKey().equals(route.key())) {
      throw new IllegalArgumentException(
          "an event of route '" + event.routeKey() + "' was sent to the function of handler '" + route.path()
              + "': the route's integration invokes the wrong function");
    }
    return new RouteCall(event, access, dispatcher, json);
  }

  @Override
  public void rehearse() {
    String context =
        "{\"requestContext\":{\"routeKey\":\"r\",\"eventType\":\"MESSAGE\",\"requestId\":\"r\",\"requestTimeEpoch\":1,"
            + "\"stage\":\"s\",\"domainName\":\"d\",\"apiId\":\"a\",\"connectionId\":\"c\",\"connectedAt\":1,"
            + "\"identity\":{\"sourceIp\":\"1\"},\"messageId\":\"m\"},\"body\":\"{}\",\"isBase64Encoded\":false}";
    var _ = ProxyEvent.read(context, json);
    var _ = ProxyResponse.write(Response.OK, json);
  }
}
