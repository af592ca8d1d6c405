package dev.pinion.awsclient;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call got no answer, or one that was damaged on its way. It may have been carried out all the same. */
public final class AwsUnreachableException extends AwsException {
  private static final long serialVersionUID = 1;

  private AwsUnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static AwsUnreachableException because(String host, IOException cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new AwsUnreachableException("no answer from " + host + ": " + why, cause);
  }

  static AwsUnreachableException noTime(String host, Duration left) {
    return new AwsUnreachableException(
        host + " was not called: " + Math.max(0, left.toMillis()) + " ms are left, which is too little", null);
  }

  /** Whether the call was not made at all, for lack of time. */
  public boolean outOfTime() {
    return getCause() == null;
  }

  @Override
  public boolean isThrottling() {
    return false;
  }
}
