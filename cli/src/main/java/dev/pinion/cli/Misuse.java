package dev.pinion.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of arguments that do not fit, with the name that was probably meant. */
final class Misuse {
  /** How many letters may be wrong, missing, too many, or in each other's place. */
  private static final int TYPOS = 2;

  private Misuse() {}

  /** The mistake in one line. */
  static String message(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) return String.valueOf(mistake.getMessage());
    CommandLine line = mistake.getCommandLine();
    String first = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      String name = first.split("=", 2)[0];
      List<OptionSpec> options = line.getCommandSpec().options();
      return "there is no option " + name + meant(name, options.stream().flatMap(each -> Stream.of(each.names())));
    }
    if (!line.getSubcommands().isEmpty()) return noCommand(line, first);
    return "'" + first + "' is one argument too many";
  }

  /** That a word is no command, and which was probably meant. */
  static String noCommand(CommandLine line, String word) {
    return "there is no command " + word + meant(word, line.getSubcommands().keySet().stream());
  }

  private static String meant(String word, Stream<String> names) {
    Optional<String> nearest = names.min(Comparator.comparingInt((String each) -> distance(word, each))
        .thenComparing(Comparator.naturalOrder()));
    return nearest.filter(each -> distance(word, each) <= TYPOS).map(each -> ": did you mean " + each + "?").orElse("");
  }

  /** How many changes of a letter, or swaps of two neighbours, make one word the other. */
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
