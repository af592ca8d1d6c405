package dev.pinion.awsclient;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * What makes TLS connections, with the JVM's own trust store. Making it takes a tenth of a second of a start, so a
 * thread of its own does while the function goes on starting. Sessions are resumed. Any thread.
 */
final class TlsFactory {
  private final FutureTask<SSLSocketFactory> factory;

  private TlsFactory(FutureTask<SSLSocketFactory> factory) {
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

  SSLSocketFactory get() throws IOException {
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
