package dev.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is a request, and what it means. */
final class RequestReaderTest {

  private static HttpRequest read(String text) throws RefusedException {
    RequestReader reader = new RequestReader(ServerLimits.DEFAULT);
    byte[] bytes = text.getBytes(ISO_8859_1);
    assertThat(reader.read(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    assertThat(reader.isWhole()).isTrue();
    return reader.take();
  }

  @ParameterizedTest
  @CsvSource({
    "/prod, here:1, /prod, ''", "/prod?a=b, here:1, /prod, a=b", "http://there:2/prod?a, there:2, /prod, a",
    "ws://there:2/prod, there:2, /prod, ''", "WSS://There/prod, There, /prod, ''", "https://there, there, /, ''",
    "http://there?a=b, there, /, a=b", "http://[::1]:80/x, [::1]:80, /x, ''"})
  void anAuthorityInTheTargetTakesThePlaceOfHost(String target, String host, String path, String query)
      throws Exception {
    HttpRequest request = read("GET " + target + " HTTP/1.1\r\nhost: here:1\r\n\r\n");
    assertThat(request.values("Host")).containsExactly(host);
    assertThat(request.path()).isEqualTo(path);
    assertThat(request.query()).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "prod", "http:/prod", "http:///prod", "ftp://there/", "http://user@there/", "there:80",
    "://there/", "http://th\u00e9re/", "/a\u007fb", "http://there\tx/",
    "/prod#x", "/#", "/a?b#c", "http://there#x", "http://there/#"})
  void otherTargetsAreRefused(String target) {
    assertThatThrownBy(() -> read("GET " + target + " HTTP/1.1\r\nHost: here:1\r\n\r\n"))
        .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: \u000bchunked", "Transfer-Encoding: chunked\u000c",
    "Transfer-Encoding: \u001cchunked", "Content-Length: \u000b0", "Content-Length: 0\u001f", "X: \u0000", "X: \u007f"})
  void noOtherSpaceIsRemovedThanBlanks(String header) {
    assertThatThrownBy(() -> read("POST / HTTP/1.1\r\nHost: here\r\n" + header + "\r\n\r\n0\r\n\r\n"))
        .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u000b1", "1\u000b", "\u001c1", "1\u000c;x"})
  void norInAChunksSize(String size) {
    assertThatThrownBy(
        () -> read("POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\nx\r\n0\r\n\r\n"))
        .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1;a\rb\r\nx\r\n0\r\n\r\n", "1;\u0000\r\nx\r\n0\r\n\r\n", "0\r\nno colon\r\n\r\n",
    "0\r\n: x\r\n\r\n", "0\r\na b: x\r\n\r\n", "0\r\na: \rx\r\n\r\n"})
  void chunksHaveNoOddExtensionsOrTrailers(String body) {
    assertThatThrownBy(() -> read("POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n" + body))
        .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  /** A client that did not wait for {@code 100 Continue} must not get it behind the answer. */
  @Test
  void theNextRequestExpectsNothingOfTheOneBefore() throws Exception {
    byte[] request =
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\nx".getBytes(ISO_8859_1);
    RequestReader reader = new RequestReader(ServerLimits.DEFAULT);
    reader.read(request, 0, request.length - 1);
    assertThat(reader.expectsContinue()).isTrue();
    reader.read(request, request.length - 1, request.length);
    reader.take();
    assertThat(reader.expectsContinue()).isFalse();
    reader.read(request, 0, request.length);
    reader.take();
    assertThat(reader.expectsContinue()).isFalse();
  }

  /** Some clients send one behind a body (RFC 9112 section 2.2). */
  @Test
  void oneEmptyLineBeforeARequestIsSkipped() throws Exception {
    byte[] two = "\r\nGET /1 HTTP/1.1\r\nHost: x\r\n\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1);
    RequestReader reader = new RequestReader(ServerLimits.DEFAULT);
    List<String> paths = new ArrayList<>();
    for (int at = 0; at < two.length; at++) {
      assertThat(reader.read(two, at, at + 1)).isEqualTo(at + 1);
      if (reader.isWhole()) {
        paths.add(reader.take().path());
      }
    }
    assertThat(paths).containsExactly("/1", "/2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n\r\n", "\n", "\r\r\n", "\r "})
  void moreIsNoRequest(String before) {
    assertThatThrownBy(() -> read(before + "GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
        .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @Test
  void aListHasBlanksAroundItsMembersOnly() throws Exception {
    HttpRequest request = read("GET / HTTP/1.1\r\nHost: here\r\nConnection: \tkeep-alive ,\tUpgrade \r\n\r\n");
    assertThat(request.lists("connection", "upgrade")).isTrue();
    assertThat(request.lists("connection", "close")).isFalse();
  }

  @Test
  void aTlsClientIsNamedAtItsFirstByte() {
    RequestReader reader = new RequestReader(ServerLimits.DEFAULT);
    assertThatThrownBy(() -> reader.read(new byte[] {22, 3, 1}, 0, 3)).isInstanceOfSatisfying(
        RefusedException.class, refusal -> assertThat(refusal.why()).contains("TLS", "use ws:// or http://"));
  }
}
