package dev.pinion;

import dev.pinion.spi.SourceLocation;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when an app's definition has mistakes. The message lists all of them, each with its file and line. */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * One mistake.
   *
   * @param location the file and line in the user's sources
   * @param message which declaration is wrong, why, and what to do
   */
  public record Problem(SourceLocation location, String message) {
    @Override
    public String toString() {
      return location + ": " + message;
    }
  }

  DefinitionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All mistakes, in the order of the declarations. */
  public List<Problem> problems() {
    return problems;
  }
}
