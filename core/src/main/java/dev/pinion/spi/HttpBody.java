package dev.pinion.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The body of an HTTP request or reply: a text or bytes. Nobody changes its bytes. Any thread. */
public final class HttpBody {
  /** No body. */
  public static final HttpBody EMPTY = of("");

  private final byte[] bytes;
  private final boolean text;

  private HttpBody(byte[] bytes, boolean text) {
    this.bytes = bytes;
    this.text = text;
  }

  /** Creates a body of a text. */
  public static HttpBody of(String text) {
    return new HttpBody(text.getBytes(UTF_8), true);
  }

  /** Creates a body of bytes, which the caller does not change any more. */
  public static HttpBody of(byte[] bytes) {
    return new HttpBody(bytes, false);
  }

  /** Creates a body of bytes that are UTF-8, which the caller does not change any more. */
  public static HttpBody ofText(byte[] utf8) {
    return new HttpBody(utf8, true);
  }

  /** Returns whether it is a text, which is not encoded in Base64 between API Gateway and a function. */
  public boolean isText() {
    return text;
  }

  /** Returns the number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Returns the bytes as a text, read as UTF-8. */
  public String text() {
    return new String(bytes, UTF_8);
  }

  /** Returns the bytes, which the caller must not change. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns a copy of the bytes. */
  public byte[] copy() {
    return bytes.clone();
  }
}
