package dev.pinion.lambdahandler;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.Connection;
import dev.pinion.RequestHandler;
import dev.pinion.spi.Event;
import dev.pinion.spi.EventHandler;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import org.jspecify.annotations.Nullable;

/** A class that was written for AWS Lambda, whose answer has a body for the client; see {@link LambdaHandler}. */
public final class LambdaReply implements EventHandler, RequestHandler<String> {
  private final HandlerClass handler;

  LambdaReply(HandlerClass handler) {
    this.handler = handler;
  }

  @Override
  public Class<?> type() {
    return handler.type();
  }

  @Override
  public Response handle(Event event, RouteModel route) throws Exception {
    return handler.handle(event, route);
  }

  @Override
  public String handle(String event, Object context) throws Exception {
    return handler.handle(event, (Context) context);
  }

  @Override
  public @Nullable Object handle(Connection connection, String body) {
    throw new UnsupportedOperationException("it takes events");
  }

  @Override
  public String toString() {
    return handler.toString();
  }
}
