package dev.pinion.sim;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: lines of {@code NAME=value}, empty lines, and comments that begin with {@code #}. A value in
 * single quotes is taken literally, one in double quotes may contain {@code \n}, {@code \"} and {@code \\}; without
 * quotes it ends before {@code " #"}. Variables are not substituted.
 */
final class EnvironmentFile {
  private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
  private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
  private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\[n\"\\\\])*)\"\\s*(?:#.*)?");
  private static final Pattern PLAIN = Pattern.compile("([^'\"].*?|)(?:\\s+#.*)?");

  private static final Duration PIPE = Duration.ofSeconds(10);

  private EnvironmentFile() {}

  /**
   * Reads a file's values; returns none if there is no file.
   *
   * @throws SimulatorException naming every malformed line, without its content
   */
  static Map<String, String> read(Path file) {
    return read(file, PIPE);
  }

  /** Reads a file, and waits for a time if it is a pipe that another program is to write. */
  static Map<String, String> read(Path file, Duration pipe) {
    if (!Files.exists(file)) return Map.of();
    List<String> lines;
    try {
      lines = EnvironmentText.lines(file, pipe);
    } catch (IOException e) {
      String reason = switch (e) {
        case CharacterCodingException _ -> "it is not UTF-8; save it in that encoding";
        case AccessDeniedException _ -> "permission denied";
        default -> Files.isDirectory(file) ? "it is a folder, not a file" : String.valueOf(e.getMessage());
      };
      throw new SimulatorException("error: cannot read " + file + ": " + reason, e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<String> malformed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? withoutMark(lines.get(i)) : lines.get(i)).strip();
      if (line.isEmpty() || line.startsWith("#")) continue;
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches() || !put(values, matcher.group(1), matcher.group(2))) malformed.add(file + ":" + (i + 1));
    }
    if (!malformed.isEmpty()) {
      throw new SimulatorException(
          String.join(", ", malformed) + ": write NAME=value, NAME='value' or NAME=\"value\", on one line");
    }
    return values;
  }

  /** Removes the byte-order mark that some editors write at the start of a file. */
  private static String withoutMark(String first) {
    return first.startsWith("\uFEFF") ? first.substring(1) : first;
  }

  private static boolean put(Map<String, String> values, String name, String written) {
    Matcher single = SINGLE.matcher(written);
    Matcher quoted = DOUBLE.matcher(written);
    Matcher plain = PLAIN.matcher(written);
    if (single.matches()) values.put(name, single.group(1));
    else if (quoted.matches()) values.put(name, unescaped(quoted.group(1)));
    else if (plain.matches()) values.put(name, plain.group(1));
    else return false;
    return true;
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\(.)")
        .matcher(text)
        .replaceAll(escape -> escape.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(escape.group(1)));
  }
}
