package dev.pinion.awscdk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of constructs, which are unique among siblings as the app's own are. */
final class Ids {
  private static final int BYTES = 6;

  private Ids() {}

  /** An id or route key without the slash that divides a construct's path. */
  static String of(String id) {
    return id.replace("%", "%25").replace("/", "%2F");
  }

  /** The first twelve digits of a text's SHA-256. */
  static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
