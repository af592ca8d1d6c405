package dev.pinion.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An origin of web pages (RFC 6454), as the header {@code Origin} writes it: scheme and host in lower case, and the
 * port unless it is the scheme's own.
 */
public final class Origin {
  /** What clients send that have no page: sandboxed frames, files, and some devices. */
  private static final Set<String> WITHOUT_HOST = Set.of("null", "file://");

  private Origin() {}

  /**
   * Returns an origin in the form that browsers send it.
   *
   * @throws IllegalArgumentException when the text is no origin: the message says what to write
   */
  public static String normalize(String text) {
    String trimmed = text.strip();
    if (WITHOUT_HOST.contains(trimmed.toLowerCase(Locale.ROOT))) {
      return trimmed.toLowerCase(Locale.ROOT);
    }
    URI uri;
    try {
      uri = new URI(trimmed);
    } catch (URISyntaxException e) {
      throw invalid(text, e);
    }
    String scheme = uri.getScheme();
    String host = uri.getHost();
    boolean onlyOrigin =
        (uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null;
    if (scheme == null || host == null || !onlyOrigin) {
      throw invalid(text, null);
    }
    String lower = scheme.toLowerCase(Locale.ROOT);
    boolean ownPort = uri.getPort() < 0 || uri.getPort() == port(lower);
    return lower + "://" + host.toLowerCase(Locale.ROOT) + (ownPort ? "" : ":" + uri.getPort());
  }

  private static int port(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      default -> -1;
    };
  }

  private static IllegalArgumentException invalid(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "'" + text + "' is not an origin: use scheme and host, such as https://example.com or http://192.168.1.5:5173"
            + ("*".equals(text.strip()) ? "; each origin has to be named" : ""),
        cause);
  }
}
