package dev.pinion.sim;

import dev.pinion.spi.ConnectionContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the handshakes of the page's own clients, which a browser does not show: the connection's id, or the
 * status of the refusal and its reason. Keeps the last 1,000. Any thread.
 */
final class PageClients {
  private static final int KEPT = 1_000;

  private final Map<String, Map<String, Object>> known = new LinkedHashMap<>();

  /** A handshake with a token has passed all checks. */
  void connecting(String token, ConnectionContext connection) {
    put(token, Map.of("connectionId", connection.connectionId()));
  }

  /** A handshake with a token was turned away. */
  void refused(String token, int status, String why) {
    put(token, Map.of("status", status, "why", why));
  }

  private synchronized void put(String token, Map<String, Object> what) {
    known.remove(token);
    known.put(token, what);
    if (known.size() > KEPT) {
      known.remove(known.keySet().iterator().next());
    }
  }

  /** Returns what is known of the handshake with a token: {@code connectionId}, or {@code status} and {@code why}. */
  synchronized Map<String, Object> of(String token) {
    return known.getOrDefault(token, Map.of());
  }
}
