package dev.pinion.sim;

import java.util.Arrays;
import java.util.Optional;

/** Finds the app's own lines in a stack. */
final class AppLines {
  private AppLines() {}

  /** The innermost line of the app in a failure's stack, such as {@code Chat.java:15}. */
  static Optional<String> of(Throwable failure) {
    Optional<String> line =
        Arrays.stream(failure.getStackTrace()).filter(AppLines::apps).findFirst().map(AppLines::text);
    Throwable cause = failure.getCause();
    return line.isPresent() || cause == null ? line : of(cause);
  }

  /** The innermost line of the app that led to this call. */
  static Optional<String> here() {
    return StackWalker.getInstance()
        .walk(
            frames -> frames.map(StackWalker.StackFrame::toStackTraceElement).filter(AppLines::apps).findFirst())
        .map(AppLines::text);
  }

  private static boolean apps(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.")
        && !name.startsWith("jdk.")
        && !name.matches("dev\\.pinion\\.((spi|gateway|sim|json|cli)\\.)?[A-Z].*");
  }

  private static String text(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }
}
