package dev.pinion.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the app's own lines in a stack, for a platform's log. */
public final class AppLines {
  private static final List<String> OTHERS =
      List.of("java.", "jdk.", "sun.", "com.google.gson.", "software.amazon.awssdk.", "com.amazonaws.services.lambda.");

  private AppLines() {}

  /** The innermost line of the app in a failure's stack, such as {@code Chat.java:15}. */
  public static Optional<String> of(Throwable failure) {
    Optional<String> line =
        Arrays.stream(failure.getStackTrace()).filter(AppLines::apps).findFirst().map(AppLines::text);
    Throwable cause = failure.getCause();
    return line.isPresent() || cause == null ? line : of(cause);
  }

  /** The innermost line of the app that led to this call. */
  public static Optional<String> here() {
    return StackWalker.getInstance()
        .walk(
            frames -> frames.map(StackWalker.StackFrame::toStackTraceElement).filter(AppLines::apps).findFirst())
        .map(AppLines::text);
  }

  private static boolean apps(StackTraceElement frame) {
    String name = frame.getClassName();
    return OTHERS.stream().noneMatch(name::startsWith)
        && !name.matches("dev\\.pinion\\.((spi|gateway|sim|json|cli|lambda)\\.)?[A-Z].*");
  }

  private static String text(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }
}
