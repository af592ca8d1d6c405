package dev.pinion.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.pinion.BadRequestException;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.ForbiddenException;
import dev.pinion.LimitExceededException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.ServiceException;
import dev.pinion.ServiceUnavailableException;
import dev.pinion.TransactionCanceledException;
import dev.pinion.TransactionCanceledException.Reason;
import dev.pinion.ValidationException;
import dev.pinion.awsclient.AwsErrorException;
import dev.pinion.awsclient.AwsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Converts AWS's errors to Pinion's exceptions. */
final class Refusals {
  private Refusals() {}

  /** Converts the final error of a call to DynamoDB. */
  static ServiceException dynamoDb(AwsException e) {
    if (!(e instanceof AwsErrorException error)) {
      return unavailable("DynamoDB", e);
    }
    String message = message(error);
    return switch (error.code()) {
      case "TransactionCanceledException" -> because(new TransactionCanceledException(reasons(error)), e);
      case "ConditionalCheckFailedException" -> because(new ConditionalCheckFailedException(message), e);
      case "ValidationException", "IdempotentParameterMismatchException" ->
          because(new ValidationException(message), e);
      case "AccessDeniedException" -> because(new ForbiddenException(message), e);
      case "TransactionConflictException" -> because(new LimitExceededException(message), e);
      default ->
          e.isThrottling() ? because(new LimitExceededException(message), e) : unavailable("DynamoDB", e);
    };
  }

  /** Converts the final error of a call to SQS. */
  static ServiceException sqs(AwsException e) {
    if (!(e instanceof AwsErrorException error)) return unavailable("SQS", e);
    String message = message(error);
    return switch (error.code()) {
      case "InvalidMessageContents", "InvalidParameterValue", "InvalidParameterValueException",
          "MissingParameter", "UnsupportedOperation", "InvalidAddress" ->
          because(new ValidationException(message), e);
      case "AccessDenied", "AccessDeniedException", "KmsAccessDenied", "InvalidSecurity" ->
          because(new ForbiddenException(message), e);
      case "QueueDoesNotExist" -> because(new ServiceUnavailableException("the queue does not exist: " + message), e);
      default -> e.isThrottling() ? because(new LimitExceededException(message), e) : unavailable("SQS", e);
    };
  }

  /** Converts a response that does not come from DynamoDB. */
  static ServiceException unreadable(IOException e) {
    return because(new ServiceUnavailableException(String.valueOf(e.getMessage())), e);
  }

  /** Converts an unexpected failure, which becomes the cause. */
  static ServiceException unexpected(Throwable e) {
    return because(new ServiceUnavailableException("the post failed: " + e), e);
  }

  /** Reads why each part of a transaction failed; empty if the answer does not contain it. */
  static List<Reason> reasons(AwsErrorException error) {
    List<Reason> reasons = new ArrayList<>();
    try {
      JsonObject all = JsonParser.parseString(error.body()).getAsJsonObject();
      if (all.get("CancellationReasons") instanceof JsonArray each) {
        for (JsonElement reason : each) {
          reasons.add(new Reason(text(reason, "Code", "None"), text(reason, "Message", "")));
        }
      }
      return reasons;
    } catch (JsonParseException | IllegalStateException _) {
      return List.of(); // a body that is not JSON has none
    }
  }

  private static String text(JsonElement object, String name, String otherwise) {
    JsonElement value = object.getAsJsonObject().get(name);
    return value == null || value.isJsonNull() ? otherwise : value.getAsString();
  }

  /** Converts the final error of a call to the management API, except for a connection that is gone. */
  static ServiceException management(AwsException e) {
    if (!(e instanceof AwsErrorException error)) {
      return unavailable("the management API", e);
    }
    String message = message(error);
    return switch (error.statusCode()) {
      case 400 -> because(new BadRequestException(message), e);
      case 403 -> because(new ForbiddenException(message), e);
      case 413 -> because(new PayloadTooLargeException(message), e);
      case 429 -> because(new LimitExceededException(message), e);
      default -> unavailable("the management API", e);
    };
  }

  /** Converts the final error of a call to a service that starts tasks. */
  static ServiceException service(String name, AwsException e) {
    if (!(e instanceof AwsErrorException error)) {
      return unavailable(name, e);
    }
    String message = message(error);
    if (e.isThrottling() || error.code().equals("RecursiveInvocationException")) {
      return because(new LimitExceededException(message), e);
    }
    return switch (error.statusCode()) {
      case 400 -> because(new BadRequestException(message), e);
      case 403 -> because(new ForbiddenException(message), e);
      case 413 -> because(new PayloadTooLargeException(message), e);
      default -> unavailable(name, e);
    };
  }

  private static ServiceException unavailable(String who, AwsException e) {
    String times = e.attempts() == 1 ? "" : ", after " + e.attempts() + " attempts";
    return because(new ServiceUnavailableException(who + " failed" + times + ": " + e.getMessage()), e);
  }

  private static String message(AwsErrorException e) {
    return e.errorMessage().isEmpty() ? String.valueOf(e.getMessage()) : e.errorMessage();
  }

  private static ServiceException because(ServiceException ours, Throwable cause) {
    ours.initCause(cause);
    return ours;
  }
}
