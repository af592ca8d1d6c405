package dev.pinion.awsclient;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Signs requests with AWS Signature Version 4. All headers of the request are signed, and its host. Any thread.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">IAM: create
 *     a signed AWS API request</a>
 */
final class Signature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private volatile @Nullable DayKey dayKey;

  /** A signing key, and what it is for. */
  private static final class DayKey {
    final String secret;
    final String scope;
    final byte[] key;

    DayKey(String secret, String scope, byte[] key) {
      this.secret = secret;
      this.scope = scope;
      this.key = key;
    }
  }

  /** The request with the headers that sign it. */
  AwsCall sign(AwsCall call, Credentials credentials, String service, String region, Instant at) {
    String time = time(at);
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.put("X-Amz-Date", time);
    credentials.sessionToken().ifPresent(token -> headers.put("X-Amz-Security-Token", token));

    TreeMap<String, String> signed = new TreeMap<>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip().replaceAll(" +", " ")));
    signed.put("host", call.host());
    String names = String.join(";", signed.keySet());
    String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    String text =
        ALGORITHM + "\n" + time + "\n" + scope + "\n" + Sha256.hex(canonical(call, signed, names).getBytes(UTF_8));
    byte[] key = key(credentials.secretAccessKey(), scope, service, region);
    headers.put(
        "Authorization",
        ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
            + ", Signature=" + HexFormat.of().formatHex(Sha256.hmac(key, text)));
    return call.with(headers);
  }

  private static String canonical(AwsCall call, Map<String, String> signed, String names) {
    StringBuilder text = new StringBuilder(call.method()).append('\n').append(path(call.uri())).append('\n');
    String query = call.uri().getRawQuery();
    text.append(query == null ? "" : query(query)).append('\n');
    signed.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.append('\n').append(names).append('\n').append(Sha256.hex(call.body())).toString();
  }

  /** The path, encoded once more than it already is. */
  private static String path(URI uri) {
    String path = uri.normalize().getRawPath();
    return path.isEmpty() ? "/" : encode(path, true);
  }

  private static String query(String raw) {
    String[] parts = raw.split("&");
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i].indexOf('=') < 0 ? parts[i] + "=" : parts[i];
    }
    Arrays.sort(
        parts,
        Comparator.comparing((String part) -> part.substring(0, part.indexOf('='))).thenComparing(part -> part));
    return String.join("&", parts);
  }

  /** Percent-encodes all but RFC 3986's unreserved characters. */
  static String encode(String text, boolean keepSlashes) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(UTF_8)) {
      char c = (char) (each & 0xff);
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0
          || (keepSlashes && c == '/')) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return encoded.toString();
  }

  private byte[] key(String secret, String scope, String service, String region) {
    DayKey known = dayKey;
    if (known != null && known.scope.equals(scope) && known.secret.equals(secret)) {
      return known.key;
    }
    byte[] day = Sha256.hmac(("AWS4" + secret).getBytes(UTF_8), scope.substring(0, 8));
    byte[] key = Sha256.hmac(Sha256.hmac(Sha256.hmac(day, region), service), "aws4_request");
    dayKey = new DayKey(secret, scope, key);
    return key;
  }

  /** A time as {@code 20261128T101500Z}. */
  private static String time(Instant at) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(16).append(utc.getYear());
    two(text, utc.getMonthValue());
    two(text, utc.getDayOfMonth());
    two(text.append('T'), utc.getHour());
    two(text, utc.getMinute());
    two(text, utc.getSecond());
    return text.append('Z').toString();
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
