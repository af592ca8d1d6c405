package dev.pinion.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Names that services take, from paths: what is not of {@code a-z A-Z 0-9 _ -} becomes a hyphen, and what is too long
 * is cut. Where two paths would come to one name, or to names that differ in case only (IAM takes those for the same),
 * each has eight digits of its SHA-256 at its end, except one that is its own name unchanged. So no name depends on
 * order.
 */
final class Slugs {
  private static final int DIGITS = 8;

  private Slugs() {}

  /** The name of each path, all of one kind. */
  static Map<String, String> of(Collection<String> paths, int longest) {
    Map<String, List<String>> byName = paths.stream()
        .collect(Collectors.groupingBy(path -> clean(path, longest).toLowerCase(Locale.ROOT), TreeMap::new,
            Collectors.toList()));
    Map<String, String> slugs = new HashMap<>();
    for (List<String> same : byName.values()) {
      for (String path : same) {
        String plain = clean(path, longest);
        boolean clear = !plain.isEmpty() && (same.size() == 1 || plain.equals(path));
        slugs.put(path, clear ? plain : digested(path, longest));
      }
    }
    return slugs;
  }

  private static String digested(String path, int longest) {
    String plain = clean(path, longest - DIGITS - 1);
    return plain.isEmpty() ? digest(path) : plain + "-" + digest(path);
  }

  static String clean(String text, int longest) {
    String clean = text.replaceAll("[^a-zA-Z0-9_]+", "-").replaceAll("^-|-$", "");
    return clean.substring(0, Math.min(longest, clean.length())).replaceAll("-$", "");
  }

  private static String digest(String path) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
