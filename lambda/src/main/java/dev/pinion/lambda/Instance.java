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

/** The app in one instance of a function, which runs one of its handlers. Any thread. */
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
   * Creates the app, runs its {@code define}, and binds it.
   *
   * @throws dev.pinion.DefinitionException if the definition has mistakes
   * @throws IllegalArgumentException if the app cannot be loaded, or does not declare the handler
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
            + "': the function's code and its environment are from different versions; compile and deploy again");
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
      throw new IllegalArgumentException(
          FunctionVariables.APP + " names " + name + ", which cannot be loaded as an app: " + e, e);
    }
  }

  RouteModel route() {
    return route;
  }

  /** Returns the app's line that caused a failure, or else the line that declares the handler. */
  String line(Throwable failure) {
    return lines.in(failure).orElseGet(() -> route.location().toString());
  }

  /**
   * Reads API Gateway's JSON.
   *
   * @throws IllegalArgumentException if it is not an event of this route
   */
  Event read(String text) {
    Event event = ProxyEvent.read(text, json);
    if (!event.routeKey().equals(environment.routeKey())) {
      throw new IllegalArgumentException(
          "an event of route '" + event.routeKey() + "' was sent to the function of handler '" + environment.handler()
              + "': the route's integration invokes the wrong function");
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

  /** Handles one event, and returns the answer as JSON. */
  String handle(Event event) throws Exception {
    return ProxyResponse.write(dispatcher.dispatch(event), json);
  }
}
