package dev.pinion.spi;

import java.util.List;

/** A Java type that is not supported in messages. Each problem names the type and what to use instead. */
public final class UnsupportedTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Creates an exception with at least one problem. */
  public UnsupportedTypeException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns all problems, in the order of the components. */
  public List<String> problems() {
    return problems;
  }
}
