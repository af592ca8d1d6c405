package dev.pinion.cli;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines about frames: time, direction, text. A frame is one line: control characters, which could make a terminal do
 * something, are written as escapes.
 *
 * @param colors whether lines have a terminal's colors
 */
record FrameText(boolean colors) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  /** A text in JSON, with the colon that makes it a name; a number; a word. */
  private static final Pattern TOKEN =
      Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*+\")(\\s*:)?|(-?[0-9][0-9.eE+-]*+)|(true|false|null)");
  private static final Map<String, String> PROBLEMS = Map.of(
      "Forbidden", "no route takes this message; the gateway's own answer",
      "Internal server error", "a handler failed; the log says where; the gateway's own answer",
      "Endpoint request timed out", "a handler took too long; the gateway's own answer");
  private static final int MOST_BYTES_SHOWN = 32;

  private static final String DIM = "2";
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String MAGENTA = "35";
  private static final String CYAN = "36";

  /** Returns the line of a message that was received. */
  String received(LocalTime at, String text) {
    return paint(DIM, TIME.format(at)) + " " + paint(GREEN, "<") + " " + message(text);
  }

  /** Returns the line of a message that was sent. */
  String sent(LocalTime at, String text) {
    return paint(DIM, TIME.format(at)) + " " + paint(CYAN, ">") + " " + message(text);
  }

  /** Returns the line of another frame, or of something else that happened. */
  String note(LocalTime at, String text) {
    return paint(DIM, TIME.format(at)) + " " + paint(YELLOW, "*") + " " + safe(text);
  }

  /** Returns the line of a failure. */
  String failure(LocalTime at, String text) {
    return paint(DIM, TIME.format(at)) + " " + paint(RED, "*") + " " + safe(text);
  }

  /** Returns what a message of the gateway itself means; empty for any other message. */
  static String meaning(String text) {
    if (text.length() > 500 || !text.startsWith("{\"message\"")) return "";
    return MessagePattern.json(text)
        .filter(
            each -> each instanceof Map<?, ?> all && all.containsKey("connectionId") && all.containsKey("requestId"))
        .map(each -> PROBLEMS.getOrDefault(String.valueOf(((Map<?, ?>) each).get("message")), ""))
        .orElse("");
  }

  /** Returns a binary message as text. */
  static String binary(byte[] data) {
    StringBuilder text = new StringBuilder("binary, ").append(data.length).append(" bytes:");
    for (int i = 0; i < Math.min(data.length, MOST_BYTES_SHOWN); i++) {
      text.append(String.format(Locale.ROOT, " %02x", data[i]));
    }
    return text.append(data.length > MOST_BYTES_SHOWN ? " ..." : "").toString();
  }

  private String message(String text) {
    boolean json = (text.startsWith("{") || text.startsWith("[")) && MessagePattern.json(text).isPresent();
    if (!json) return safe(text);
    String line = safe(text.replaceAll("\\R", " "));
    return colors ? TOKEN.matcher(line).replaceAll(token -> Matcher.quoteReplacement(colored(token))) : line;
  }

  private String colored(MatchResult token) {
    if (token.group(2) != null) return paint(CYAN, token.group(1)) + token.group(2);
    if (token.group(1) != null) return paint(GREEN, token.group(1));
    return paint(token.group(3) != null ? YELLOW : MAGENTA, token.group());
  }

  private String paint(String color, String text) {
    return colors ? "\u001b[" + color + "m" + text + "\u001b[0m" : text;
  }

  /** Returns a text without control characters, and without those that reorder what a terminal shows. */
  static String safe(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(each -> {
      boolean joins = each == '\u200d' || each == '\u200c';
      boolean harmful =
          Character.isISOControl(each) || (Character.getType(each) == Character.FORMAT && !joins);
      switch (each) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default -> {
          if (harmful) shown.append(String.format(Locale.ROOT, "\\u%04x", each));
          else shown.appendCodePoint(each);
        }
      }
    });
    return shown.toString();
  }
}
