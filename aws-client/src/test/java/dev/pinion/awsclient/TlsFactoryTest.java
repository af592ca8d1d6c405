package dev.pinion.awsclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which groups a handshake offers. */
@Timeout(60)
final class TlsFactoryTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;
  private static SSLContext context;

  private final TlsFactory tls = new TlsFactory(new FutureTask<>(() -> context.getSocketFactory()));

  @BeforeAll
  static void certificate() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair", "-keyalg", "EC",
            "-alias", "aws", "-dname", "CN=localhost", "-ext",
            "SAN=ip:127.0.0.1,dns:localhost,dns:dynamodb-fips.localhost", "-validity", "2",
            "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", "changeit")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
  }

  /** A server that takes these groups only, and echoes a byte on each connection that becomes secure. */
  private static SSLServerSocket server(String... groups) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket) context.getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SSLParameters parameters = server.getSSLParameters();
    parameters.setNamedGroups(groups);
    server.setSSLParameters(parameters);
    Thread.startVirtualThread(() -> {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          socket.getOutputStream().write(socket.getInputStream().read());
        } catch (IOException _) {
          // the handshake has failed, or the test is over
        }
      }
    });
    return server;
  }

  private static void echo(TlsFactory tls, SSLServerSocket server, String host) throws IOException {
    try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        SSLSocket secure = tls.secured(tcp, host, server.getLocalPort())) {
      secure.getOutputStream().write(7);
      assertThat(secure.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void theFirstHandshakeOffersX25519Alone() throws Exception {
    try (SSLServerSocket quick = server("x25519"); SSLServerSocket other = server("secp256r1")) {
      echo(tls, quick, "127.0.0.1");
      assertThatThrownBy(() -> echo(tls, other, "localhost")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void afterAFailedHandshakeTheDefaultsApplyToThatServer() throws Exception {
    try (SSLServerSocket server = server("secp256r1")) {
      assertThatThrownBy(() -> echo(tls, server, "localhost")).isInstanceOf(IOException.class);
      echo(tls, server, "localhost");
      assertThatThrownBy(() -> echo(tls, server, "127.0.0.1")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void fipsEndpointsGetTheDefaults() throws Exception {
    try (SSLServerSocket server = server("secp256r1")) {
      echo(tls, server, "dynamodb-fips.localhost");
    }
  }
}
