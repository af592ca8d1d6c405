package dev.pinion.gateway;

import dev.pinion.engine.ServerLimits;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What the gateway of an HTTP API was built with, and its present deployment; see {@link HttpGatewayBuilder}. */
record HttpSettings(
    String host, int port, Set<String> origins, Set<String> hosts, InstantSource clock, Profile profile,
    AtomicReference<HttpDeployment> deployed) {
  /** The most bytes of a request's line and headers together. */
  static final int HEAD_BYTES = 10_240;
  /** The most bytes that are kept of a body that is refused anyway. */
  private static final int REFUSED_BYTES = 1024;
  private static final int BUFFER_BYTES = 16 << 20;
  private static final int PENDING = 4096;
  private static final long PENDING_BYTES = 256L << 20;

  HttpDeployment deployment() {
    return deployed.getAcquire();
  }

  /** Returns how much clients may take of the server. */
  ServerLimits serverLimits() {
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    return new ServerLimits(
        HEAD_BYTES, HEAD_BYTES, REFUSED_BYTES, BUFFER_BYTES, quarter, quarter, PENDING,
        Math.min(PENDING_BYTES, quarter), profile.requestTimeout);
  }
}
