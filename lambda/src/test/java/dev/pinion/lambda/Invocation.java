package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;

/** What Lambda's runtime tells a function of its invocation; keeps what the function logs. */
final class Invocation implements Context, LambdaLogger {
  private final StringBuilder log = new StringBuilder();
  private int remaining = 29_000;
  private String qualifier = "";

  /** Sets the remaining time, in milliseconds. */
  void remaining(int millis) {
    remaining = millis;
  }

  /** Sets the alias that is invoked. */
  void qualifier(String alias) {
    qualifier = ":" + alias;
  }

  /** What was logged, as it came. */
  String written() {
    return log.toString();
  }

  /** The messages of failures, each on a line, and their stacks. */
  String logged() {
    StringBuilder text = new StringBuilder();
    for (String line : log.toString().lines().toList()) {
      JsonObject failure = JsonParser.parseString(line).getAsJsonObject();
      text.append(failure.get("message").getAsString()).append('\n');
      if (failure.has("stack")) text.append(failure.get("stack").getAsString());
    }
    return text.toString();
  }

  @Override
  public void log(String message) {
    log.append(message);
  }

  @Override
  public void log(byte[] message) {
    log(new String(message, StandardCharsets.UTF_8));
  }

  @Override
  public LambdaLogger getLogger() {
    return this;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return remaining;
  }

  @Override
  public String getAwsRequestId() {
    return "6a1f0b0e-5d2c-4a1e-9d0b-3f7e2c1d4b5a";
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/telling-connect";
  }

  @Override
  public String getLogStreamName() {
    return "2024/11/11/[1]a";
  }

  @Override
  public String getFunctionName() {
    return "telling-connect";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:eu-central-1:111122223333:function:telling-connect" + qualifier;
  }

  @Override
  public CognitoIdentity getIdentity() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ClientContext getClientContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }
}
