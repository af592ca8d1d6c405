package dev.pinion;

import dev.pinion.DefinitionException.Problem;
import dev.pinion.spi.Platform;
import dev.pinion.spi.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state that all resources of an app share. While the app declares, it collects mistakes. Once the app is bound, it
 * passes calls that act to the platform.
 */
final class Binding {
  private final List<Problem> problems = new ArrayList<>();
  private final SharedFunctions functions = new SharedFunctions();
  private final boolean compiled;
  private boolean frozen;
  private volatile @Nullable Platform platform;

  /**
   * Creates the state of one app.
   *
   * @param compiled whether the app was checked when it was compiled, so that expensive checks need not be repeated
   */
  Binding(boolean compiled) {
    this.compiled = compiled;
  }

  boolean isCompiled() {
    return compiled;
  }

  SharedFunctions functions() {
    return functions;
  }

  /** Checks that the app still declares, and returns the user's line. */
  SourceLocation declare(String call) {
    SourceLocation location = Callers.location();
    if (frozen) {
      throw new PhaseException(
          location
              + ": "
              + call
              + " declares, but define has returned and only define may declare: move it there");
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
      throw new IllegalStateException("a definition must be complete, and is bound only once");
    }
    platform = target;
  }

  /** Returns the platform for a call that acts. */
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
