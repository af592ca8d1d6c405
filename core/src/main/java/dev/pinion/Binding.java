package dev.pinion;

import dev.pinion.DefinitionException.Problem;
import dev.pinion.spi.Platform;
import dev.pinion.spi.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The border between an app's two phases, shared by all its resources: mistakes are collected while it declares, and
 * calls that act reach the platform once it is bound.
 */
final class Binding {
  private final List<Problem> problems = new ArrayList<>();
  private final boolean compiled;
  private boolean frozen;
  private volatile @Nullable Platform platform;

  /**
   * Creates the border of one app.
   *
   * @param compiled whether the app was checked when it was compiled, so that what costs time need not be checked again
   */
  Binding(boolean compiled) {
    this.compiled = compiled;
  }

  boolean isCompiled() {
    return compiled;
  }

  /** Checks that a declaring call comes in time; gives the user's line. */
  SourceLocation declare(String call) {
    SourceLocation location = Callers.location();
    if (frozen) {
      throw new PhaseException(
          location
              + ": "
              + call
              + " declares, which only define may do, and define is over: move it there");
    }
    return location;
  }

  void problem(SourceLocation location, String message) {
    problems.add(new Problem(location, message));
  }

  /** Ends the declaring phase. */
  void freeze() {
    frozen = true;
    if (!problems.isEmpty()) {
      throw new DefinitionException(problems);
    }
  }

  void bind(Platform target) {
    if (!frozen || platform != null) {
      throw new IllegalStateException("a definition is bound once, after it is complete");
    }
    platform = target;
  }

  /** The platform, for a call that acts. */
  Platform platform(String call) {
    Platform bound = platform;
    if (bound == null) {
      throw new PhaseException(
          Callers.location()
              + ": "
              + call
              + " acts, but define only declares and the app does not run yet: move it into a"
              + " handler");
    }
    return bound;
  }
}
