package dev.pinion.lambdahandler;

import dev.pinion.ClosedConnection;
import dev.pinion.ConnectHandler;
import dev.pinion.Connection;
import dev.pinion.DisconnectHandler;
import dev.pinion.MessageHandler;
import dev.pinion.OpeningConnection;

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
public final class LambdaHandler extends LambdaRoute
    implements ConnectHandler, DisconnectHandler, MessageHandler<String> {
  private LambdaHandler(Class<?> type) {
    super(type);
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
    return new LambdaHandler(type);
  }

  /**
   * Takes a class as the handler of {@code onRequest}: the body of its answer is sent to the client.
   *
   * @param type as for {@link #of}
   * @throws IllegalArgumentException if it is not such a class
   */
  public static LambdaReply replying(Class<?> type) {
    return new LambdaReply(type);
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
}
