package dev.pinion.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a program threw, told with the user's own lines only. */
final class UserStack {
  private UserStack() {}

  /** Whether the program's own code is among the callers of what threw. */
  static boolean isFrom(ProgramLoader loader, Throwable thrown) {
    for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
      if (lines(loader, each).findAny().isPresent()) return true;
    }
    return false;
  }

  /** The message, the place, and the lines of the program that led there. */
  static String describe(ProgramLoader loader, Throwable thrown) {
    List<String> text = new ArrayList<>();
    text.add("error: the app's define threw " + thrown);
    lines(loader, thrown).forEach(frame -> text.add("    at " + line(frame)));
    for (@Nullable Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      text.add("  because of " + cause);
      lines(loader, cause).forEach(frame -> text.add("    at " + line(frame)));
    }
    String place = lines(loader, thrown).findFirst()
        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber() + ": ")
        .orElse("");
    return place + String.join("\n", text);
  }

  private static String line(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber()
        + ")";
  }

  private static Stream<StackTraceElement> lines(ProgramLoader loader, Throwable thrown) {
    return Stream.of(thrown.getStackTrace()).filter(frame -> loader.own().contains(frame.getClassName()));
  }
}
