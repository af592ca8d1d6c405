package dev.pinion.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads one HTTP/1.1 request after the other (RFC 9112), however they are cut into pieces, within a server's limits.
 * Strict, so that no two readers can differ: lines end with CRLF, no folded lines, one framing of the body. One empty
 * line before a request is skipped (section 2.2). A request of HTTP/1.0 is the last of its connection, whatever its
 * {@code Connection} says, and has no chunks. Not thread-safe.
 *
 * <pre>
 *   HEAD --empty line--> BODY --all of it--> WHOLE --take--> HEAD
 *                          `-- at once if there is none
 * </pre>
 */
final class RequestReader {
  /** Room in the first line for the method and the version. */
  private static final int FIRST_LINE_REST = 64;
  /** The first byte of a TLS client (RFC 8446 section 5.1). */
  private static final byte TLS_HANDSHAKE = 22;
  private static final byte[] NOTHING = {};

  private final ServerLimits limits;
  private final ToIntFunction<HttpRequest> bodyBytes;
  private byte[] head = NOTHING;
  private int length;
  private boolean skipped;
  private boolean expectsContinue;
  private @Nullable HttpRequest request;
  private @Nullable BodyReader body;

  /** A reader that keeps as many bytes of each body as the server's limit allows. */
  RequestReader(ServerLimits limits) {
    this(limits, _ -> limits.bodyBytes());
  }

  /** A reader that asks, for each request without its body, how many bytes of the body it is to keep. */
  RequestReader(ServerLimits limits, ToIntFunction<HttpRequest> bodyBytes) {
    this.limits = limits;
    this.bodyBytes = bodyBytes;
  }

  /** Takes bytes; the index of the first that is not this request's. */
  int read(byte[] data, int from, int to) throws RefusedException {
    int at = from;
    if (body == null) {
      at = readHead(data, from, to);
    }
    return body == null ? at : body.read(data, at, to);
  }

  boolean isWhole() {
    return body != null && body.isWhole();
  }

  /** How many bytes it keeps, roughly. */
  int kept() {
    return head.length + (body == null ? 0 : body.kept());
  }

  /** Whether the client waits for {@code 100 Continue} before it sends its body; true once. */
  boolean expectsContinue() {
    boolean expected = expectsContinue;
    expectsContinue = false;
    return expected;
  }

  /** Returns the request whose headers were read, without its body. */
  HttpRequest head() {
    return Objects.requireNonNull(request);
  }

  /** Whether the body of the request whose headers were read is known to be longer than the limit. */
  boolean isTooLong() {
    return body != null && body.isTooLong();
  }

  /** Whether the body was longer than the limit, and is cut. */
  boolean exceeded() {
    return body != null && body.exceeded();
  }

  /** The body of the request that is whole. */
  byte[] body() {
    return body == null ? NOTHING : body.bytes();
  }

  /** The request that is whole; reading begins anew. */
  HttpRequest take() {
    HttpRequest whole = request;
    if (whole == null || !isWhole()) {
      throw new IllegalStateException("No whole request");
    }
    byte[] bytes = body();
    request = null;
    body = null;
    skipped = false;
    expectsContinue = false;
    return bytes.length == 0
        ? whole
        : new HttpRequest(whole.method(), whole.path(), whole.query(), whole.headers(), new String(bytes, UTF_8));
  }

  private int readHead(byte[] data, int from, int to) throws RefusedException {
    int whole = length == 0 ? wholeHead(data, from, to) : -1;
    if (whole >= 0) {
      parse(new String(data, from, whole - from, ISO_8859_1));
      return whole;
    }
    int firstLine = limits.urlCharacters() + FIRST_LINE_REST;
    int most = firstLine + limits.headerBytes();
    int at = from;
    while (at < to) {
      if (length == most) {
        throw new RefusedException(431, "headers over " + limits.headerBytes() + " bytes");
      }
      if (length == head.length) {
        head = Arrays.copyOf(head, Math.min(most, Math.max(2 * length, Math.min(512, to - at))));
      }
      head[length++] = data[at++];
      check();
      if (length >= 4 && head[length - 1] == '\n' && head[length - 3] == '\n') {
        parse(new String(head, 0, length, ISO_8859_1));
        head = NOTHING;
        length = 0;
        return at;
      }
      if (length == firstLine && indexOfLineEnd() < 0) {
        throw new RefusedException(414, "URL over " + limits.urlCharacters() + " characters");
      }
    }
    return at;
  }

  /** Returns the index behind a head that is here as a whole; -1 if it is not, or has something to refuse. */
  private int wholeHead(byte[] data, int from, int to) {
    int firstLine = from + limits.urlCharacters() + FIRST_LINE_REST;
    int most = Math.min(to, firstLine + limits.headerBytes());
    if (from >= to || !HeaderLine.isTokenCharacter(data[from])) {
      return -1;
    }
    int before = from - 1;
    for (int at = from; at < most; at++) {
      if (data[at] == '\n') {
        if (data[at - 1] != '\r' || (before < from && at >= firstLine)) {
          return -1;
        }
        if (before == at - 2) {
          return at + 1;
        }
        before = at;
      }
    }
    return -1;
  }

  /** Refuses at its first bytes what cannot become a request, such as a TLS client's. */
  private void check() throws RefusedException {
    byte unit = head[length - 1];
    if (length == 1 && unit == TLS_HANDSHAKE) {
      throw RefusedException.malformed(
          "the client speaks TLS, which this server does not: use ws:// or http://, not wss:// or https://");
    }
    if (length == 1 && unit == '\r' && !skipped) {
      return;
    }
    if (length == 2 && head[0] == '\r' && unit == '\n') {
      skipped = true;
      length = 0;
      return;
    }
    if ((length == 1 && !HeaderLine.isTokenCharacter(unit)) || head[0] == '\r') {
      throw RefusedException.malformed("request line");
    }
    if (unit == '\n' && head[length - 2] != '\r') {
      throw RefusedException.malformed("line without CRLF");
    }
  }

  private int indexOfLineEnd() {
    for (int i = 0; i < length; i++) {
      if (head[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void parse(String text) throws RefusedException {
    int end = text.indexOf("\r\n");
    String line = text.substring(0, end);
    int one = line.indexOf(' ');
    int two = line.indexOf(' ', one + 1);
    if (two < 0 || line.indexOf(' ', two + 1) >= 0 || !HeaderLine.isToken(line.substring(0, one))) {
      throw RefusedException.malformed("request line");
    }
    boolean old = line.startsWith("HTTP/1.0", two + 1);
    if (line.length() - two != 9 || !(old || line.startsWith("HTTP/1.1", two + 1))) {
      throw RefusedException.malformed("not HTTP/1.1");
    }
    String url = line.substring(one + 1, two);
    if (url.length() > limits.urlCharacters()) {
      throw new RefusedException(414, "URL over " + limits.urlCharacters() + " characters");
    }
    if (text.length() - end > limits.headerBytes()) {
      throw new RefusedException(431, "headers over " + limits.headerBytes() + " bytes");
    }
    RequestTarget target = RequestTarget.of(url);
    Map<String, List<String>> headers = headers(text, end + 2);
    if (old) {
      mustBeOld(headers);
    }
    HttpRequest parsed = new HttpRequest(line.substring(0, one), target.path(), target.query(), headers, "");
    HttpRequest addressed = target.authority().map(parsed::addressedTo).orElse(parsed);
    body = bodyReader(addressed);
    expectsContinue = !old && parsed.lists("Expect", "100-continue");
    request = addressed;
  }

  /** Lets the connection end with a request of HTTP/1.0, so that it can neither be kept alive nor be upgraded. */
  private static void mustBeOld(Map<String, List<String>> headers) throws RefusedException {
    if (headers.keySet().stream().anyMatch("Transfer-Encoding"::equalsIgnoreCase)) {
      throw RefusedException.malformed("Transfer-Encoding");
    }
    headers.keySet().removeIf("Connection"::equalsIgnoreCase);
    headers.put("Connection", List.of("close"));
  }

  /** Reads the header lines from an index on, up to the empty line. */
  private static Map<String, List<String>> headers(String text, int from) throws RefusedException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    int end;
    for (int at = from; at < text.length() - 2; at = end + 2) {
      end = text.indexOf("\r\n", at);
      int colon = text.indexOf(':', at);
      String name = colon < 0 || colon > end ? "" : text.substring(at, colon);
      if (!HeaderLine.isToken(name)) {
        throw RefusedException.malformed("header line");
      }
      String value = HttpRequest.trim(text.substring(colon + 1, end));
      if (HeaderLine.hasControls(value)) {
        throw RefusedException.malformed("header value");
      }
      values(headers, name).add(value);
    }
    return headers;
  }

  /** The values of a header so far, under the name as it was written first. */
  private static List<String> values(Map<String, List<String>> headers, String name) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    List<String> values = new ArrayList<>(1);
    headers.put(name, values);
    return values;
  }

  private static boolean isLength(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 18;
  }

  private BodyReader bodyReader(HttpRequest parsed) throws RefusedException {
    if (parsed.values("Host").size() != 1) {
      throw RefusedException.malformed("not one Host");
    }
    List<String> lengths = parsed.values("Content-Length");
    List<String> codings = parsed.values("Transfer-Encoding");
    if (codings.isEmpty()) {
      if (lengths.isEmpty()) {
        return BodyReader.fixed(0, 0);
      }
      if (lengths.size() > 1 || !isLength(lengths.getFirst())) {
        throw RefusedException.malformed("Content-Length");
      }
      return BodyReader.fixed(Long.parseLong(lengths.getFirst()), bodyBytes.applyAsInt(parsed));
    }
    if (!lengths.isEmpty() || codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw RefusedException.malformed("Transfer-Encoding");
    }
    return BodyReader.chunked(bodyBytes.applyAsInt(parsed));
  }
}
