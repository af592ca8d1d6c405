package dev.pinion;

import dev.pinion.spi.SourceLocation;
import java.util.Set;

/** Finds the line of the user's code that called the API. */
final class Callers {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final Set<String> OURS = Set.of("dev.pinion", "dev.pinion.spi");

  private Callers() {}

  /** The innermost line that is in neither Pinion nor the JDK. */
  static SourceLocation location() {
    return WALKER.walk(
        frames -> frames
            .filter(frame -> users(frame.getDeclaringClass().getPackageName()))
            .findFirst()
            .map(Callers::location)
            .orElseGet(() -> new SourceLocation("unknown", 0)));
  }

  private static boolean users(String packageName) {
    return !OURS.contains(packageName)
        && !packageName.startsWith("java.")
        && !packageName.startsWith("jdk.");
  }

  private static SourceLocation location(StackWalker.StackFrame frame) {
    String file = frame.toStackTraceElement().getFileName();
    return new SourceLocation(
        file == null ? frame.getDeclaringClass().getName() : file, frame.getLineNumber());
  }
}
