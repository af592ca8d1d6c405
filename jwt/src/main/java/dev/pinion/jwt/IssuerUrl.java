package dev.pinion.jwt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The addresses that keys are read from: {@code https}, or {@code http} of this machine. */
final class IssuerUrl {
  private IssuerUrl() {}

  /**
   * Returns an address.
   *
   * @throws IllegalArgumentException if keys must not be read from there; the message quotes it
   */
  static URI of(String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null || !isSafe(uri, host)) {
        throw new IllegalArgumentException(problem(text));
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(problem(text), e);
    }
  }

  /** Returns the address of an issuer's configuration (OpenID Connect Discovery 1.0, section 4). */
  static URI configuration(String issuer) {
    URI uri = of(issuer);
    if (uri.getRawQuery() != null) throw new IllegalArgumentException(problem(issuer));
    return URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
  }

  private static String problem(String text) {
    return "'" + text + "' is not the URL of an issuer: use https, as in https://login.example.com/, or http on this"
        + " machine, without query and fragment";
  }

  private static boolean isSafe(URI uri, String host) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return scheme.equals("https") || (scheme.equals("http") && isLoopback(host));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
