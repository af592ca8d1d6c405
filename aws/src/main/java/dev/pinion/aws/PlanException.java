package dev.pinion.aws;

import java.util.List;

/** An app cannot be on AWS as it is: a user's mistake. The message lists every problem, each with file and line. */
public final class PlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that reports all problems, each with file and line. */
  public PlanException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
