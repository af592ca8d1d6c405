package dev.pinion.awsclient;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * SHA-256, and HMAC over it (RFC 2104). The HMAC is made here because {@code javax.crypto} takes some 20 ms of a start,
 * to look through its providers.
 */
final class Sha256 {
  private static final int BLOCK = 64;

  private Sha256() {}

  static String hex(byte[] data) {
    return HexFormat.of().formatHex(digest().digest(data));
  }

  /** The HMAC of a text under a key of at most 64 bytes, or of any length. */
  static byte[] hmac(byte[] key, String text) {
    byte[] block = new byte[BLOCK];
    byte[] shortKey = key.length > BLOCK ? digest().digest(key) : key;
    System.arraycopy(shortKey, 0, block, 0, shortKey.length);
    MessageDigest inner = digest();
    inner.update(xor(block, 0x36));
    byte[] first = inner.digest(text.getBytes(UTF_8));
    MessageDigest outer = digest();
    outer.update(xor(block, 0x5c));
    return outer.digest(first);
  }

  private static byte[] xor(byte[] block, int with) {
    byte[] result = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      result[i] = (byte) (block[i] ^ with);
    }
    return result;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
