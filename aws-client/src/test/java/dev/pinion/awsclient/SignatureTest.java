package dev.pinion.awsclient;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Signatures equal AWS's published ones and the SDK's. */
final class SignatureTest {
  private static final byte[] NOTHING = {};

  /**
   * Requests and signatures of AWS's test suite for Signature Version 4, as published in {@code awslabs/aws-c-auth},
   * under the Apache License 2.0. Left out are those that no request of this client can be: with a space in the path,
   * with a header twice, or signed in the query.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      get-vanilla | GET / |  | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
      post-vanilla | POST / |  | 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
      get-unreserved | GET /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz |  | \
      07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f
      get-utf8 | GET /ሴ |  | 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85
      get-relative | GET /example/.. |  | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
      get-relative-relative | GET /example1/example2/../.. |  | \
      5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
      get-slashes | GET //example// |  | 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84
      get-slash-pointless-dot | GET /./example |  | ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5
      get-query-order-key-case | GET /?Param2=value2&Param1=value1 |  | \
      b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
      get-query-order-encoded | GET /?Param-3=Value3&Param=Value2&%E1%88%B4=Value1 |  | \
      371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac
      get-empty-query-key | GET /?Param1=value1 |  | a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb
      post-header-key-sort | POST / | My-Header1: value1 | \
      c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c
      post-header-value-case | POST / | My-Header1: VALUE1 | \
      cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d
      get-header-value-trim | GET / | My-Header1: value1;My-Header2: "a   b   c" | \
      acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736
      """)
  void asPublished(String name, String line, @Nullable String headers, String expected) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String header : headers == null ? new String[0] : headers.split(";", -1)) {
      all.put(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 1));
    }
    String[] parts = line.split(" ", 2);
    assertThat(published(parts[0], parts[1], all, NOTHING, Optional.empty())).endsWith(", Signature=" + expected);
  }

  /** Of the same suite: {@code get-vanilla-with-session-token} and {@code post-x-www-form-urlencoded}. */
  @Test
  void asPublishedWithATokenAndWithABody() {
    String token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    assertThat(published("GET", "/", Map.of(), NOTHING, Optional.of(token)))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date;x-amz-security-token, "
                + "Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
    byte[] body = "Param1=value1".getBytes(UTF_8);
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/x-www-form-urlencoded", "Content-Length", "13", "x-amz-content-sha256",
            Sha256.hex(body));
    assertThat(published("POST", "/", headers, body, Optional.empty()))
        .endsWith(", Signature=d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b");
  }

  private static String published(
      String method, String target, Map<String, String> headers, byte[] body, Optional<String> token) {
    AwsCall call = new AwsCall(method, URI.create("https://example.amazonaws.com" + target), headers, body);
    Credentials credentials = new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token);
    AwsCall signed =
        new Signature().sign(call, credentials, "service", "us-east-1", Instant.parse("2015-08-30T12:36:00Z"));
    return String.valueOf(signed.headers().get("Authorization"));
  }

  /** Of RFC 4231, with keys shorter and longer than a block. */
  @Test
  void hmac() {
    assertThat(HexFormat.of().formatHex(Sha256.hmac("Jefe".getBytes(UTF_8), "what do ya want for nothing?")))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    byte[] key = new byte[131];
    Arrays.fill(key, (byte) 0xaa);
    assertThat(
        HexFormat.of().formatHex(Sha256.hmac(key, "Test Using Larger Than Block-Size Key - Hash Key First")))
        .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  }

  @Test
  void asTheSdkForRandomRequests() {
    Random random = new Random(7);
    Signature signature = new Signature();
    for (int i = 0; i < 5_000; i++) {
      AwsCall call = randomCall(random);
      Optional<String> token =
          random.nextBoolean() ? Optional.of("token/" + random.nextLong() + "==") : Optional.empty();
      Credentials credentials = new Credentials("AKID" + random.nextInt(3), "secret/" + random.nextInt(3), token);
      String service = List.of("dynamodb", "execute-api", "ssm").get(random.nextInt(3));
      String region = List.of("eu-central-1", "us-gov-west-1").get(random.nextInt(2));
      Instant at = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      assertThat(signature.sign(call, credentials, service, region, at).headers().get("Authorization"))
          .as("request %d: %s %s %s", i, call.method(), call.uri(), call.headers())
          .isEqualTo(sdk(call, credentials, service, region, at));
    }
  }

  private static AwsCall randomCall(Random random) {
    String path =
        random.nextInt(3) == 0
            ? "/"
            : "/prod/@connections/" + Signature.encode(randomText(random, "ab_-=+/ %~.ü😀"), false);
    String uri = (random.nextBoolean() ? "https://x.example.com" : "http://127.0.0.1:8000") + path;
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      headers.put("X-" + Character.toString('a' + random.nextInt(26)) + i, randomText(random, "ab, ;=1") + "x");
    }
    byte[] body = new byte[random.nextInt(200)];
    random.nextBytes(body);
    headers.put("x-amz-content-sha256", Sha256.hex(body)); // the SDK's signer adds it to each request
    return new AwsCall(random.nextBoolean() ? "POST" : "DELETE", URI.create(uri), headers, body);
  }

  private static String randomText(Random random, String alphabet) {
    int[] points = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder("a");
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static String sdk(AwsCall call, Credentials with, String service, String region, Instant at) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(call.method())).uri(call.uri());
    call.headers().forEach((name, value) -> {
      if (!name.equals("x-amz-content-sha256")) {
        request.putHeader(name, value);
      }
    });
    AwsCredentialsIdentity identity =
        with.sessionToken()
            .<AwsCredentialsIdentity>map(
                token -> AwsSessionCredentialsIdentity.create(with.accessKeyId(), with.secretAccessKey(), token))
            .orElseGet(() -> AwsCredentialsIdentity.create(with.accessKeyId(), with.secretAccessKey()));
    return AwsV4HttpSigner.create()
        .sign(
            sign -> sign.identity(identity)
                .request(request.build())
                .payload(ContentStreamProvider.fromByteArray(call.body()))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }
}
