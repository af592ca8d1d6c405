package dev.pinion.tfaws;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a file of a Terraform module declares at a place, such as {@code aws_lambda_function.chat-connect} or
 * {@code local.prefix}.
 *
 * @param text the address by which expressions refer to it; of what they cannot refer to, its kind and name
 * @param file the file's name
 * @param line where it begins, from 1
 */
record Address(String text, String file, int line) {

  /** Returns the address of a block; empty for kinds whose blocks have no address. */
  static Optional<String> of(String kind, String... labels) {
    return switch (kind) {
      case "resource" -> Optional.of(String.join(".", labels));
      case "variable" -> Optional.of("var." + labels[0]);
      case "data", "ephemeral", "module", "output", "provider" -> Optional.of(kind + "." + String.join(".", labels));
      case "locals" -> Optional.of("local." + labels[0]);
      default -> Optional.empty();
    };
  }

  /** Returns how many labels a block of a kind has; of {@code locals} each member counts as one. */
  static int labels(String kind) {
    return switch (kind) {
      case "resource", "data", "ephemeral" -> 2;
      case "variable", "module", "output", "provider", "locals" -> 1;
      default -> 0;
    };
  }

  /** Returns the address that is most like this one; of the same type, if there is one of it. */
  Optional<String> nearest(Collection<String> addresses) {
    String type = text.substring(0, text.lastIndexOf('.') + 1);
    return addresses.stream()
        .min(Comparator.comparing((String each) -> !each.startsWith(type))
            .thenComparingInt(each -> distance(text, each)).thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
