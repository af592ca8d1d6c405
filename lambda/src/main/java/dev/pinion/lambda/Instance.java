package dev.pinion.lambda;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.Event;
import dev.pinion.spi.FunctionVariables;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** An app of which one handler runs here. Any thread. */
final class Instance {
  private final Environment environment;
  private final RecordCodec json;
  private final RouteModel route;
  private final Dispatcher dispatcher;
  private final AppLines lines;

  private Instance(Environment environment, RecordCodec json, RouteModel route, WebSocketModel webSocket) {
    this.environment = environment;
    this.json = json;
    this.route = route;
    this.dispatcher = new Dispatcher(webSocket, json);
    this.lines = AppLines.of(webSocket);
  }

  /**
   * Makes the app, runs its {@code define}, and binds it.
   *
   * @throws dev.pinion.DefinitionException when the definition is wrong
   * @throws IllegalArgumentException when the app is not there, or has not the handler
   */
  static Instance start(Environment environment, LambdaPlatform platform, RecordCodec json) {
    Definition definition = Definition.ofCompiled(app(environment.app()));
    WebSocketModel webSocket =
        definition.model().webSockets().stream()
            .filter(each -> each.id().equals(environment.webSocket()))
            .findFirst()
            .orElseThrow(() -> otherVersion(environment));
    RouteModel route = webSocket.route(environment.routeKey()).orElseThrow(() -> otherVersion(environment));
    definition.bind(platform);
    return new Instance(environment, json, route, webSocket);
  }

  private static IllegalArgumentException otherVersion(Environment environment) {
    return new IllegalArgumentException(
        "app " + environment.app() + " declares no handler '" + environment.handler()
            + "': the function's code and its environment are of two versions; compile and deploy again");
  }

  private static App app(String name) {
    try {
      Constructor<? extends App> constructor =
          Class.forName(name, true, Thread.currentThread().getContextClassLoader())
              .asSubclass(App.class)
              .getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("the constructor of app " + name + " threw", e.getCause());
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(FunctionVariables.APP + " names " + name + ", which is no app here: " + e, e);
    }
  }

  RouteModel route() {
    return route;
  }

  /** The app's line where a failure comes from, or else the line that declares the handler. */
  String line(Throwable failure) {
    return lines.in(failure).orElseGet(() -> route.location().toString());
  }

  /**
   * Reads API Gateway's JSON.
   *
   * @throws IllegalArgumentException when it is no event of this route
   */
  Event read(String text) {
    Event event = ProxyEvent.read(text, json);
    if (!event.routeKey().equals(environment.routeKey())) {
      throw new IllegalArgumentException(
          "an event of route '" + event.routeKey() + "' came to the function of handler '" + environment.handler()
              + "': the route's integration leads to the wrong function");
    }
    return event;
  }

  /** Reads an event and writes an answer, without calling the handler. */
  void rehearse() {
    String context =
        "{\"requestContext\":{\"routeKey\":\"r\",\"eventType\":\"MESSAGE\",\"requestId\":\"r\",\"requestTimeEpoch\":1,"
            + "\"stage\":\"s\",\"domainName\":\"d\",\"apiId\":\"a\",\"connectionId\":\"c\",\"connectedAt\":1,"
            + "\"identity\":{\"sourceIp\":\"1\"},\"messageId\":\"m\"},\"body\":\"{}\",\"isBase64Encoded\":false}";
    var _ = ProxyEvent.read(context, json);
    var _ = ProxyResponse.write(Response.OK, json);
  }

  /** Handles one event; gives the answer's JSON. */
  String handle(Event event) throws Exception {
    return ProxyResponse.write(dispatcher.dispatch(event), json);
  }
}
