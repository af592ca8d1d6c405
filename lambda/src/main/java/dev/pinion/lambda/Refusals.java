package dev.pinion.lambda;

import dev.pinion.BadRequestException;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.ForbiddenException;
import dev.pinion.LimitExceededException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.ServiceException;
import dev.pinion.TransactionCanceledException;
import dev.pinion.TransactionCanceledException.Reason;
import dev.pinion.ValidationException;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;

/** What AWS refused, as Pinion's exceptions. Faults of the network or of AWS stay what they are. */
final class Refusals {
  private Refusals() {}

  /** What DynamoDB threw, after the retries. */
  static RuntimeException dynamoDb(SdkException e) {
    if (e instanceof software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException cancelled) {
      return because(new TransactionCanceledException(reasons(cancelled.cancellationReasons())), e);
    }
    if (!(e instanceof AwsServiceException refused)) {
      return e;
    }
    String message = message(refused);
    return switch (code(refused)) {
      case "ConditionalCheckFailedException" -> because(new ConditionalCheckFailedException(message), e);
      case "ValidationException", "IdempotentParameterMismatchException" ->
          because(new ValidationException(message), e);
      case "AccessDeniedException" -> because(new ForbiddenException(message), e);
      default -> Retries.throttled(e) ? because(new LimitExceededException(message), e) : e;
    };
  }

  private static List<Reason> reasons(List<CancellationReason> reasons) {
    return reasons.stream()
        .map(reason -> new Reason(reason.code(), Objects.requireNonNullElse(reason.message(), "")))
        .toList();
  }

  /** What the management API threw, after the retries; not for a connection that is gone. */
  static RuntimeException management(SdkException e) {
    if (!(e instanceof AwsServiceException refused)) {
      return e;
    }
    String message = message(refused);
    return switch (refused.statusCode()) {
      case 400 -> because(new BadRequestException(message), e);
      case 403 -> because(new ForbiddenException(message), e);
      case 413 -> because(new PayloadTooLargeException(message), e);
      case 429 -> because(new LimitExceededException(message), e);
      default -> e;
    };
  }

  /** AWS's name of the refusal; empty for an answer that has none, such as a proxy's. */
  static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null ? "" : Objects.requireNonNullElse(e.awsErrorDetails().errorCode(), "");
  }

  private static String message(AwsServiceException e) {
    String aws = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return Objects.requireNonNullElse(aws, String.valueOf(e.getMessage()));
  }

  private static ServiceException because(ServiceException ours, SdkException cause) {
    ours.initCause(cause);
    return ours;
  }
}
