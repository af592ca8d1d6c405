package dev.pinion.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the local tables and DynamoDB Local may differ, and why.
 *
 * <ul>
 * <li>Of several mistakes in one request, another may be told: any {@code ValidationException} is as good as another.
 * DynamoDB promises no order.
 * <li>DynamoDB Local refuses an expression that has more than 1 MB with its names and values. DynamoDB documents 2 MB
 * for all expressions of a request, and no less for one.
 * <li>Mistakes in a part of a transaction. DynamoDB cancels the transaction with the reason {@code ValidationError}
 * (API reference, {@code TransactWriteItems}, "Cancellation Reasons"), as the local tables do. DynamoDB Local refuses
 * some of these, such as an update of a path that is not there, with a {@code ValidationException} of the whole
 * request, and answers a read's with no reasons at all; and it asks the conditions before it sees that two parts name
 * one row.
 * </ul>
 */
final class Deviations {
  private static final String CANCELLED = "TransactionCanceledException: ";
  private static final Pattern EXPRESSION_SIZE =
      Pattern.compile("ValidationException: .*Expression size has exceeded .* expression size: (\\d+)");

  private Deviations() {}

  static boolean isSame(Operation operation, Object dynamoDbLocal, Object local) {
    return dynamoDbLocal.equals(local)
        || (isInvalid(dynamoDbLocal) && isInvalid(local))
        || isOverLocalLimit(dynamoDbLocal)
        || (operation.text().startsWith("transact")
            && isRefused(dynamoDbLocal)
            && isRefused(local)
            && (isInvalid(dynamoDbLocal) || isInvalid(local)));
  }

  private static boolean isOverLocalLimit(Object outcome) {
    Matcher size = EXPRESSION_SIZE.matcher(outcome.toString());
    return size.matches() && Long.parseLong(size.group(1)) > 1024 * 1024;
  }

  /** Whether a request, or a part of it, was found malformed. */
  private static boolean isInvalid(Object outcome) {
    String text = outcome.toString();
    return text.startsWith("ValidationException: ")
        || (text.startsWith(CANCELLED) && (text.contains("ValidationError") || text.equals(CANCELLED + "[]")));
  }

  private static boolean isRefused(Object outcome) {
    return isInvalid(outcome) || outcome.toString().startsWith(CANCELLED);
  }
}
