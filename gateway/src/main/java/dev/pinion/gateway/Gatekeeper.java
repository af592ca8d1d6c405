package dev.pinion.gateway;

import dev.pinion.engine.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps foreign web pages away from a server on this machine: a request's {@code Host} must be this server's (DNS
 * rebinding), and its {@code Origin} must be allowed (cross-site WebSocket hijacking). Stateless.
 *
 * <p>Programs that are no browsers send no origin, and pass.
 */
final class Gatekeeper {
  private final Settings settings;
  private final int port;

  Gatekeeper(Settings settings, int port) {
    this.settings = settings;
    this.port = port;
  }

  /** Whether the request is addressed to this server. */
  boolean isAddressed(HttpRequest request) {
    String host = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
    int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
    String name = colon < 0 ? host : host.substring(0, colon);
    if (settings.hosts().contains(host) || settings.hosts().contains(name)) {
      return true;
    }
    String asked = colon < 0 ? "80" : host.substring(colon + 1);
    boolean own = isLoopback(name) || name.equals(settings.host()) || name.equals("[" + settings.host() + "]");
    return own && asked.equals(Integer.toString(port));
  }

  /** Whether the request's page may connect: its origin is on this machine, or allowed. */
  boolean mayConnect(HttpRequest request) {
    return origin(request).map(origin -> isLocal(origin) || settings.origins().contains(origin)).orElse(true);
  }

  /** Whether the request comes from a page of this very server. */
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
      return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && isLoopback(uri.getHost().toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isLoopback(String name) {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
