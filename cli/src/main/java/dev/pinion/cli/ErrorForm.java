package dev.pinion.cli;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form of errors that editors and terminals recognize: {@code Chat.java:8: error: message}. */
final class ErrorForm {
  private static final String ERROR = "error: ";
  private static final Pattern PLACE = Pattern.compile("^(\\S+\\.\\w+:\\d+: )(?!error: |warning: )");

  private ErrorForm() {}

  /** Returns a message with {@code error:} after each place, or at its start if it has no place. */
  static String of(String message) {
    String placed =
        message.lines().map(line -> PLACE.matcher(line).replaceFirst("$1" + ERROR)).collect(Collectors.joining("\n"));
    return placed.contains(ERROR) ? placed : ERROR + placed;
  }
}
