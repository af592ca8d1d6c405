package dev.pinion.sim;

import dev.pinion.spi.JsonCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes texts fit to be kept and shown: values of the app's secrets are replaced by their names, as they are and as
 * JSON has them, and long texts are cut. Any thread.
 */
final class ShownTexts {
  /** The least length of a secret that is looked for in the log, as in that of a function. */
  private static final int SHORTEST_LOGGED = 4;

  private final List<Secret> secrets;
  private final int longest;

  private record Secret(String value, String shown) {}

  /**
   * A text to be shown.
   *
   * @param text the text, or its beginning
   * @param of how many characters it has, if it was cut
   */
  record Shown(String text, Optional<Integer> of) {
    /** Whether the text is only the beginning. */
    boolean isCut() {
      return of.isPresent();
    }
  }

  /** Creates the texts of an app, whose secrets have values by their ids. */
  ShownTexts(Map<String, String> values, JsonCodec json) {
    this(secrets(values, json));
  }

  private ShownTexts(List<Secret> all) {
    secrets = all.stream().distinct()
        .sorted(Comparator.comparingInt((Secret each) -> each.value().length()).reversed()).toList();
    longest = secrets.isEmpty() ? 0 : secrets.getFirst().value().length();
  }

  private static List<Secret> secrets(Map<String, String> values, JsonCodec json) {
    List<Secret> secrets = new ArrayList<>();
    values.forEach((id, value) -> {
      if (value.isEmpty()) return;
      String shown = "‹secret " + id + "›";
      String quoted = json.write(value);
      String escaped = quoted.substring(1, quoted.length() - 1);
      secrets.add(new Secret(value, shown));
      if (!escaped.equals(value)) secrets.add(new Secret(escaped, shown));
    });
    return secrets;
  }

  /** Returns what replaces the secrets of both; a value that both have has the name of these. */
  ShownTexts and(ShownTexts others) {
    return new ShownTexts(Stream.concat(secrets.stream(), others.secrets.stream()).toList());
  }

  /** Returns a text of up to a number of characters. */
  Shown of(String text, int most) {
    String shown = text;
    if (text.length() > most + longest) shown = text.substring(0, most + longest);
    boolean shortened = shown.length() < text.length();
    shown = replaced(shown);
    // A secret that the cut has divided is not found: what may be its beginning is dropped.
    if (shortened && longest > 0) shown = shown.substring(0, Math.max(0, shown.length() - longest + 1));
    boolean cut = shortened || shown.length() > most;
    return new Shown(cut ? beginning(shown, most) : shown, cut ? Optional.of(text.length()) : Optional.empty());
  }

  /** Returns a text without the values of secrets. */
  String replaced(String text) {
    return replaced(text, 1);
  }

  /** Returns a text for the log, without the values of secrets, except for the shortest: any text may contain those. */
  String logged(String text) {
    return replaced(text, SHORTEST_LOGGED);
  }

  private String replaced(String text, int shortest) {
    String shown = text;
    for (Secret each : secrets) {
      if (each.value().length() >= shortest) shown = shown.replace(each.value(), each.shown());
    }
    return shown;
  }

  private static String beginning(String text, int most) {
    int end = Math.min(most, text.length());
    boolean divides = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, divides ? end - 1 : end);
  }
}
