package dev.pinion.inspect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was thrown while an app was inspected in a process of its own, with its stack trace. */
public final class InspectedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String text;
  private final boolean mistake;

  InspectedException(
      String text, @Nullable String message, boolean mistake, List<StackTraceElement> frames,
      @Nullable InspectedException cause) {
    super(message, cause);
    this.text = text;
    this.mistake = mistake;
    setStackTrace(frames.toArray(StackTraceElement[]::new));
  }

  /** Whether the message is about the app's definition, and says it all. */
  public boolean isMistake() {
    return mistake;
  }

  /** As what was thrown gives it. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // it stands for another exception, of a class that is not here
  public String toString() {
    return text;
  }
}
