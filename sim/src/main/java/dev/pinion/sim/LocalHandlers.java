package dev.pinion.sim;

import dev.pinion.Authorization;
import dev.pinion.gateway.Authorized;
import dev.pinion.gateway.Integration;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.AuthorizerResult;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerStart;
import dev.pinion.spi.Response;
import dev.pinion.spi.WebSocketModel;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of a WebSocket. They run with the context class loader of their program: libraries look for classes
 * there, as on AWS. Any thread.
 */
final class LocalHandlers implements Integration {
  private final WebSocketModel webSocket;
  private final @Nullable ClassLoader loader;
  private final Dispatcher dispatcher;
  private final RecordCodec json;
  private final InstantSource clock;

  LocalHandlers(WebSocketModel webSocket, @Nullable ClassLoader loader, Run run) {
    this.webSocket = webSocket;
    this.loader = loader;
    dispatcher = new Dispatcher(webSocket, run.json, (route, why) -> run.log.warning(
        route.location().toString(),
        "a message does not fit the type of handler " + route.path() + ", and its client was"
            + " answered Bad request body: " + Log.safe(why)));
    json = run.json;
    clock = run.options.clock;
  }

  @Override
  public Response invoke(Event event) throws Exception {
    return invoke(event, HandlerStart.UNWATCHED);
  }

  @Override
  public Response invoke(Event event, HandlerStart start) throws Exception {
    return inProgram(() -> dispatcher.dispatch(event, start));
  }

  @Override
  public Authorized authorize(Event.Authorize event) throws Exception {
    long begun = clock.millis();
    AuthorizerModel authorizer = webSocket.access().authorizer().orElseThrow();
    Authorization decided = inProgram(() -> Dispatcher.dispatch(event.request(), authorizer, json));
    if (decided instanceof Authorization.Unauthorized) return new Authorized.Unknown();
    // What AWS would refuse as too long fails here.
    var _ = AuthorizerResult.write(decided, methodArn(event), json);
    return decided instanceof Authorization.Allow allowed
        ? new Authorized.Allowed(AuthorizerResult.context(allowed, clock.millis() - begun, json))
        : new Authorized.Denied();
  }

  private static String methodArn(Event.Authorize event) {
    return "arn:aws:execute-api:us-east-1:123456789012:" + event.connection().apiId() + "/" + event.connection().stage()
        + "/$connect";
  }

  private <T> T inProgram(Callable<T> call) throws Exception {
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(loader);
    try {
      return call.call();
    } finally {
      thread.setContextClassLoader(null); // whoever still refers to the thread keeps no program
    }
  }
}
