package dev.pinion.lambdahandler;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.ClosedConnection;
import dev.pinion.ConnectHandler;
import dev.pinion.Connection;
import dev.pinion.DisconnectHandler;
import dev.pinion.MessageHandler;
import dev.pinion.OpeningConnection;
import dev.pinion.spi.Event;
import dev.pinion.spi.EventHandler;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;

/**
 * A class that was written for AWS Lambda, as the handler of a WebSocket's route, unchanged: {@code ws.onRoute("join",
 * LambdaHandler.of(JoinHandler.class))}. On AWS it gets the event and the context as Lambda passes them, and its answer
 * goes to API Gateway as it is. Locally it gets the same event, as API Gateway would write it, and a context.
 *
 * <p>Its instance is created with the first event, and lives as long as the process. It may be called concurrently on
 * the developer's machine, and never on AWS, where each instance of a function has its own.
 *
 * <p>Such a class calls AWS by its own client: what it needs there is in its function's role if the handler's options
 * allow it, such as {@code allow(ws, "POST")} for sends to connections.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">Lambda: handlers in Java</a>
 */
public final class LambdaHandler implements EventHandler, ConnectHandler, DisconnectHandler, MessageHandler<String> {
  private final HandlerClass handler;

  private LambdaHandler(HandlerClass handler) {
    this.handler = handler;
  }

  /**
   * Takes a class as the handler of {@code $connect}, {@code $disconnect}, or a route without a response: on AWS, the
   * body of its answer reaches nobody there.
   *
   * @param type a class that implements Lambda's {@code RequestHandler} or {@code RequestStreamHandler} and has a
   *     constructor without parameters
   * @throws IllegalArgumentException if it is not such a class
   */
  public static LambdaHandler of(Class<?> type) {
    return new LambdaHandler(HandlerClass.of(type));
  }

  /**
   * Takes a class as the handler of {@code onRequest}: the body of its answer is sent to the client.
   *
   * @param type as for {@link #of}
   * @throws IllegalArgumentException if it is not such a class
   */
  public static LambdaReply replying(Class<?> type) {
    return new LambdaReply(HandlerClass.of(type));
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
  public void handle(OpeningConnection connection) {
    throw new UnsupportedOperationException("it takes events");
  }

  @Override
  public void handle(ClosedConnection connection) {
    throw new UnsupportedOperationException("it takes events");
  }

  @Override
  public void handle(Connection connection, String body) {
    throw new UnsupportedOperationException("it takes events");
  }

  @Override
  public String toString() {
    return handler.toString();
  }
}
