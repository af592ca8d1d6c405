package dev.pinion.sim;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * The text of a failure, up to some length. An exception of the app's may fail when it is printed, or have no text, or
 * have megabytes of it.
 */
final class FailureText {
  /** Of how many characters one is kept with what has failed. */
  private static final int MOST_KEPT = 1_000;
  /** Of how many characters one is written to the log. */
  private static final int MOST_LOGGED = 100_000;

  private FailureText() {}

  /** Returns what is kept with a message, a start or a change that has failed. */
  static String kept(Throwable failure) {
    return beginning(of(failure), MOST_KEPT);
  }

  /** Returns what people read, without the stack. */
  static String logged(Throwable failure) {
    return beginning(of(failure), MOST_LOGGED);
  }

  /** Returns a failure of Pinion itself with all of its stack, as far as it can be printed. */
  static String withStack(Throwable bug) {
    StringWriter text = new StringWriter();
    try {
      bug.printStackTrace(new PrintWriter(text, true));
    } catch (Throwable _) {
      return of(bug) + "\n" + text; // the message of a cause throws
    }
    return text.toString();
  }

  private static String of(Throwable failure) {
    String name = failure.getClass().getName();
    try {
      @Nullable String text = failure.toString();
      return text == null ? name : text;
    } catch (Throwable e) {
      return name + " (its toString throws " + e.getClass().getName() + ")";
    }
  }

  private static String beginning(String text, int most) {
    if (text.length() <= most) return text;
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + " ...";
  }
}
