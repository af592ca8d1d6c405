package dev.pinion.gateway;

import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.RefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps foreign web pages away from a server on this machine: a request's {@code Host} must be this server's (DNS
 * rebinding), and its {@code Origin} must be allowed (cross-site WebSocket hijacking). Any thread.
 *
 * <p>Non-browser clients mostly send no origin, and pass.
 */
final class Gatekeeper {
  private final String listened;
  private final Set<String> hosts;
  private final Set<String> origins;
  private final int port;
  /** The last {@code Host} that was this server's; a text without state, so any thread may replace it. */
  private String known = "";

  /**
   * The keeper of a server.
   *
   * @param listened the address that the server was given
   * @param hosts other names of it that clients may use
   * @param origins origins that are not on this machine, whose pages may connect
   */
  Gatekeeper(String listened, Set<String> hosts, Set<String> origins, int port) {
    this.listened = listened;
    this.hosts = hosts;
    this.origins = origins;
    this.port = port;
  }

  /**
   * Checks that the request is addressed to this server.
   *
   * @throws RefusedException when it is not; the reason names the host, and the option that allows it
   */
  void mustBeAddressed(HttpRequest request) throws RefusedException {
    String sent = request.header("Host").orElse("");
    if (!sent.isEmpty() && sent.equals(known)) {
      return;
    }
    HostName host = HostName.of(sent);
    if (!isAllowed(host) && !isThisServer(host)) {
      throw new RefusedException(403, refusal(host));
    }
    known = sent;
  }

  private String refusal(HostName host) {
    HostName withPort = new HostName(host.name().isEmpty() ? "localhost" : host.name(), Integer.toString(port));
    if (host.toString().isEmpty()) {
      return "Host is empty: send 'Host: " + withPort + "'";
    }
    if (host.port().isEmpty() && isThisServer(withPort)) {
      return "Host '" + host + "' has no port, which means port 80: send 'Host: " + withPort
          + "', or to allow it, use --allow-host " + host.name();
    }
    return "Host '" + host + "' is not this server's: to allow it, use --allow-host " + host.name();
  }

  private boolean isAllowed(HostName host) {
    return hosts.contains(host.toString()) || hosts.contains(host.name());
  }

  private boolean isThisServer(HostName host) {
    String asked = host.port().isEmpty() ? "80" : host.port();
    return asked.equals(Integer.toString(port))
        && (host.isLoopback()
            || host.name().equalsIgnoreCase(listened)
            || host.name().equalsIgnoreCase("[" + listened + "]")
            || (ServerAddress.isAny(listened) && host.isThisMachine()));
  }

  /**
   * Checks that the request's page may connect: its origin is on this machine, allowed, or one that the app declares.
   *
   * @throws RefusedException when it may not; the reason names the origin, and the option that allows it
   */
  void mayConnect(HttpRequest request, List<String> declared) throws RefusedException {
    Optional<String> sent = origin(request);
    if (sent.isPresent() && !isLocal(sent.get()) && !isAllowed(sent.get()) && !declared.contains(sent.get())) {
      throw new RefusedException(
          403, "Origin '" + sent.get() + "' is not allowed: to allow it, "
              + (declared.isEmpty() ? "" : "add it to origins(...), or locally ") + "use --allow-origin " + sent.get());
    }
  }

  private boolean isAllowed(String origin) {
    if (origins.isEmpty()) {
      return false;
    }
    try {
      return origins.contains(Origin.normalize(origin));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns whether the request comes from a page of this very server. */
  boolean isOwn(HttpRequest request) {
    String host = request.header("Host").orElse("");
    return origin(request)
        .map(origin -> origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host))
        .orElse(true);
  }

  private static Optional<String> origin(HttpRequest request) {
    List<String> origins = request.values("Origin");
    return origins.isEmpty() ? Optional.empty() : Optional.of(String.join(",", origins));
  }

  private static boolean isLocal(String origin) {
    try {
      URI uri = new URI(origin);
      return Set.of("http", "https").contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
          && uri.getHost() != null
          && HostName.of(uri.getHost()).isLoopback();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
