package dev.pinion.inspect;

/**
 * The static initializers that a handler, or define, reaches. One that define has not run is interpreted, and never
 * run: beside a running app it would open its files and take its ports.
 */
final class Initialization {
  private final Types types;
  private final ClassFiles files;
  private final Execution execution;
  private final boolean all;

  /**
   * The initializers of a program.
   *
   * @param all whether those are interpreted too that define has run, as it is define that is followed
   */
  Initialization(Types types, ClassFiles files, Execution execution, boolean all) {
    this.types = types;
    this.files = files;
    this.execution = execution;
    this.all = all;
  }

  /** Follows the static initializers of a class and of those above it. */
  void initialize(Class<?> type) {
    if (!types.isApps(type)) return;
    for (Class<?> each : Types.supertypes(type).reversed()) {
      if (types.isApps(each) && (all || !isDone(each))) {
        files.initializer(each).ifPresent(code -> execution.invoke(code, java.util.List.of()));
      }
    }
  }

  /** Whether define has initialized a class, so that its static fields are what it has left behind. */
  boolean isDone(Class<?> type) {
    return types.loader().isInitialized(type);
  }
}
