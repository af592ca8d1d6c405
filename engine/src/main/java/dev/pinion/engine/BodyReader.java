package dev.pinion.engine;

import java.io.ByteArrayOutputStream;

/**
 * Reads a request's body, of a known length or in chunks (RFC 9112 sections 6 and 7), piece by piece. It keeps no more
 * than a limit: what is beyond it is dropped and counted, so that the connection can go on. Not thread-safe.
 *
 * <pre>
 *   fixed:    DATA --length--> WHOLE
 *   chunked:  SIZE --n--> DATA --n bytes--> DATA_END --CRLF--> SIZE
 *             SIZE --0--> TRAILER --empty line--> WHOLE
 * </pre>
 */
final class BodyReader {
  private static final int LINE_BYTES = 1024;
  private static final long DROPPED_BYTES = 16 << 20;

  private enum State {
    SIZE,
    DATA,
    DATA_END,
    TRAILER,
    WHOLE
  }

  private final boolean chunked;
  private final int limit;
  private final boolean tooLong;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final StringBuilder line = new StringBuilder();
  private State state;
  private long left;
  private long total;

  private BodyReader(boolean chunked, long length, int limit) {
    this.chunked = chunked;
    this.limit = limit;
    left = length;
    tooLong = length > limit;
    state = chunked ? State.SIZE : length == 0 ? State.WHOLE : State.DATA;
  }

  static BodyReader fixed(long length, int limit) {
    return new BodyReader(false, length, limit);
  }

  static BodyReader chunked(int limit) {
    return new BodyReader(true, 0, limit);
  }

  boolean isWhole() {
    return state == State.WHOLE;
  }

  /** Whether its length is known, and over the limit. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Whether there was more than the limit. */
  boolean exceeded() {
    return total > limit;
  }

  /** How many bytes it keeps. */
  int kept() {
    return body.size();
  }

  byte[] bytes() {
    return body.toByteArray();
  }

  /** Takes bytes; the index of the first that is not the body's. */
  int read(byte[] data, int from, int to) throws RefusedException {
    int at = from;
    while (at < to && state != State.WHOLE) {
      if (state == State.DATA) {
        int count = (int) Math.min(left, to - at);
        keep(data, at, count);
        at += count;
        left -= count;
        if (left == 0) {
          state = chunked ? State.DATA_END : State.WHOLE;
        }
      } else {
        character(data[at++]);
      }
    }
    return at;
  }

  private void keep(byte[] data, int from, int count) throws RefusedException {
    int room = (int) Math.max(0, limit - total);
    body.write(data, from, Math.min(room, count));
    total += count;
    if (total > limit + DROPPED_BYTES) {
      throw new RefusedException(413, "body over " + (limit + DROPPED_BYTES) + " bytes");
    }
  }

  private void character(byte unit) throws RefusedException {
    line.append((char) (unit & 0xFF));
    if (line.length() > LINE_BYTES) {
      throw RefusedException.malformed("chunk line over " + LINE_BYTES + " bytes");
    }
    if (unit != '\n') {
      return;
    }
    if (line.length() < 2 || line.charAt(line.length() - 2) != '\r') {
      throw RefusedException.malformed("chunk line without CRLF");
    }
    line.setLength(line.length() - 2);
    line(line.toString());
    line.setLength(0);
  }

  private void line(String text) throws RefusedException {
    switch (state) {
      case SIZE -> {
        left = size(text);
        state = left == 0 ? State.TRAILER : State.DATA;
      }
      case DATA_END -> {
        if (!text.isEmpty()) {
          throw RefusedException.malformed("chunk longer than its size");
        }
        state = State.SIZE;
      }
      case TRAILER -> {
        total += text.length();
        if (total > limit + DROPPED_BYTES) {
          throw RefusedException.malformed("endless trailer");
        }
        if (!text.isEmpty() && !HeaderLine.isHeader(text)) {
          throw RefusedException.malformed("trailer line");
        }
        state = text.isEmpty() ? State.WHOLE : State.TRAILER;
      }
      case DATA, WHOLE -> throw new IllegalStateException("No line in " + state);
    }
  }

  private static long size(String text) throws RefusedException {
    if (HeaderLine.hasControls(text)) {
      throw RefusedException.malformed("chunk extension");
    }
    int end = text.indexOf(';');
    String digits = HttpRequest.trim(end < 0 ? text : text.substring(0, end));
    if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
      throw RefusedException.malformed("chunk size");
    }
    return Long.parseLong(digits, 16);
  }
}
