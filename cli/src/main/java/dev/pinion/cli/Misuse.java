package dev.pinion.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Messages about invalid arguments, with a suggestion for a mistyped name. */
final class Misuse {
  /** The most edits (letters changed, added, removed or swapped) for a name to be suggested, and for how many letters
   * one. */
  private static final int TYPOS = 2;
  private static final int LETTERS_PER_TYPO = 3;

  private Misuse() {}

  /** Returns the mistake as one line; what is missing has a line each that says what it may be. */
  static String message(ParameterException mistake) {
    if (mistake instanceof MissingParameterException missing) {
      return missing.getMessage() + missing.getMissing().stream().map(Misuse::described).collect(Collectors.joining());
    }
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) return String.valueOf(mistake.getMessage());
    CommandLine line = mistake.getCommandLine();
    String first = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      String name = first.split("=", 2)[0];
      List<OptionSpec> options = line.getCommandSpec().options();
      return "unknown option " + name + meant(name, options.stream().flatMap(each -> Stream.of(each.names())));
    }
    if (line.getParent() == null) return noCommand(line, first);
    return "unexpected argument '" + first + "'";
  }

  private static String described(ArgSpec argument) {
    String name = argument instanceof OptionSpec option ? String.join(", ", option.names()) : argument.paramLabel();
    return "\n  " + name + ": " + String.join(" ", argument.description());
  }

  /** Returns the message for an unknown command, with a suggestion. */
  static String noCommand(CommandLine line, String word) {
    if (isProgram(word)) return "unknown command " + word + ": did you mean: pinion run " + word + "?";
    if (word.isEmpty()) return "the command is empty";
    return "unknown command " + word + meant(word, line.getSubcommands().keySet().stream());
  }

  private static boolean isProgram(String word) {
    return word.endsWith(".java") || word.equals("pom.xml") || word.startsWith("build.gradle") || isFolder(word);
  }

  private static boolean isFolder(String word) {
    try {
      return !word.isEmpty() && Files.isDirectory(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String meant(String word, Stream<String> names) {
    Optional<String> nearest = names.min(Comparator.comparingInt((String each) -> distance(word, each))
        .thenComparing(Comparator.naturalOrder()));
    int most = Math.min(TYPOS, word.length() / LETTERS_PER_TYPO);
    return nearest.filter(each -> distance(word, each) <= most).map(each -> ": did you mean " + each + "?").orElse("");
  }

  /** Returns the edit distance of two words, where swapping two neighbours is one edit. */
  private static int distance(String one, String other) {
    int[][] changes = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          changes[i][j] = i + j;
          continue;
        }
        int differs = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        changes[i][j] = Math.min(
            changes[i - 1][j - 1] + differs,
            1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
        if (swapped) changes[i][j] = Math.min(changes[i][j], 1 + changes[i - 2][j - 2]);
      }
    }
    return changes[one.length()][other.length()];
  }
}
