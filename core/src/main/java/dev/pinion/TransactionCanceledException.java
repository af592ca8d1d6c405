package dev.pinion;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when at least one part of a transaction could not be done; nothing was read or written. */
public final class TransactionCanceledException extends ServiceException {
  private static final long serialVersionUID = 1L;

  private final transient List<Reason> reasons;

  /**
   * Why one part failed.
   *
   * @param code AWS's code: {@code None} for a part that did not fail, {@code ConditionalCheckFailed}, {@code
   *     TransactionConflict}, {@code ValidationError} and others
   * @param message AWS's message, empty for {@code None}
   */
  public record Reason(String code, String message) {
    /** The reason of a part that did not fail. */
    public static final Reason NONE = new Reason("None", "");
  }

  /** Creates an exception with a reason for each part, in the order of the parts. */
  public TransactionCanceledException(List<Reason> reasons) {
    super(
        "Transaction cancelled, please refer cancellation reasons for specific reasons "
            + reasons.stream().map(Reason::code).collect(Collectors.joining(", ", "[", "]")));
    this.reasons = List.copyOf(reasons);
  }

  /** One reason for each part, in the order of the parts. */
  public List<Reason> reasons() {
    return reasons;
  }
}
