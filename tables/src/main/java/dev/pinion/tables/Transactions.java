package dev.pinion.tables;

import dev.pinion.TransactionCanceledException;
import dev.pinion.TransactionCanceledException.Reason;
import dev.pinion.ValidationException;
import dev.pinion.spi.Read;
import dev.pinion.spi.TableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What transactions and batches have in common: their sizes, each row once, and all or nothing. */
final class Transactions {
  /** The refusal of a transaction that names a row twice. */
  static final String ONE_ROW_TWICE =
      "Transaction request cannot include multiple operations on one item";

  private static final int BYTES_LIMIT = 4 * 1024 * 1024;
  private static final int PARTS_LIMIT = 100;
  private static final Comparator<byte[]> UNSIGNED = Arrays::compareUnsigned;

  private Transactions() {}

  /** Refuses a transaction of no parts, or of more than a hundred. */
  static void parts(int parts) {
    if (parts < 1 || parts > PARTS_LIMIT) {
      throw new ValidationException(
          "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: "
              + "Member must have length "
              + (parts < 1
                  ? "greater than or equal to 1"
                  : "less than or equal to " + PARTS_LIMIT));
    }
  }

  /** Refuses rows of more than 4 MB together. */
  static void bytes(long bytes) {
    if (bytes > BYTES_LIMIT) {
      throw new ValidationException("Transaction payload size cannot exceed 4MB.");
    }
  }

  /** Cancels a transaction of reads that have keys which do not fit their tables. */
  static void keys(List<Read> reads, Snapshot snapshot) {
    List<Reason> reasons = new ArrayList<>();
    for (Read read : reads) {
      try {
        var _ = KeyCheck.key(snapshot.table(read.table()).layout(), read.key());
        reasons.add(Reason.NONE);
      } catch (ValidationException e) {
        reasons.add(new Reason("ValidationError", String.valueOf(e.getMessage())));
      }
    }
    if (reasons.stream().anyMatch(reason -> !reason.equals(Reason.NONE))) {
      throw new TransactionCanceledException(reasons);
    }
  }

  /** The rows of a request, to find one that is named twice. */
  static final class Distinct {
    private final Map<String, Set<byte[]>> seen = new HashMap<>();
    private final String refusal;

    Distinct(String refusal) {
      this.refusal = refusal;
    }

    void add(TableModel table, byte[] key) {
      if (!seen.computeIfAbsent(table.id(), _ -> new TreeSet<>(UNSIGNED)).add(key)) {
        throw new ValidationException(refusal);
      }
    }
  }

  /** The attempt to do all steps of a transaction. Used by the committing thread, then by the one that asked. */
  static final class Attempt {
    private final List<WriteStep.Done> parts = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();

    /** Adds all steps to a pending write; returns whether each of them can be done. */
    boolean of(List<WriteStep> steps, UncommittedWrite pending) {
      for (WriteStep step : steps) {
        try {
          WriteStep.Done done = step.attempt(pending);
          parts.add(done);
          reasons.add(done.met() ? Reason.NONE : new Reason("ConditionalCheckFailed", WriteStep.NOT_MET));
        } catch (ValidationException e) {
          parts.add(new WriteStep.Done(null, null, false));
          reasons.add(new Reason("ValidationError", String.valueOf(e.getMessage())));
        }
      }
      return reasons.stream().allMatch(reason -> reason.equals(Reason.NONE));
    }

    /** Returns what each step has done. */
    List<WriteStep.Done> parts() {
      return parts;
    }

    /** Returns why each step could not be done. */
    List<Reason> reasons() {
      return reasons;
    }
  }
}
