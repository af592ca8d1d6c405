package dev.pinion.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes an exception from a program's code, with the program's own stack frames only. */
final class UserStack {
  /** An endless recursion has a thousand. */
  private static final int MOST_LINES = 20;

  /** Where this machine has no region, the AWS SDK fails with a long message that says so. */
  private static final String REGION = "  Lambda gives each function its region. Give the app one here too, before the"
      + " command: AWS_REGION=us-east-1";

  private UserStack() {}

  /** Returns whether the program's code is on the stack of an exception or of its causes. */
  static boolean isFrom(ProgramLoader loader, Throwable thrown) {
    for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
      if (lines(loader, each).findAny().isPresent()) return true;
    }
    return false;
  }

  /** Returns message, place and the program's own stack frames. */
  static String describe(ProgramLoader loader, Throwable raised) {
    Throwable thrown =
        raised instanceof ExceptionInInitializerError wrapped && wrapped.getCause() != null ? wrapped.getCause()
            : raised;
    List<StackTraceElement> frames = lines(loader, thrown).toList();
    List<String> text = new ArrayList<>();
    text.add(place(frames) + "error: the app's " + caller(frames) + " threw " + thrown);
    add(text, frames);
    if (String.valueOf(thrown.getMessage()).startsWith("Unable to load region")) text.add(REGION);
    for (@Nullable Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      text.add("  caused by " + cause);
      add(text, lines(loader, cause).toList());
    }
    return String.join("\n", text);
  }

  private static String place(List<StackTraceElement> frames) {
    return frames.isEmpty() ? "" : frames.getFirst().getFileName() + ":" + frames.getFirst().getLineNumber() + ": ";
  }

  /** Returns which part of the app was called. */
  private static String caller(List<StackTraceElement> frames) {
    return switch (frames.isEmpty() ? "" : frames.getLast().getMethodName()) {
      case "<clinit>" -> "static initializer";
      case "<init>" -> "constructor";
      default -> "define";
    };
  }

  /** Returns where a thread is that runs the program: its innermost line, and which part of the app was called. */
  static String position(ProgramLoader loader, StackTraceElement... stack) {
    List<StackTraceElement> frames = lines(loader, stack).toList();
    return place(frames) + "the app's " + caller(frames);
  }

  private static void add(List<String> text, List<StackTraceElement> frames) {
    frames.stream().limit(MOST_LINES).forEach(frame -> text.add("    at " + line(frame)));
    if (frames.size() > MOST_LINES) text.add("    ... and " + (frames.size() - MOST_LINES) + " more");
  }

  private static String line(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber()
        + ")";
  }

  private static Stream<StackTraceElement> lines(ProgramLoader loader, Throwable thrown) {
    return lines(loader, thrown.getStackTrace());
  }

  private static Stream<StackTraceElement> lines(ProgramLoader loader, StackTraceElement... stack) {
    return Stream.of(stack).filter(frame -> loader.own().contains(frame.getClassName()));
  }
}
