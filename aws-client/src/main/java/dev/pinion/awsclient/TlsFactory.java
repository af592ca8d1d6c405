package dev.pinion.awsclient;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * What makes TLS connections, with the JVM's own trust store. Making it takes a tenth of a second of a start, so a
 * thread of its own does while the function goes on starting. Sessions are resumed. Any thread.
 *
 * <p>The first handshake with a server offers X25519 alone. By default, the JDK also makes a key share of the curve
 * secp256r1, which takes nearly as long as the rest of the handshake while nothing is compiled. After a handshake that
 * fails, the JDK's defaults apply to that server, as they do to FIPS endpoints, which do not take X25519, and wherever
 * {@code jdk.tls.namedGroups} is set.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.2.8">RFC 8446, section 4.2.8: key shares</a>
 */
final class TlsFactory {
  private static final String[] QUICK = {"x25519"};
  /** From this version on, the JDK's defaults begin with a hybrid of X25519 and ML-KEM, which must not be lost. */
  private static final int HYBRID = 27;

  private final FutureTask<SSLSocketFactory> factory;
  private final Set<String> defaults = ConcurrentHashMap.newKeySet();

  TlsFactory(FutureTask<SSLSocketFactory> factory) {
    this.factory = factory;
  }

  /** Returns one that is made when it is prepared, or else at the first connection. */
  static TlsFactory lazy() {
    return new TlsFactory(new FutureTask<>(TlsFactory::make));
  }

  /** Starts making it, in a thread of its own. */
  void prepare() {
    Thread.ofPlatform().daemon().name("pinion-tls").start(factory);
  }

  private static SSLSocketFactory make() throws GeneralSecurityException {
    return SSLContext.getDefault().getSocketFactory();
  }

  /** Makes a connection secure: the server must have a certificate for the host. */
  SSLSocket secured(Socket tcp, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) get().createSocket(tcp, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (isQuick(host)) {
      parameters.setNamedGroups(QUICK);
    }
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      defaults.add(host);
      throw e;
    }
    return socket;
  }

  private boolean isQuick(String host) {
    return Runtime.version().feature() < HYBRID && System.getProperty("jdk.tls.namedGroups") == null
        && !host.contains("fips") && !defaults.contains(host);
  }

  private SSLSocketFactory get() throws IOException {
    factory.run(); // does nothing when it has been run, or is being run
    try {
      return factory.get();
    } catch (ExecutionException e) {
      throw new IOException("TLS cannot be used: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while TLS starts", e);
    }
  }
}
