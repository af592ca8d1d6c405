package dev.pinion.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Converts paths to names that services accept. A name depends on its path alone: whatever else an app declares, the
 * path keeps its name.
 *
 * <p>Runs of characters other than {@code a-z A-Z 0-9 _} become a hyphen, and long names are cut. If that changes the
 * path, eight hexadecimal digits of the path's SHA-256 follow, so that two paths have two names. A path that ends as if
 * it had such digits already gets them too. A name never contains two hyphens in a row.
 */
public final class Slugs {
  private static final int DIGITS = 8;
  private static final String DIGITS_AT_END = ".*-[0-9a-f]{" + DIGITS + "}";

  private Slugs() {}

  /** Returns the name of a path, with at most {@code longest} characters. */
  static String of(String path, int longest) {
    String plain = clean(path, longest);
    if (plain.equals(path) && !plain.isEmpty() && !plain.matches(DIGITS_AT_END)) return plain;
    String start = clean(path, longest - DIGITS - 1);
    return start.isEmpty() ? digest(path) : start + "-" + digest(path);
  }

  /** Returns a text with a hyphen for each run of characters that services refuse, cut to a length. */
  static String clean(String text, int longest) {
    String clean = text.replaceAll("[^a-zA-Z0-9_]+", "-").replaceAll("^-|-$", "");
    return clean.substring(0, Math.min(longest, clean.length())).replaceAll("-$", "");
  }

  /** Returns the first eight hexadecimal digits of a text's SHA-256. */
  public static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
