package dev.pinion.gateway;

import dev.pinion.engine.FrameLimits;
import dev.pinion.engine.Network;
import dev.pinion.engine.ServerLimits;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a gateway was built with, and what may change while it runs: its deployment, limits and network; {@link
 * GatewayBuilder} says what each part means.
 */
record Settings(
    String host,
    int port,
    String apiId,
    AtomicReference<Moment> moment,
    Set<String> origins,
    Set<String> hosts,
    InstantSource clock,
    HttpEndpoint endpoint,
    Optional<SignatureCheck> signatures,
    AtomicReference<Deployment> deployed) {

  private static final int URL_CHARACTERS = 4096;
  private static final int HEADER_BYTES = 10_240;

  /** Returns the deployment of what begins now. */
  Deployment deployment() {
    return deployed.getAcquire();
  }

  /** Returns the limits and behaviours of this moment. */
  Profile profile() {
    return moment.getAcquire().profile();
  }

  /** Returns how slow the network to all clients is at this moment. */
  Network network() {
    return moment.getAcquire().network();
  }

  GatewayListener listener() {
    return deployment().listener();
  }

  String stage() {
    return deployment().stage();
  }

  /** Returns which frames clients may send. */
  FrameLimits frameLimits() {
    return moment.getAcquire().frames();
  }

  /** Returns how much clients may take of the server. */
  ServerLimits serverLimits() {
    Profile profile = profile();
    return new ServerLimits(
        URL_CHARACTERS, HEADER_BYTES, profile.postBytes, profile.bufferBytes,
        Runtime.getRuntime().maxMemory() / 100 * profile.bufferHeapPercent,
        Runtime.getRuntime().maxMemory() / 100 * profile.inputHeapPercent,
        profile.pendingRequests, profile.pendingBytes, profile.requestTimeout);
  }
}
