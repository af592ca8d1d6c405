package dev.pinion.lambdahandler;

import dev.pinion.Connection;
import dev.pinion.RequestHandler;
import org.jspecify.annotations.Nullable;

/** A class that was written for AWS Lambda, whose answer has a body for the client; see {@link LambdaHandler}. */
public final class LambdaReply extends LambdaRoute implements RequestHandler<String> {
  LambdaReply(Class<?> type) {
    super(type);
  }

  @Override
  public @Nullable Object handle(Connection connection, String body) {
    throw new UnsupportedOperationException("it takes events");
  }
}
