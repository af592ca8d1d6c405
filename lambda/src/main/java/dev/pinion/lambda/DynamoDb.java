package dev.pinion.lambda;

import dev.pinion.awsclient.AwsClient;
import dev.pinion.awsclient.AwsErrorException;
import dev.pinion.awsclient.AwsException;
import dev.pinion.awsclient.AwsService;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Calls DynamoDB's operations, and converts its errors to Pinion's exceptions. Any thread. */
record DynamoDb(AwsClient client) {
  /** Reasons for canceling a transaction that are temporary. Nothing of the transaction was done. */
  private static final Set<String> PASSING =
      Set.of("None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded");

  /**
   * Calls an operation until it succeeds or must not be repeated.
   *
   * @throws dev.pinion.ServiceException if DynamoDB refuses it or cannot be reached
   */
  DynamoDbReply call(String operation, RequestWriter.Content content) {
    try {
      return DynamoDbReply.read(
          client.call(
              AwsService.DYNAMODB, client.region(), operation, RequestWriter.bytes(content), DynamoDb::isPassing));
    } catch (AwsException e) {
      throw Refusals.dynamoDb(e);
    } catch (IOException e) {
      throw Refusals.unreadable(e);
    }
  }

  /** Whether an error is temporary, although AWS's SDKs do not repeat the call. */
  private static boolean isPassing(AwsErrorException e) {
    return switch (e.code()) {
      case "TransactionConflictException", "ReplicatedWriteConflictException" -> true;
      case "TransactionCanceledException" -> {
        List<String> codes = Refusals.reasons(e).stream().map(reason -> reason.code()).toList();
        yield !codes.isEmpty() && PASSING.containsAll(codes) && !Set.of("None").containsAll(codes);
      }
      default -> false;
    };
  }
}
