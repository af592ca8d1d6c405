package dev.pinion.sim;

import dev.pinion.spi.AppLines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stack trace of a failure as its reader needs it: where it was thrown, and the app's own frames; without those of
 * Pinion, the JDK and libraries in between and beneath. A failure without a frame of the app is shown whole, unless it
 * is Pinion's answer to what the app has done, such as a message that is too large, or the cause of one that has such a
 * frame.
 */
final class AppStack {
  private static final int MOST_FRAMES = 30;

  private final AppLines lines;

  AppStack(AppLines lines) {
    this.lines = lines;
  }

  /** Returns a failure and its causes as lines, starting with the failure's own message. */
  String of(Throwable failure) {
    try {
      return withCauses(failure);
    } catch (Throwable _) {
      return FailureText.logged(failure); // its cause or its stack cannot be had
    }
  }

  private String withCauses(Throwable failure) {
    List<String> text = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    String label = "";
    boolean found = false;
    for (@Nullable Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
      text.add(label + FailureText.logged(each));
      StackTraceElement[] stack = each.getStackTrace();
      boolean own = Stream.of(stack).anyMatch(lines::isApps);
      if (found && !own) shown(Stream.of(stack).limit(1).toList()).forEach(text::add);
      else if (!isAnswer(each, stack)) frames(stack).forEach(text::add);
      found |= own;
      for (Throwable suppressed : each.getSuppressed()) text.add("  suppressed: " + FailureText.logged(suppressed));
      label = "  caused by: ";
    }
    return String.join("\n", text);
  }

  private boolean isAnswer(Throwable failure, StackTraceElement[] stack) {
    boolean refuses =
        failure.getClass().getName().startsWith("dev.pinion.") || failure instanceof IllegalArgumentException;
    return refuses && stack.length > 0 && isPinions(stack[0]) && Stream.of(stack).noneMatch(lines::isApps);
  }

  /** Returns the stack of a thread that runs a handler, innermost frame first. */
  List<String> frames(StackTraceElement[] stack) {
    List<StackTraceElement> own = Stream.of(stack).filter(lines::isApps).toList();
    if (own.isEmpty()) return shown(List.of(stack));
    boolean thrownElsewhere = !stack[0].equals(own.getFirst()) && !isPinions(stack[0]);
    return shown(thrownElsewhere ? Stream.concat(Stream.of(stack[0]), own.stream()).toList() : own);
  }

  /** Returns where a thread is: the app's line, and what that calls; without a line of the app, what runs. */
  String position(StackTraceElement[] stack) {
    for (int i = 0; i < stack.length; i++) {
      if (!lines.isApps(stack[i])) continue;
      String line = stack[i].getFileName() + ":" + stack[i].getLineNumber();
      return i == 0 ? line : line + ", in " + called(stack[i - 1]);
    }
    return stack.length == 0 ? "" : called(stack[0]);
  }

  private static String called(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  private static List<String> shown(List<StackTraceElement> frames) {
    List<String> shown = new ArrayList<>();
    frames.stream().limit(MOST_FRAMES).forEach(frame -> shown.add("    at " + text(frame)));
    if (frames.size() > MOST_FRAMES) shown.add("    ... and " + (frames.size() - MOST_FRAMES) + " more");
    return shown;
  }

  private static boolean isPinions(StackTraceElement frame) {
    return frame.getClassName().startsWith("dev.pinion.");
  }

  /** The frame without its class loader and module, which say nothing about the app. */
  private static String text(StackTraceElement frame) {
    String file = frame.getFileName() == null ? "unknown source" : frame.getFileName();
    String line = frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "";
    return frame.getClassName() + "." + frame.getMethodName() + "(" + file + line + ")";
  }
}
