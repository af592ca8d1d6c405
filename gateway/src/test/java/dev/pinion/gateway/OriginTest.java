package dev.pinion.gateway;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Origins and hosts as users write them. */
final class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://example.com, https://example.com", "https://example.com/, https://example.com",
    "HTTPS://Example.COM, https://example.com", "https://example.com:443, https://example.com",
    "http://example.com:80/, http://example.com", "http://example.com:8080, http://example.com:8080",
    "http://[::1]:3000, http://[::1]:3000", "null, null", "file://, file://", "FILE://, file://",
    "chrome-extension://abcdef, chrome-extension://abcdef"})
  void isNormalized(String written, String origin) {
    assertThat(Origin.normalize(written)).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "example.com", "localhost:3000", "https://", "https://example.com/app", "//example.com",
    "https://example.com?x", "https://user@example.com", "https://*.example.com", "", "http://a b"})
  void orRefusedWithWhatToWrite(String written) {
    assertThatThrownBy(() -> Origin.normalize(written)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + written + "' is not an origin: use scheme and host, such as https://example.com");
  }

  @ParameterizedTest
  @CsvSource({"demo.example.com, demo.example.com", "Demo.Example.com:80, demo.example.com:80",
    "[::1]:8080, [::1]:8080",
    "192.168.1.5, 192.168.1.5"})
  void hostsAreNormalized(String written, String host) {
    assertThat(HostName.normalize(written)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://demo.example.com", "demo.example.com/", "*", "", "a b", "demo:port"})
  void orRefused(String written) {
    assertThatThrownBy(() -> HostName.normalize(written)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a host name: use a name or an address");
  }
}
