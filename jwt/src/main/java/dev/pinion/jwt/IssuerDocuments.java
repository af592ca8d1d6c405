package dev.pinion.jwt;

import com.nimbusds.jose.jwk.JWK;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    return set(keys, object(keys, read(keys)));
  }

  /** Returns the keys that can be read: others, such as those of new kinds, are ignored (RFC 7517, section 5). */
  private static JWKSet set(URI from, Map<String, Object> document) {
    if (!(document.get("keys") instanceof List<?> all)) throw new IssuerException(from + " has no set of keys");
    List<JWK> keys = new ArrayList<>();
    for (Object each : all) key(each).ifPresent(keys::add);
    if (keys.isEmpty() && !all.isEmpty()) throw new IssuerException(from + " has no set of keys that can be read");
    return new JWKSet(keys);
  }

  private static Optional<JWK> key(Object value) {
    if (!(value instanceof Map<?, ?> map)) return Optional.empty();
    Map<String, Object> members = new HashMap<>();
    map.forEach((name, each) -> members.put(String.valueOf(name), each));
    try {
      return Optional.of(JWK.parse(members));
    } catch (ParseException | RuntimeException _) {
      return Optional.empty();
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
    long deadline = System.nanoTime() + longest.toNanos();
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      try {
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) Math.min(CONNECT.toMillis(), longest.toMillis()));
        connection.setReadTimeout((int) longest.toMillis());
        connection.setRequestProperty("Accept", "application/json");
        int status = status(connection);
        if (status != HttpURLConnection.HTTP_OK) throw new IssuerException(uri + " answers " + status);
        try (InputStream in = connection.getInputStream()) {
          return text(uri, in, deadline);
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw System.nanoTime() > deadline ? tooSlow(uri) : new IssuerException(uri + " cannot be read: " + e);
    }
  }

  private IssuerException tooSlow(URI uri) {
    return new IssuerException(uri + " takes longer than " + longest.toMillis() + " ms");
  }

  /** A time-out is one of each read, and the head of an answer may come in many: the connection is ended in time. */
  private int status(HttpURLConnection connection) throws IOException {
    Thread end = Thread.ofVirtual().name("pinion-issuer").start(() -> {
      try {
        Thread.sleep(longest);
        connection.disconnect();
      } catch (InterruptedException _) {
        // The head has come.
      }
    });
    try {
      return connection.getResponseCode();
    } catch (RuntimeException e) {
      throw new IOException("the connection was ended", e);
    } finally {
      end.interrupt();
    }
  }

  /** Reads the body, until the deadline. */
  private String text(URI uri, InputStream in, long deadline) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      all.write(buffer, 0, read);
      if (all.size() > LARGEST) throw new IssuerException(uri + " has more than " + LARGEST + " bytes");
      if (System.nanoTime() > deadline) throw tooSlow(uri);
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
