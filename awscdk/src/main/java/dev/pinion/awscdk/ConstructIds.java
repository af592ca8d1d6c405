package dev.pinion.awscdk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Converts ids of the app to ids of constructs, which are unique among siblings too. */
final class ConstructIds {
  private static final int BYTES = 6;

  private ConstructIds() {}

  /** Escapes the slash, which separates the parts of a construct's path. */
  static String of(String id) {
    return id.replace("%", "%25").replace("/", "%2F");
  }

  /**
   * Converts the id of a construct that contains others. CDK leaves "Default" out of logical ids, so what such a
   * construct contains could get the logical id of one of its siblings.
   */
  static String scope(String id) {
    return id.equals("Default") ? "%44efault" : of(id);
  }

  /** Returns the first twelve hexadecimal digits of a text's SHA-256. */
  static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
