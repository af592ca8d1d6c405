package dev.pinion.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** A response on the wire. */
final class HttpResponseTest {
  private static String encoded(HttpResponse response) {
    return new String(response.encode(true, true), ISO_8859_1);
  }

  @Test
  void aBodyHasItsLength() {
    assertThat(encoded(HttpResponse.of(200, "text/plain", "hi")))
        .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nhi");
    assertThat(encoded(HttpResponse.of(205))).isEqualTo("HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n");
  }

  /** A length would be that of the answer with 200 (RFC 9110 section 8.6). */
  @ParameterizedTest
  @ValueSource(ints = {100, 204, 304})
  void whatHasNoBodyHasNoLength(int status) {
    assertThat(encoded(HttpResponse.of(status))).doesNotContain("content-length").endsWith("\r\n\r\n");
  }
}
