package dev.pinion.sim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The program of a running simulator, and what keeps a later one from replacing it. Immutable.
 *
 * @param program the number of the program that runs; the first has 1
 * @param since when it began to handle what clients send
 * @param changes what it declares otherwise than the one before
 * @param problem the mistakes of a program that was to replace it, such as the compiler's message; empty once they are
 *     mended
 * @param retired the programs before it that still run, one line for each handler or thread
 */
public record ProgramStatus(
    long program, Instant since, List<String> changes, Optional<String> problem, List<String> retired) {
  public ProgramStatus {
    changes = List.copyOf(changes);
    retired = List.copyOf(retired);
  }
}
