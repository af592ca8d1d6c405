package dev.pinion.lambdahandler;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.spi.Event;
import dev.pinion.spi.EventHandler;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;

/** A class that was written for AWS Lambda, as the handler of a route. */
abstract sealed class LambdaRoute implements EventHandler permits LambdaHandler, LambdaReply {
  private final HandlerClass handler;

  LambdaRoute(Class<?> type) {
    handler = HandlerClass.of(type);
  }

  @Override
  public final Class<?> type() {
    return handler.type();
  }

  @Override
  public final Response handle(Event event, RouteModel route, JsonCodec json) throws Exception {
    return handler.handle(event, route, json);
  }

  @Override
  public final String handle(String event, Object context) throws Exception {
    return handler.handle(event, (Context) context);
  }

  @Override
  public final String toString() {
    return handler.toString();
  }
}
