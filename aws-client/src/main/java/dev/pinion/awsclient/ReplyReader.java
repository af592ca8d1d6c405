package dev.pinion.awsclient;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Reads one HTTP/1.1 response: its head of at most 64 KiB, and its body of at most 64 MiB, by length, in chunks, or
 * up to the connection's end. A response that is cut short is an error.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112: HTTP/1.1</a>
 */
final class ReplyReader {
  private static final int MOST_HEAD = 64 * 1024;
  private static final int MOST_BODY = 64 * 1024 * 1024;

  private final InputStream in;
  private int headBytes;
  private boolean staysOpen;

  ReplyReader(InputStream in) {
    this.in = in;
  }

  AwsReply read() throws IOException {
    int status = status(line());
    Map<String, String> headers = headers();
    while (status < 200 && status != 101) {
      status = status(line());
      headers = headers();
    }
    staysOpen &= !headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
    return new AwsReply(status, headers, body(status, headers));
  }

  /** Whether the connection can be used again, once the response is read. */
  boolean staysOpen() {
    return staysOpen;
  }

  private int status(String line) throws IOException {
    if (!line.startsWith("HTTP/1.") || line.length() < 12 || line.charAt(8) != ' ') {
      throw new IOException("not an HTTP response");
    }
    staysOpen = line.charAt(7) == '1';
    int status = number(line.substring(9, 12), 10);
    if (status < 100 || status > 599) {
      throw new IOException("not an HTTP status: " + status);
    }
    return status;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("a response header without a name");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      String before = headers.put(name, value);
      if (before != null && name.equals("content-length") && !before.equals(value)) {
        throw new IOException("a response of two lengths");
      }
    }
    return headers;
  }

  private byte[] body(int status, Map<String, String> headers) throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    if (coding.equals("chunked")) {
      return chunks();
    }
    String length = headers.get("content-length");
    if (!coding.isEmpty() || length == null) {
      staysOpen = false;
      return bounded(in.readNBytes(MOST_BODY + 1));
    }
    return exactly(number(length, 10));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (;;) {
      headBytes = 0;
      String line = line();
      int end = line.indexOf(';');
      int size = number((end < 0 ? line : line.substring(0, end)).strip(), 16);
      if (size == 0) {
        break;
      }
      if (body.size() + (long) size > MOST_BODY) {
        throw new IOException("a response over " + MOST_BODY + " bytes");
      }
      body.writeBytes(exactly(size));
      if (!line().isEmpty()) {
        throw new IOException("a chunk that is longer than it says");
      }
    }
    var _ = headers();
    return body.toByteArray();
  }

  private byte[] exactly(int length) throws IOException {
    if (length > MOST_BODY) {
      throw new IOException("a response over " + MOST_BODY + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the response ends after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static byte[] bounded(byte[] body) throws IOException {
    if (body.length > MOST_BODY) {
      throw new IOException("a response over " + MOST_BODY + " bytes");
    }
    return body;
  }

  private static int number(String text, int radix) throws IOException {
    try {
      if (!text.isEmpty() && Character.digit(text.charAt(0), radix) >= 0) {
        return Integer.parseInt(text, radix);
      }
    } catch (NumberFormatException e) {
      throw new IOException("not a number: '" + text + "'", e);
    }
    throw new IOException("not a number: '" + text + "'");
  }

  /** The next line of the head, without its end. */
  private String line() throws IOException {
    byte[] bytes = new byte[128];
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException(
            headBytes == 0 ? "the server closed the connection" : "the response's head is cut short");
      }
      if (++headBytes > MOST_HEAD) {
        throw new IOException("a response head over " + MOST_HEAD + " bytes");
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = (byte) next;
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    return new String(bytes, 0, length, ISO_8859_1);
  }
}
