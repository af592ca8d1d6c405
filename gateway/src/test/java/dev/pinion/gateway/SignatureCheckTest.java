package dev.pinion.gateway;

import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Signatures that AWS's own signer for JavaScript (@smithy/signature-v4 5) has made, and changes of them. */
final class SignatureCheckTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Instant AT = Instant.parse("2024-11-11T11:35:24Z");
  private static final String SCOPE = "AKIDEXAMPLE/20241111/eu-central-1/execute-api/aws4_request";
  private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String HEADER = "AWS4-HMAC-SHA256 Credential=" + SCOPE
      + ", SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
      + " Signature=e55f8eb6510fad7a3acb19e87cecfed76cda00128e9b8d617be164d4c09621b0";
  private static final String QUERY = "room=a%20b&X-Amz-Security-Token=tok%2Fen%2B%3D&X-Amz-Algorithm=AWS4-HMAC-SHA256"
      + "&X-Amz-Credential=" + SCOPE.replace("/", "%2F") + "&X-Amz-Date=20241111T113524Z&X-Amz-Expires=300"
      + "&X-Amz-SignedHeaders=host"
      + "&X-Amz-Signature=83322d665de22edbaeadd30d41d9bc8c8add0a515c3e5735ff536ab50f8908f7";

  private final SignatureCheck check = new SignatureCheck("AKIDEXAMPLE", SECRET);

  private static HttpRequest signed(String query, String authorization) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of("localhost:8080"));
    headers.put("X-Amz-Date", List.of("20241111T113524Z"));
    headers.put("x-amz-content-sha256", List.of(EMPTY));
    if (!authorization.isEmpty()) headers.put("Authorization", List.of(authorization));
    return new HttpRequest("GET", "/prod", query, headers, "");
  }

  private static HttpRequest presigned(String query) {
    return new HttpRequest("GET", "/prod", query, Map.of("Host", List.of("localhost:8080")), "");
  }

  private void refuses(HttpRequest request, Instant now, String why) {
    assertThatThrownBy(() -> check.check(request, now)).isInstanceOf(RefusedException.class)
        .hasMessage("IAM authorization: " + why)
        .satisfies(e -> assertThat(((RefusedException) e).status()).isEqualTo(403));
  }

  @ParameterizedTest
  @ValueSource(strings = {"room=a%20b&x=1", "x=1&room=a%20b", "x=1&room=a+b", "room=%61%20b&x=1&"})
  void theHeadersSignatureIsRight(String query) throws RefusedException {
    check.check(signed(query, HEADER), AT);
    check.check(signed(query, HEADER), AT.plus(Duration.ofMinutes(5)));
  }

  @Test
  void theQuerysSignatureIsRight() throws RefusedException {
    check.check(presigned(QUERY), AT);
    check.check(presigned(QUERY), AT.plusSeconds(300));
  }

  /** As the signer aws4 makes it, which many clients of API Gateway's WebSockets use. */
  @Test
  void aSignatureInTheQueryNeedsNoExpiry() throws RefusedException {
    String query = QUERY.replaceFirst("^room.*?&X-Amz-Alg", "X-Amz-Alg").replace("&X-Amz-Expires=300", "")
        .replaceFirst("Signature=.*", "Signature=2c71e1e7f8cc200b2a7e721c6b8ccb06b1dac5692ddabb671129f95bf3fb5f56");
    check.check(presigned(query), AT.plus(Duration.ofMinutes(5)));
    refuses(presigned(query), AT.plusSeconds(301), "its signature is not yet valid, or no longer");
    refuses(presigned(query.replace("X-Amz-Algorithm=AWS4-HMAC-SHA256&", "")), AT,
        "X-Amz-Algorithm is not AWS4-HMAC-SHA256");
  }

  private static HttpRequest post(String id, String signature) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of("localhost:8080"));
    headers.put("X-Amz-Date", List.of("20241111T113524Z"));
    headers.put("Content-Type", List.of("application/octet-stream"));
    headers.put("Authorization", List.of("AWS4-HMAC-SHA256 Credential=" + SCOPE
        + ", SignedHeaders=content-type;host;x-amz-date, Signature=" + signature));
    return new HttpRequest("POST", "/prod/@connections/" + id, "", headers, "");
  }

  /** The path is signed as it is sent, encoded once more. */
  @Test
  void aCallOfConnectionsIsSignedWithItsPathAndBody() throws RefusedException {
    byte[] body = "grüße".getBytes(UTF_8);
    String encoded = "55e07d111a8afc20bf2066516c90d1f088dd9f2e0e878d5bf1649391d7770b32";
    check.check(post("L0SM9cOFvHcCIhw%3D", encoded), body, AT);
    check.check(
        post("L0SM9cOFvHcCIhw=", "2422913448f5c1962817ad4be39ebfdcdb00c2abcd1b457a17565ab75a52112d"), body, AT);
    assertThatThrownBy(() -> check.check(post("L0SM9cOFvHcCIhw%3D", encoded), "x".getBytes(UTF_8), AT))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> check.check(post("L0SM9cOFvHcCIhw=", encoded), body, AT))
        .isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "AKIDEXAMPLE  | AKIDOTHER  | it is signed with another access key than AWS_ACCESS_KEY_ID",
    "execute-api  | s3         | its scope is not that of execute-api",
    "SignedHeaders=host; | SignedHeaders= | its signature does not cover Host",
    "20241111/    | 20241112/  | its scope is of another day than X-Amz-Date",
    "eu-central-1 | us-east-1  | its signature does not match",
    "e55f8e       | e55f8f     | its signature does not match",
    "AWS4-HMAC    | AWS5-HMAC  | it is not signed"})
  void aChangedHeaderIsRefused(String from, String to, String why) {
    refuses(signed("room=a%20b&x=1", HEADER.replace(from, to == null ? "" : to)), AT, why);
  }

  @Test
  void anotherRequestIsRefused() {
    refuses(signed("room=a%20b&x=2", HEADER), AT, "its signature does not match");
    refuses(signed("room=a%20b&x=1&x=1", HEADER), AT, "its signature does not match");
    refuses(presigned(QUERY.replace("a%20b", "c")), AT, "its signature does not match");
    refuses(signed("", ""), AT, "it is not signed");
    refuses(signed("", "Bearer x"), AT, "it is not signed");
  }

  @Test
  void anOldSignatureIsRefused() {
    String over = "its signature is not yet valid, or no longer";
    refuses(signed("room=a%20b&x=1", HEADER), AT.plusSeconds(301), over);
    refuses(signed("room=a%20b&x=1", HEADER), AT.minusSeconds(301), over);
    refuses(presigned(QUERY), AT.plusSeconds(301), over);
    refuses(presigned(QUERY.replace("Expires=300", "Expires=604801")), AT, "X-Amz-Expires is not 0 to 604800");
    refuses(presigned(QUERY.replace("Expires=300", "Expires=604800")), AT, "its signature does not match");
  }
}
