package dev.pinion.awsclient;

import org.jspecify.annotations.Nullable;

/** A call to AWS that failed, after all attempts. */
public abstract sealed class AwsException extends RuntimeException permits AwsErrorException, AwsUnreachableException {
  private static final long serialVersionUID = 1;

  private int attempts = 1;

  AwsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** How often the call was made. */
  public int attempts() {
    return attempts;
  }

  void attempts(int number) {
    attempts = number;
  }

  /** Whether AWS throttled the call. */
  public abstract boolean isThrottling();
}
