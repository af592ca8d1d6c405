package dev.pinion.sim;

import java.util.List;

/** What became of a program that was to replace the one that runs: {@link Simulator#reload}. */
public sealed interface Reloaded {

  /**
   * The program runs: what began since then was handled by it.
   *
   * @param program its number, which is higher for each program of a run; the first has 1
   * @param changes what it declares otherwise than the one before, one line each, such as {@code webSocket 'chat':
   *     route 'say' was added}; empty when only code has changed
   */
  record Applied(long program, List<String> changes) implements Reloaded {
    public Applied {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Nothing has changed: the program before goes on.
   *
   * @param reasons the mistakes, each with file and line, what is wrong, and what to do
   */
  record Refused(List<String> reasons) implements Reloaded {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
