package dev.pinion.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The lines of logs. */
final class LogLines {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private LogLines() {}

  /**
   * A line.
   *
   * @param at in milliseconds since the epoch
   * @param handler the path of the handler; empty for none
   * @param message without line breaks and control characters
   */
  record Line(long at, String handler, String message) {
    String text() {
      String time = TIME.format(Instant.ofEpochMilli(at).atZone(ZoneId.systemDefault()));
      return time + "  " + (handler.isEmpty() ? "" : handler + "  ") + message;
    }
  }

  /** Returns a text as one line for each of its lines. */
  static Stream<Line> of(long at, String handler, String text) {
    return text.stripTrailing().lines().map(line -> new Line(at, handler, FrameText.safe(line.replace("\t", "    "))));
  }

  /** Returns lines in the order of time; lines of the same time keep their order. */
  static List<Line> merged(Stream<Line> lines) {
    return lines.sorted(Comparator.comparingLong(Line::at)).toList();
  }
}
