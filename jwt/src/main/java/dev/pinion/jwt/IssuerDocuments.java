package dev.pinion.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;

/**
 * Reads what an issuer publishes: its configuration, and its keys. A document is read without redirects, up to 256 KB
 * and 5 seconds. Any thread.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery 1.0</a>
 */
final class IssuerDocuments {
  static final int LARGEST = 256 << 10;
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final Duration longest;

  IssuerDocuments(Duration longest) {
    this.longest = longest;
  }

  /**
   * Returns the present keys of an issuer.
   *
   * @throws IssuerException if there are none to be had
   */
  JWKSet keys(String issuer) {
    URI configuration = configuration(issuer);
    Map<String, Object> found = object(configuration, read(configuration));
    if (!issuer.equals(found.get("issuer"))) {
      throw new IssuerException(configuration + " is the configuration of another issuer than " + issuer
          + ": write the issuer exactly as it is there");
    }
    if (!(found.get("jwks_uri") instanceof String address)) {
      throw new IssuerException(configuration + " has no jwks_uri");
    }
    URI keys = address(configuration, address);
    Map<String, Object> set = object(keys, read(keys));
    try {
      return JWKSet.parse(set);
    } catch (ParseException | RuntimeException e) {
      throw new IssuerException(keys + " has no set of keys: " + e.getClass().getSimpleName());
    }
  }

  private static URI configuration(String issuer) {
    try {
      return IssuerUrl.configuration(issuer);
    } catch (IllegalArgumentException e) {
      throw new IssuerException(String.valueOf(e.getMessage()));
    }
  }

  private static URI address(URI configuration, String address) {
    try {
      return IssuerUrl.of(address);
    } catch (IllegalArgumentException e) {
      throw new IssuerException(configuration + " has a jwks_uri that is not https");
    }
  }

  private static Map<String, Object> object(URI from, String text) {
    try {
      return JSONObjectUtils.parse(text);
    } catch (ParseException e) {
      throw new IssuerException(from + " does not answer with a JSON object");
    }
  }

  private String read(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      try {
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) Math.min(CONNECT.toMillis(), longest.toMillis()));
        connection.setReadTimeout((int) longest.toMillis());
        connection.setRequestProperty("Accept", "application/json");
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) throw new IssuerException(uri + " answers " + status);
        try (InputStream in = connection.getInputStream()) {
          return text(uri, in);
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new IssuerException(uri + " cannot be read: " + e);
    }
  }

  /** A read-time-out is one of each read, so that a slow issuer needs a deadline as well. */
  private String text(URI uri, InputStream in) throws IOException {
    long deadline = System.nanoTime() + longest.toNanos();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      all.write(buffer, 0, read);
      if (all.size() > LARGEST) throw new IssuerException(uri + " has more than " + LARGEST + " bytes");
      if (System.nanoTime() > deadline) {
        throw new IssuerException(uri + " takes longer than " + longest.toMillis() + " ms");
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
