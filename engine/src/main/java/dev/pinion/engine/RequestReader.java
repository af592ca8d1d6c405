package dev.pinion.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads one HTTP/1.1 request after the other (RFC 9112), however they are cut into pieces, within a server's limits.
 * Strict, so that no two readers can differ: lines end with CRLF, no folded lines, one framing of the body. One empty
 * line before a request is skipped (section 2.2). Not thread-safe.
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
    List<String> lines = List.of(text.split("\r\n", -1));
    String[] first = lines.getFirst().split(" ", -1);
    if (first.length != 3 || !HeaderLine.isToken(first[0])) {
      throw RefusedException.malformed("request line");
    }
    if (!first[2].equals("HTTP/1.1")) {
      throw RefusedException.malformed("not HTTP/1.1");
    }
    if (first[1].length() > limits.urlCharacters()) {
      throw new RefusedException(414, "URL over " + limits.urlCharacters() + " characters");
    }
    if (text.length() - lines.getFirst().length() > limits.headerBytes()) {
      throw new RefusedException(431, "headers over " + limits.headerBytes() + " bytes");
    }
    RequestTarget target = RequestTarget.of(first[1]);
    HttpRequest parsed =
        new HttpRequest(first[0], target.path(), target.query(), headers(lines.subList(1, lines.size() - 2)), "");
    HttpRequest addressed = target.authority().map(parsed::addressedTo).orElse(parsed);
    body = bodyReader(addressed);
    expectsContinue = parsed.lists("Expect", "100-continue");
    request = addressed;
  }

  private static Map<String, List<String>> headers(List<String> lines) throws RefusedException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0 || !HeaderLine.isToken(line.substring(0, colon))) {
        throw RefusedException.malformed("header line");
      }
      String value = HttpRequest.trim(line.substring(colon + 1));
      if (HeaderLine.hasControls(value)) {
        throw RefusedException.malformed("header value");
      }
      values(headers, line.substring(0, colon)).add(value);
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
      if (lengths.size() > 1 || !lengths.getFirst().matches("\\d{1,18}")) {
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
