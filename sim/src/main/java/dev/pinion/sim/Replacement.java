package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A program that is to replace the one that runs, whose {@code define} has run: {@link Simulator#prepare}. */
public final class Replacement {
  private final App app;
  private final Optional<Definition> definition;
  private final List<String> mistakes;
  private final Set<Long> others;

  /**
   * A program that is ready to replace another.
   *
   * @param definition what it declares; empty if {@code define} has failed
   * @param mistakes why
   * @param others the threads that were there before
   */
  Replacement(App app, Optional<Definition> definition, List<String> mistakes, Set<Long> others) {
    this.app = app;
    this.definition = definition;
    this.mistakes = List.copyOf(mistakes);
    this.others = Set.copyOf(others);
  }

  App app() {
    return app;
  }

  Optional<Definition> definition() {
    return definition;
  }

  List<String> mistakes() {
    return mistakes;
  }

  Set<Long> others() {
    return others;
  }
}
