package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.Event;
import dev.pinion.spi.EventHandler;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The events of a WebSocket's routes, which API Gateway sends. */
final class RouteEvents implements FunctionEvents {
  private final List<RouteModel> routes;
  private final AccessModel access;
  private final Dispatcher dispatcher;
  private final RecordCodec json;

  RouteEvents(List<RouteModel> routes, WebSocketModel webSocket, RecordCodec json) {
    this.routes = List.copyOf(routes);
    this.access = webSocket.access();
    this.dispatcher = new Dispatcher(webSocket, json);
    this.json = json;
  }

  /** An event of the route. */
  record RouteCall(RouteModel route, Event event, AccessModel access, Dispatcher dispatcher, RecordCodec json)
      implements Call {
    @Override
    public HandlerModel handler() {
      return route;
    }

    @Override
    public String about() {
      return " for connection " + event.connection().connectionId();
    }

    @Override
    public Map<String, String> ids() {
      Map<String, String> ids = new LinkedHashMap<>();
      ids.put("route", event.routeKey());
      ids.put("connectionId", event.connection().connectionId());
      ids.put("requestId", event.requestId());
      if (event instanceof Event.Message message) ids.put("messageId", message.messageId());
      return ids;
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
  public RouteCall read(String text) {
    Event event = ProxyEvent.read(text, json);
    for (RouteModel route : routes) {
      if (route.key().equals(event.routeKey())) return new RouteCall(route, event, access, dispatcher, json);
    }
    throw new IllegalArgumentException(
        "an event of route '" + event.routeKey() + "' was sent to the function of handler '"
            + routes.stream().map(RouteModel::path).collect(Collectors.joining("', '"))
            + "': the route's integration invokes the wrong function");
  }

  /** An event for a handler that gets it as it came. */
  private record EventCall(RouteCall read, EventHandler to, String text, Context context) implements Call {
    @Override
    public HandlerModel handler() {
      return read.handler();
    }

    @Override
    public String about() {
      return read.about();
    }

    @Override
    public Map<String, String> ids() {
      return read.ids();
    }

    @Override
    public String handle(ItemLog log) throws Exception {
      return read.isOfOtherOrigin() ? ProxyResponse.write(Response.status(403), read.json())
          : to.handle(text, context);
    }
  }

  @Override
  public Call read(String text, Context context) {
    RouteCall call = read(text);
    return call.route.handler() instanceof EventHandler to ? new EventCall(call, to, text, context) : call;
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
