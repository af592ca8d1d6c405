package dev.pinion.sim;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Writes the lines of the log: {@code Chat.java:8: error: 14:03:07.123 message}, the form of compilers, which editors
 * and terminals link to the source. A message that is not about a line of the app starts with the time. Any thread.
 */
final class LogLine {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final PrintStream stream;
  private final InstantSource clock;
  private final Recording recording;

  LogLine(PrintStream stream, InstantSource clock, Recording recording) {
    this.stream = stream;
    this.clock = clock;
    this.recording = recording;
  }

  /** A handler failed, whose request has the exception itself. */
  void failure(String place, String message) {
    print(place + ": error: " + time() + " " + message);
  }

  /** Something failed. */
  void error(String place, String message) {
    print(place + ": error: " + time() + " " + message);
    recording.note("error", place + ": " + message);
  }

  /** Something may be wrong. */
  void warning(String place, String message) {
    print(place + ": warning: " + time() + " " + message);
    recording.note("warning", place + ": " + message);
  }

  /** An event that is about no line of the app. */
  void event(String message) {
    print(time() + " " + message);
    recording.note("event", message);
  }

  private String time() {
    return TIME.format(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
  }

  private void print(String line) {
    stream.println(line);
    stream.flush();
  }
}
