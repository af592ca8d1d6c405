package dev.pinion.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.TypeConversionException;

/** A line that somebody types into {@code pinion connect}, or writes into a script for it. */
sealed interface ClientLine {
  /** What a line may begin with that is not a message. */
  List<String> COMMANDS = List.of(
      "/await", "/close", "/closed", "/expect", "/help", "/ping", "/quit", "/routes", "/send", "/timeout", "/wait");
  int MOST_CONTROL_BYTES = 125;

  /** A message to send. */
  record Send(String text) implements ClientLine {}

  /**
   * A message that must arrive.
   *
   * @param passing whether other messages may arrive before it
   */
  record Expect(MessagePattern wanted, boolean passing) implements ClientLine {}

  /** A pause. */
  record Wait(Duration time) implements ClientLine {}

  /** How long each expectation waits from now on. */
  record Timeout(Duration time) implements ClientLine {}

  /** A ping to send. */
  record Ping(String text) implements ClientLine {}

  /** A close frame to send. */
  record Close(int code, String reason) implements ClientLine {}

  /** The server must close the connection. */
  record Closed(Optional<Integer> code) implements ClientLine {}

  /** The known routes are shown. */
  record Routes() implements ClientLine {}

  /** The commands are shown. */
  record Help() implements ClientLine {}

  /** An empty line, or a comment of a script. */
  record Nothing() implements ClientLine {}

  /**
   * Reads a line of a script, in which {@code #} begins a comment.
   *
   * @throws IllegalArgumentException if it is not valid; the message says what would be
   */
  static ClientLine ofScript(String line) {
    return line.startsWith("#") ? new Nothing() : of(line);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not valid; the message says what would be
   */
  static ClientLine of(String line) {
    if (line.isBlank()) return new Nothing();
    if (line.startsWith("//")) return new Send(line.substring(1));
    if (!line.startsWith("/")) return new Send(line);
    String[] words = line.split(" ", 2);
    String rest = words.length == 1 ? "" : words[1].strip();
    return switch (words[0]) {
      case "/send" -> new Send(words.length == 1 ? "" : words[1]);
      case "/expect" -> new Expect(pattern(words[0], rest), false);
      case "/await" -> new Expect(pattern(words[0], rest), true);
      case "/wait" -> new Wait(time(rest));
      case "/timeout" -> new Timeout(time(rest));
      case "/ping" -> new Ping(limited(rest, MOST_CONTROL_BYTES));
      case "/close" -> close(rest);
      case "/quit" -> new Close(1000, "");
      case "/closed" -> new Closed(rest.isEmpty() ? Optional.empty() : Optional.of(code(rest)));
      case "/routes" -> new Routes();
      case "/help" -> new Help();
      default -> throw new IllegalArgumentException(
          "unknown command " + words[0] + ": use one of " + String.join(", ", COMMANDS) + ", or begin a message with //"
              + " to send one slash");
    };
  }

  private static MessagePattern pattern(String command, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          command + " needs a message: a text, JSON, * for any, or ~ and a regular expression");
    }
    try {
      return text.startsWith("~")
          ? new MessagePattern.Found(Pattern.compile(text.substring(1).strip()))
          : MessagePattern.of(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a valid regular expression: " + e.getDescription(), e);
    }
  }

  private static Duration time(String text) {
    try {
      return new GraceConverter().convert(text);
    } catch (TypeConversionException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Close close(String rest) {
    if (rest.isEmpty()) return new Close(1000, "");
    String[] words = rest.split(" ", 2);
    int code = code(words[0]);
    if (code != 1000 && (code < 3000 || code > 4999)) {
      throw new IllegalArgumentException("a client may close with 1000, or with 3000 to 4999, but not with " + code);
    }
    return new Close(code, words.length == 1 ? "" : limited(words[1], MOST_CONTROL_BYTES - 2));
  }

  private static int code(String text) {
    if (text.matches("[1-4][0-9]{3}")) return Integer.parseInt(text);
    throw new IllegalArgumentException("'" + text + "' is not a close code: use 1000 to 4999");
  }

  private static String limited(String text, int bytes) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) return text;
    throw new IllegalArgumentException("the text of a ping or a close frame has at most " + bytes + " bytes");
  }
}
