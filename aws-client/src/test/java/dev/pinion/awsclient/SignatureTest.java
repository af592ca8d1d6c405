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

  /** Of AWS's test suite for Signature Version 4. */
  @ParameterizedTest
  @CsvSource({
    "GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    "GET, /?Param2=value2&Param1=value1, b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"})
  void asPublished(String method, String target, String expected) {
    HttpCall call = new HttpCall(method, URI.create("https://example.amazonaws.com" + target), Map.of(), NOTHING);
    Credentials credentials =
        new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Optional.empty());
    HttpCall signed =
        new Signature().sign(call, credentials, "service", "us-east-1", Instant.parse("2015-08-30T12:36:00Z"));
    assertThat(signed.headers().get("Authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, Signature=" + expected);
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
      HttpCall call = randomCall(random);
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

  private static HttpCall randomCall(Random random) {
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
    return new HttpCall(random.nextBoolean() ? "POST" : "DELETE", URI.create(uri), headers, body);
  }

  private static String randomText(Random random, String alphabet) {
    int[] points = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder("a");
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static String sdk(HttpCall call, Credentials with, String service, String region, Instant at) {
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
