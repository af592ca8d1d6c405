package dev.pinion.junit;

import java.util.ArrayList;
import java.util.List;

/** What the clients of a test have sent and received, in order. Any thread. */
final class Transcript {
  private static final int MOST_LINES = 200;
  private static final int LONGEST = 300;

  private final List<Line> lines = new ArrayList<>();
  private final long began = System.nanoTime();

  private record Line(long nanos, String client, String what) {}

  synchronized void add(String client, String what) {
    lines.add(new Line(System.nanoTime() - began, client, what));
  }

  /** Returns the transcript, a line for each event, with the milliseconds since the start; the latest lines only. */
  synchronized String text() {
    if (lines.isEmpty()) return "  no client was connected\n";
    int width = lines.stream().mapToInt(line -> line.client().length()).max().orElse(0);
    int from = Math.max(0, lines.size() - MOST_LINES);
    StringBuilder text = new StringBuilder();
    if (from > 0) text.append("  ... ").append(from).append(" earlier lines\n");
    for (Line line : lines.subList(from, lines.size())) {
      text.append("%8.1f ms  ".formatted(line.nanos() / 1e6))
          .append(line.client()).append(" ".repeat(width - line.client().length()))
          .append("  ").append(line.what()).append('\n');
    }
    return text.toString();
  }

  /** Returns a message as it is shown: on one line, and not all of a long one. */
  static String shown(String message) {
    String line = message.replace("\r", "\\r").replace("\n", "\\n");
    return line.length() <= LONGEST ? line
        : line.substring(0, LONGEST) + "... (" + message.length() + " characters)";
  }
}
