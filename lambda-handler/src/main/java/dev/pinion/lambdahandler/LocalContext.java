package dev.pinion.lambdahandler;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.pinion.spi.RouteModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda would tell of an invocation, on the developer's machine: a function that is called as the route's path,
 * with the letters that Lambda allows, in an account of zeros.
 */
final class LocalContext implements Context {
  private final String name;
  private final int memory;
  private final Duration timeout;
  private final long start = System.nanoTime();
  private final String requestId = UUID.randomUUID().toString();

  LocalContext(RouteModel route) {
    name = route.path().replaceAll("[^a-zA-Z0-9_-]+", "-").replaceAll("^-|-$", "");
    memory = route.options().memory();
    timeout = route.options().timeout();
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + name;
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return name;
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:" + name + ":live";
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, timeout.toMillis() - Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return memory;
  }

  /** Writes to the standard output, where the local run shows what handlers print. */
  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        System.out.println(message.stripTrailing());
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
