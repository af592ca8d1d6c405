package dev.pinion.sim;

import dev.pinion.spi.JsonCodec;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the lines of the log: {@code Chat.java:8: error: 14:03:07.123 message}, the form of compilers, which editors
 * and terminals link to the source. A message that is not about a line of the app starts with the time. In the form of
 * JSON, a line has the members that a function writes on AWS. Values of secrets are replaced in both. Any thread.
 */
final class LogLine {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final PrintStream stream;
  private final InstantSource clock;
  private final Recording recording;

  private final Optional<JsonCodec> json;

  /**
   * A log.
   *
   * @param json what writes lines as JSON; empty for the form of compilers
   */
  LogLine(PrintStream stream, InstantSource clock, Recording recording, Optional<JsonCodec> json) {
    this.json = json;
    this.stream = stream;
    this.clock = clock;
    this.recording = recording;
  }

  /** A handler failed, whose request has the exception itself. */
  void failure(String place, String message, Map<String, String> about) {
    print("ERROR", place, message, about);
  }

  /** Something failed. */
  void error(String place, String message) {
    error(place, message, Map.of());
  }

  /** Something failed; what it was about is in a line of JSON only. */
  void error(String place, String message, Map<String, String> about) {
    print("ERROR", place, message, about);
    recording.note("error", place + ": " + message);
  }

  /** Something may be wrong. */
  void warning(String place, String message) {
    print("WARN", place, message, Map.of());
    recording.note("warning", place + ": " + message);
  }

  /** An event that is about no line of the app. */
  void event(String message) {
    print("INFO", "", message, Map.of());
    recording.note("event", message);
  }

  private String time() {
    return TIME.format(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
  }

  private void print(String level, String place, String message, Map<String, String> about) {
    String shown = recording.texts().logged(message);
    stream.println(json.isPresent() ? json(json.get(), level, place, shown, about) : text(level, place, shown));
    stream.flush();
  }

  private String text(String level, String place, String message) {
    String kind = level.equals("ERROR") ? ": error: " : ": warning: ";
    return (place.isEmpty() ? "" : place + kind) + time() + " " + message;
  }

  private String json(JsonCodec codec, String level, String place, String message, Map<String, String> about) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant().toString());
    line.put("level", level);
    line.put("message", place.isEmpty() ? message : place + ": " + message);
    if (!place.isEmpty()) line.put("line", place);
    line.putAll(about);
    return codec.write(line);
  }
}
