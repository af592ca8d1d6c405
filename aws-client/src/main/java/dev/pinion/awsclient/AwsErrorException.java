package dev.pinion.awsclient;

import java.util.Set;

/** AWS answered a call with an error. */
public final class AwsErrorException extends AwsException {
  private static final long serialVersionUID = 1;

  private static final Set<String> THROTTLING =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "ProvisionedThroughputExceededException",
          "SlowDown",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "EC2ThrottledException",
          "LimitExceededException",
          "TransactionInProgressException");

  private final int statusCode;
  private final String code;
  private final String errorMessage;
  private final String body;

  AwsErrorException(int statusCode, String code, String errorMessage, String body) {
    super(
        (code.isEmpty() ? "" : code + ": ") + (errorMessage.isEmpty() ? "no message" : errorMessage) + " (status "
            + statusCode + ")",
        null);
    this.statusCode = statusCode;
    this.code = code;
    this.errorMessage = errorMessage;
    this.body = body;
  }

  /** This error, as the end of a call whose later attempts failed otherwise. */
  AwsErrorException after(AwsException last) {
    attempts(last.attempts());
    addSuppressed(last);
    return this;
  }

  /** The HTTP status. */
  public int statusCode() {
    return statusCode;
  }

  /** AWS's name of the error, such as {@code ValidationException}; empty for an answer that names none. */
  public String code() {
    return code;
  }

  /** AWS's own message; empty when there was none. */
  public String errorMessage() {
    return errorMessage;
  }

  /** The whole answer, as text. */
  public String body() {
    return body;
  }

  /** Whether AWS throttled the call, by its code or by status 429. */
  @Override
  public boolean isThrottling() {
    return statusCode == 429 || THROTTLING.contains(code);
  }
}
