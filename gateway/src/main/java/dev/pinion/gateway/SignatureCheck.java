package dev.pinion.gateway;

import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.RefusedException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Checks the AWS Signature Version 4 of a handshake or of a call of {@code @connections}, in the header {@code
 * Authorization} or, as browsers need it, in the query. IAM's policies are not checked. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">IAM: create
 *     a signed AWS API request</a>
 */
final class SignatureCheck {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String END = "aws4_request";
  private static final byte[] NO_BODY = {};
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final long LONGEST_SECONDS = Duration.ofDays(7).toSeconds();

  private final String accessKeyId;
  private final String secretAccessKey;

  SignatureCheck(String accessKeyId, String secretAccessKey) {
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
  }

  /** What a signature says of itself. */
  private record Signed(
      String credential, List<String> headers, String signature, String time, Duration validity) {}

  /** Returns whether a request has a signature, right or wrong. */
  static boolean isSigned(HttpRequest request) {
    return isSignedInQuery(request) || request.header("Authorization").orElse("").startsWith(ALGORITHM);
  }

  private static boolean isSignedInQuery(HttpRequest request) {
    return request.query().contains("X-Amz-Signature=");
  }

  /** Throws a refusal with 403 unless the handshake is signed, now, with the credentials. */
  void check(HttpRequest request, Instant now) throws RefusedException {
    check(request, NO_BODY, now);
  }

  /** Throws a refusal with 403 unless the request, with its body as it was sent, is signed, now. */
  void check(HttpRequest request, byte[] body, Instant now) throws RefusedException {
    Signed signed = isSignedInQuery(request) ? ofQuery(request) : ofHeader(request);
    String[] scope = signed.credential.split("/", -1);
    if (scope.length != 5 || !scope[3].equals("execute-api") || !scope[4].equals(END)) {
      throw refused("its scope is not that of execute-api");
    }
    if (!scope[0].equals(accessKeyId)) throw refused("it is signed with another access key than AWS_ACCESS_KEY_ID");
    if (!signed.headers.contains("host")) throw refused("its signature does not cover Host");
    checkTime(signed, scope[1], now);
    byte[] expected = signature(request, body, signed, scope).getBytes(UTF_8);
    if (!MessageDigest.isEqual(expected, signed.signature.getBytes(UTF_8))) {
      throw refused("its signature does not match");
    }
  }

  private static RefusedException refused(String why) {
    return new RefusedException(403, "IAM authorization: " + why);
  }

  private static Signed ofHeader(HttpRequest request) throws RefusedException {
    String header = request.header("Authorization").orElse("");
    if (!header.startsWith(ALGORITHM + " ")) throw refused("it is not signed");
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2) parts.put(pair[0], pair[1]);
    }
    return new Signed(
        parts.getOrDefault("Credential", ""), names(parts.getOrDefault("SignedHeaders", "")),
        parts.getOrDefault("Signature", ""), request.header("X-Amz-Date").orElse(""), SKEW);
  }

  private static Signed ofQuery(HttpRequest request) throws RefusedException {
    Map<String, String> parts = new LinkedHashMap<>();
    parameters(request.query()).forEach(each -> parts.putIfAbsent(each.name, each.value));
    if (!ALGORITHM.equals(parts.get("X-Amz-Algorithm"))) throw refused("X-Amz-Algorithm is not " + ALGORITHM);
    return new Signed(
        parts.getOrDefault("X-Amz-Credential", ""), names(parts.getOrDefault("X-Amz-SignedHeaders", "")),
        parts.getOrDefault("X-Amz-Signature", ""), parts.getOrDefault("X-Amz-Date", ""),
        validity(parts.get("X-Amz-Expires")));
  }

  /** How long a signature in the query is valid. Signers such as aws4 leave it out: then it is as one in the header. */
  private static Duration validity(@Nullable String expires) throws RefusedException {
    if (expires == null) return SKEW;
    if (!expires.matches("[0-9]{1,6}") || Long.parseLong(expires) > LONGEST_SECONDS) {
      throw refused("X-Amz-Expires is not 0 to " + LONGEST_SECONDS);
    }
    return Duration.ofSeconds(Long.parseLong(expires));
  }

  /** A parameter of a query, decoded. */
  private record Parameter(String name, String value) {}

  private static List<Parameter> parameters(String query) throws RefusedException {
    List<Parameter> parameters = new ArrayList<>();
    try {
      for (String part : query.split("&", -1)) {
        String[] pair = part.split("=", 2);
        String value = pair.length == 2 ? URLDecoder.decode(pair[1], UTF_8) : "";
        if (!part.isEmpty()) parameters.add(new Parameter(URLDecoder.decode(pair[0], UTF_8), value));
      }
    } catch (IllegalArgumentException e) {
      throw RefusedException.malformed("percent-encoding");
    }
    return parameters;
  }

  private static List<String> names(String signed) {
    return List.of(signed.split(";", -1));
  }

  private static void checkTime(Signed signed, String day, Instant now) throws RefusedException {
    Instant at;
    try {
      at = LocalDateTime.parse(signed.time, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw refused("X-Amz-Date is missing or malformed");
    }
    if (!signed.time.startsWith(day)) throw refused("its scope is of another day than X-Amz-Date");
    if (now.isBefore(at.minus(SKEW)) || now.isAfter(at.plus(signed.validity))) {
      throw refused("its signature is not yet valid, or no longer");
    }
  }

  private String signature(HttpRequest request, byte[] body, Signed signed, String[] scope) throws RefusedException {
    StringBuilder canonical = new StringBuilder(request.method()).append('\n').append(path(request)).append('\n')
        .append(canonical(request.query())).append('\n');
    for (String name : signed.headers) {
      String value = request.values(name).stream()
          .map(each -> each.strip().replaceAll(" +", " ")).collect(Collectors.joining(","));
      canonical.append(name).append(':').append(value).append('\n');
    }
    canonical.append('\n').append(String.join(";", signed.headers)).append('\n').append(hash(body));
    String text = ALGORITHM + "\n" + signed.time + "\n" + scope[1] + "/" + scope[2] + "/execute-api/" + END + "\n"
        + hash(canonical.toString().getBytes(UTF_8));
    byte[] key = ("AWS4" + secretAccessKey).getBytes(UTF_8);
    for (String part : List.of(scope[1], scope[2], "execute-api", END)) key = hmac(key, part);
    return HexFormat.of().formatHex(hmac(key, text));
  }

  /** The path as it was signed: what was sent, encoded once more. */
  private static String path(HttpRequest request) {
    return encoded(request.path()).replace("%2F", "/");
  }

  /** Returns the query as it was signed: encoded anew, in order, without the signature itself. */
  private static String canonical(String query) throws RefusedException {
    return parameters(query).stream()
        .filter(each -> !each.name.equals("X-Amz-Signature"))
        .map(each -> new Parameter(encoded(each.name), encoded(each.value)))
        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
        .map(each -> each.name + "=" + each.value)
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }
}
