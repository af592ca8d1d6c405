package dev.pinion.gateway;

import dev.pinion.engine.HttpResponse;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pages may use a server on this machine, and what they must call it. */
@Timeout(30)
final class GatekeeperTest {
  private final Recorder recorder = new Recorder();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder)
      .allowOrigin("https://example.com").allowHost("tunnel.example").allowHost("Phone.example:81")
      .endpoint(request -> request.path().equals("/broken")
          ? fail()
          : Optional.of(HttpResponse.of(200, "text/plain", request.method() + request.query() + request.body())))
      .start();

  private static Optional<HttpResponse> fail() {
    throw new IllegalStateException("broken");
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private int status(String method, String path, String... headers) throws IOException {
    try (Peer peer = new Peer(gateway.port())) {
      return peer.request(method, path, "", headers).status();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, 101", "https://localhost, 101", "http://127.0.0.1:5173, 101", "http://[::1]:80, 101",
    "HTTP://LOCALHOST:3000, 101",
    "http://app.localhost:1, 101", "https://example.com, 101", "https://example.com:444, 403",
    "http://example.com, 403", "https://evil.example, 403", "http://localhost.evil.example, 403", "null, 403",
    "http://127.0.0.1.evil.example, 403", "file://, 403", "http://user@evil.example, 403", "'http://a b', 403"})
  void pagesOfTheseOriginsMayConnect(String origin, int status) throws Exception {
    assertThat(status("GET", "/prod", Peer.handshake("Origin: " + origin))).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:%d", "LOCALHOST:%d", "127.0.0.1:%d", "[::1]:%d", "tunnel.example",
    "tunnel.example:443", "phone.example:81"})
  void theseAreThisServer(String host) throws Exception {
    assertThat(status("GET", "/prod", Peer.handshake("Host: " + host.formatted(gateway.port())))).isEqualTo(101);
    assertThat(status("GET", "/", "Host: " + host.formatted(gateway.port()))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:1", "evil.example:%d", "phone.example", "localhost.evil:%d", "",
    "[::1", "127.0.0.1.evil.example:%d"})
  void othersAreNot(String host) throws Exception {
    assertThat(status("GET", "/prod", Peer.handshake("Host: " + host.formatted(gateway.port())))).isEqualTo(403);
    assertThat(status("GET", "/", "Host: " + host.formatted(gateway.port()))).isEqualTo(403);
    assertThat(status("DELETE", "/prod/@connections/AAAAAAAAAAAAAAA=", "Host: " + host.formatted(gateway.port())))
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"http://localhost:%d, 101", "ws://127.0.0.1:%d, 101", "wss://tunnel.example, 101",
    "http://evil.example:%d, 403", "http://localhost:1, 403", "http://, 400", "http://me@localhost:%d, 400"})
  void theAuthorityOfATargetCountsAsHost(String authority, int status) throws Exception {
    String target = authority.formatted(gateway.port()) + "/prod";
    assertThat(status("GET", target, Peer.handshake("Host: evil.example"))).isEqualTo(status);
  }

  @Test
  void theLogNamesTheValueAndTheOption() throws Exception {
    status("GET", "/prod", Peer.handshake("Host: phone.local:80"));
    assertThat(recorder.logged("refused")).isEqualTo("refused 403 /prod: Host 'phone.local:80' is not this server's: to"
        + " allow it, use --allow-host phone.local");
    status("GET", "/prod", Peer.handshake("Origin: file://"));
    assertThat(recorder.logged("refused")).isEqualTo("refused 403 /prod: Origin 'file://' is not allowed: to allow it,"
        + " use --allow-origin file://");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "localhost | Host 'localhost' has no port, which means port 80: send 'Host: localhost:PORT', or to allow it, use"
        + " --allow-host localhost",
    "'' | Host is empty: send 'Host: localhost:PORT'",
    "evil.example | Host 'evil.example' is not this server's: to allow it, use --allow-host evil.example",
    "localhost:1 | Host 'localhost:1' is not this server's: to allow it, use --allow-host localhost"})
  void theLogSaysWhatIsWrongWithTheHost(String host, String why) throws Exception {
    status("GET", "/prod", Peer.handshake("Host: " + host));
    assertThat(recorder.logged("refused"))
        .isEqualTo("refused 403 /prod: " + why.replace("PORT", Integer.toString(gateway.port())));
  }

  @Test
  void onAllAddressesTheMachinesOwnAreItsHosts() throws Exception {
    List<InetAddress> own = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance).toList();
    try (Gateway open = new GatewayBuilder(recorder).listener(recorder).host("0.0.0.0").start()) {
      for (InetAddress address : own) {
        try (Peer peer = new Peer(open.port())) {
          assertThat(peer.upgrade("/prod", "Host: " + address.getHostAddress() + ":" + open.port()).status())
              .isEqualTo(101);
        }
        assertThat(status("GET", "/prod", Peer.handshake("Host: " + address.getHostAddress() + ":" + gateway.port())))
            .isEqualTo(address.isLoopbackAddress() ? 101 : 403);
      }
      for (String foreign : new String[] {"192.0.2.7:" + open.port(), "evil.example:" + open.port()}) {
        try (Peer peer = new Peer(open.port())) {
          assertThat(peer.upgrade("/prod", "Host: " + foreign).status()).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void onlyOwnPagesMayUseTheRest() throws Exception {
    String own = "Origin: " + gateway.origin();
    assertThat(status("GET", "/", own)).isEqualTo(200);
    assertThat(status("DELETE", "/prod/@connections/AAAAAAAAAAAAAAA=", own)).isEqualTo(410);
    for (String foreign : new String[] {"http://localhost:3000", "https://example.com", "null"}) {
      assertThat(status("GET", "/", "Origin: " + foreign)).isEqualTo(403);
      assertThat(status("POST", "/prod/@connections/AAAAAAAAAAAAAAA=", "Origin: " + foreign)).isEqualTo(403);
    }
  }

  @Test
  void endpointAnswersTheRest() throws Exception {
    try (Peer peer = new Peer(gateway.port())) {
      assertThat(peer.request("POST", "/x?q=%20", "bödy").body()).isEqualTo("POSTq=%20bödy");
      assertThat(peer.request("GET", "/x", "").body()).isEqualTo("GET");
      assertThat(peer.request("GET", "/broken", "").status()).isEqualTo(500);
    }
    assertThat(recorder.bugs()).hasSize(1);
  }
}
