package dev.pinion.gateway;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Makes ids in API Gateway's form: 11 bytes in padded base64url, 16 characters of which the last is {@code =}.
 *
 * <p>Any thread. Connection ids cannot be guessed: whoever knows one may send to it. Request and message ids are only
 * unique; they come from a counter that is scrambled (SplitMix64).
 */
final class Ids {
  private static final int BYTES = 11;
  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(ISO_8859_1);
  /** Two characters for each twelve bits, the first in the low byte. */
  private static final short[] PAIRS = pairs();
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final SecureRandom random = new SecureRandom();
  private final AtomicLong counter = new AtomicLong(random.nextLong());

  /** A connection's id. */
  String connection() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    long high = 0;
    for (int i = 0; i < 8; i++) {
      high = high << 8 | (bytes[i] & 0xFF);
    }
    return encode(high, (bytes[8] & 0xFF) << 16 | (bytes[9] & 0xFF) << 8 | (bytes[10] & 0xFF));
  }

  /** A request's id. */
  String request() {
    return request(next());
  }

  /** What the ids of one event are made from, different at each call. */
  long next() {
    return counter.getAndAdd(GOLDEN);
  }

  static String request(long seed) {
    return encode(scramble(seed), (int) seed << 1 & 0xFFFFFF);
  }

  /** A message's id, which no request has. */
  static String message(long seed) {
    return encode(Long.rotateLeft(scramble(seed), 32) ^ GOLDEN, ((int) seed << 1 & 0xFFFFFF) | 1);
  }

  /** Hexadecimal digits of a trace id, 24 of them. */
  String trace() {
    return "%016x%08x".formatted(random.nextLong(), random.nextInt());
  }

  /** Hexadecimal digits of a trace id, 24 of them, from what the ids of an event are made from. */
  static String trace(long seed) {
    HexFormat digits = HexFormat.of();
    return digits.toHexDigits(scramble(seed ^ GOLDEN)) + digits.toHexDigits((int) (seed >>> 16));
  }

  /** Whether a text has the form of an id. */
  static boolean wellFormed(String id) {
    if (id.length() != 16 || id.charAt(15) != '=') {
      return false;
    }
    for (int i = 0; i < 15; i++) {
      char c = id.charAt(i);
      boolean inAlphabet =
          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!inAlphabet) {
        return false;
      }
    }
    return true;
  }

  /** Eight bytes and three, 6 bits to a character: ten characters, then 28 bits and 2 of padding for five more. */
  private static String encode(long high, int low) {
    byte[] text = new byte[16];
    for (int i = 0; i < 5; i++) {
      put(text, 2 * i, (int) (high >>> (52 - 12 * i)) & 0xFFF);
    }
    int rest = ((int) high & 0xF) << 26 | low << 2;
    put(text, 10, rest >>> 18);
    put(text, 12, rest >>> 6 & 0xFFF);
    text[14] = ALPHABET[rest & 63];
    text[15] = '=';
    return new String(text, ISO_8859_1);
  }

  private static void put(byte[] text, int at, int bits) {
    text[at] = (byte) PAIRS[bits];
    text[at + 1] = (byte) (PAIRS[bits] >> 8);
  }

  private static short[] pairs() {
    short[] pairs = new short[1 << 12];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (short) (ALPHABET[i & 63] << 8 | ALPHABET[i >>> 6]);
    }
    return pairs;
  }

  private static long scramble(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
