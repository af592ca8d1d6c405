package dev.pinion.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.pinion.jwt.TestIssuer.EC;
import static dev.pinion.jwt.TestIssuer.NOW;
import static dev.pinion.jwt.TestIssuer.RSA;
import static dev.pinion.jwt.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/// Tokens as attackers forge them (RFC 8725, PortSwigger's and Auth0's lists, CVE-2022-21449, Wycheproof): each is
/// refused for its own reason, and the reason has nothing of the token.
final class ForgedTokensTest {
  private static final TestIssuer ISSUER = new TestIssuer();
  private static final RSAKey OTHERS = TestIssuer.rsa("rsa-1");

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  private static TokenClaims verify(String token) throws InvalidTokenException {
    return new TokenVerifier(new SigningKeys(new IssuerDocuments(java.time.Duration.ofSeconds(5))))
        .verify(token, ISSUER.rules(), NOW);
  }

  static Stream<Arguments> forged() throws Exception {
    return Stream.of(headers(), keysOfTheirOwn(), signatures(), claims(), forms()).flatMap(each -> each);
  }

  private static String payload() {
    return JsonText.of(ISSUER.claims());
  }

  private static String encoded(String header, String payload) {
    return Base64URL.encode(header) + "." + Base64URL.encode(payload);
  }

  private static String rs(String header) {
    return signed(RSA, JWSAlgorithm.RS256, header, payload());
  }

  private static String hmac(byte[] secret) throws Exception {
    byte[] key = secret.length >= 32 ? secret : java.util.Arrays.copyOf(secret, 32);
    String input = encoded("{\"alg\":\"HS256\",\"kid\":\"rsa-1\"}", payload());
    return input + "." + new MACSigner(key).sign(new JWSHeader(JWSAlgorithm.HS256),
        input.getBytes(StandardCharsets.US_ASCII));
  }

  private static Stream<Arguments> headers() throws Exception {
    RSAPublicKey open = RSA.toRSAPublicKey();
    return Stream.of(
        arguments("none", encoded("{\"alg\":\"none\"}", payload()) + ".", "not a signed JWT"),
        arguments("none with a signature", encoded("{\"alg\":\"none\"}", payload()) + ".AAAA", "not a signed JWT"),
        arguments("nOnE", encoded("{\"alg\":\"nOnE\"}", payload()) + ".AAAA", "algorithm"),
        arguments("no algorithm", rs("{\"kid\":\"rsa-1\"}"), "not a signed JWT"),
        arguments("an empty algorithm", rs("{\"alg\":\"\",\"kid\":\"rsa-1\"}"), "algorithm"),
        arguments("an algorithm that is a number", rs("{\"alg\":256,\"kid\":\"rsa-1\"}"), "not a signed JWT"),
        arguments("HMAC with the public key, DER", hmac(open.getEncoded()), "algorithm"),
        arguments("HMAC with the public key, PEM", hmac(pem(open)), "algorithm"),
        arguments("HMAC with the modulus", hmac(RSA.getModulus().decode()), "algorithm"),
        arguments("HMAC with nothing", hmac(new byte[0]), "algorithm"),
        arguments("ES256 with the name of an RSA key",
            signed(EC, JWSAlgorithm.ES256, "{\"alg\":\"ES256\",\"kid\":\"rsa-1\"}", payload()), "key"),
        arguments("RS256 with the name of an EC key", rs("{\"alg\":\"RS256\",\"kid\":\"ec-1\"}"), "key"),
        arguments("a name of no key", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-2\"}"), "key"),
        arguments("a path", rs("{\"alg\":\"RS256\",\"kid\":\"../../../../dev/null\"}"), "key"),
        arguments("SQL", rs("{\"alg\":\"RS256\",\"kid\":\"x' UNION SELECT 'key';--\"}"), "key"),
        arguments("a command", rs("{\"alg\":\"RS256\",\"kid\":\"key|sleep 9\"}"), "key"),
        arguments("a zero byte", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\\u0000\"}"), "key"),
        arguments("an empty name", rs("{\"alg\":\"RS256\",\"kid\":\"\"}"), "key"));
  }

  private static Stream<Arguments> keysOfTheirOwn() {
    String own = OTHERS.toPublicJWK().toJSONString();
    return Stream.of(
        arguments("a key of its own", signed(OTHERS, JWSAlgorithm.RS256,
            "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"jwk\":" + own + "}", payload()), "jwk"),
        arguments("keys of its own", signed(OTHERS, JWSAlgorithm.RS256,
            "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"jku\":\"" + ISSUER.url() + "/theirs\"}", payload()), "jku"),
        arguments("a certificate elsewhere", signed(OTHERS, JWSAlgorithm.RS256,
            "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"x5u\":\"https://evil.example\"}", payload()), "x5u"),
        arguments("a certificate", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"x5c\":[\"MIIB\"]}"), "x5c"),
        arguments("an unknown critical header",
            rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"exp\"],\"exp\":1}"), "crit"),
        arguments("an empty critical header", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[]}"), "crit"),
        arguments("a payload that is not encoded",
            rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"b64\"],\"b64\":false}"), "header has"),
        arguments("b64 that is not critical", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"b64\":false}"), "b64"),
        arguments("compressed", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"zip\":\"DEF\"}"), "zip"),
        arguments("a logout token", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":\"logout+jwt\"}"), "type"),
        arguments("two algorithms", rs("{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa-1\"}"), "not a signed JWT"),
        arguments("two names", rs("{\"alg\":\"RS256\",\"kid\":\"x\",\"kid\":\"rsa-1\"}"), "not a signed JWT"));
  }

  private static byte[] pem(RSAPublicKey key) {
    return ("-----BEGIN PUBLIC KEY-----\n"
        + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static Stream<Arguments> signatures() throws Exception {
    String good = ISSUER.token();
    String start = good.substring(0, good.lastIndexOf('.'));
    String es = encoded("{\"alg\":\"ES256\",\"kid\":\"ec-1\"}", payload());
    byte[] zero = new byte[64];
    byte[] order = new byte[64];
    byte[] n = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16).toByteArray();
    System.arraycopy(n, n.length - 32, order, 0, 32);
    System.arraycopy(n, n.length - 32, order, 32, 32);
    return Stream.of(
        arguments("another's signature", TestIssuer.rs256(OTHERS, payload()), "signature"),
        arguments("the signature of another token", start + good(ISSUER.with("sub", "eve")), "signature"),
        arguments("another payload under the signature", encoded("{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}",
            JsonText.of(Map.of("sub", "eve"))) + good(good), "signature"),
        arguments("another header over the signature",
            encoded("{\"kid\":\"rsa-1\",\"alg\":\"RS256\"}", payload()) + good(good), "signature"),
        arguments("PS256 over a signature of RS256",
            encoded("{\"alg\":\"PS256\",\"kid\":\"rsa-1\"}", payload()) + good(good), "signature"),
        arguments("a truncated signature", good.substring(0, good.length() - 4), "signature"),
        arguments("one byte of signature", start + ".AA", "signature"),
        arguments("no signature", start + ".", "not a signed JWT"),
        arguments("a longer signature", good + "AAAA", "signature"),
        arguments("a signature of zeros", start + "." + Base64URL.encode(new byte[256]), "signature"),
        arguments("r = s = 0", es + "." + Base64URL.encode(zero), "signature"),
        arguments("r = s = n", es + "." + Base64URL.encode(order), "signature"),
        arguments("a signature in DER", es + "." + Base64URL.encode(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}),
            "signature"));
  }

  private static String good(String token) {
    return token.substring(token.lastIndexOf('.'));
  }

  private static Stream<Arguments> claims() {
    long now = NOW.getEpochSecond();
    return Stream.of(
        arguments("another issuer", ISSUER.with("iss", "https://evil.example"), "issuer"),
        arguments("the issuer and a slash", ISSUER.with("iss", ISSUER.url() + "/"), "issuer"),
        arguments("the issuer in capitals", ISSUER.with("iss", "HTTP" + ISSUER.url().substring(4)), "issuer"),
        arguments("no issuer", ISSUER.without("iss"), "issuer"),
        arguments("several issuers", ISSUER.with("iss", List.of(ISSUER.url())), "iss is not a text"),
        arguments("another audience", ISSUER.with("aud", "mail"), "audience"),
        arguments("a longer audience", ISSUER.with("aud", "chat2"), "audience"),
        arguments("an audience in one text", ISSUER.with("aud", "mail chat"), "audience"),
        arguments("no audience", ISSUER.without("aud"), "audience"),
        arguments("an empty list of audiences", ISSUER.with("aud", List.of()), "audience"),
        arguments("audiences that are numbers", ISSUER.with("aud", List.of("chat", 1)), "aud is not a text"),
        arguments("an audience that is an object", ISSUER.with("aud", Map.of("chat", true)), "aud is not a text"),
        arguments("a client beside another audience", both(), "audience"),
        arguments("expired", ISSUER.with("exp", now - 61), "expired"),
        arguments("expired at this moment", ISSUER.with("exp", now - 60), "expired"),
        arguments("no expiry", ISSUER.without("exp"), "no exp"),
        arguments("an expiry that is a text", ISSUER.with("exp", "9999999999"), "exp is not a time"),
        arguments("an expiry that is null",
            TestIssuer.rs256(RSA, payload().replaceFirst("\"exp\":\\d+", "\"exp\":null")),
            "exp is not a time"),
        arguments("an expiry beyond all numbers", number("1e999"), "not a"),
        arguments("an expiry of very many digits", number("9".repeat(40)), "exp is not a time"),
        arguments("a negative expiry", ISSUER.with("exp", -1), "exp is not a time"),
        arguments("not valid yet", ISSUER.with("nbf", now + 61), "not valid yet"),
        arguments("a start that is a text", ISSUER.with("nbf", "0"), "nbf is not a time"),
        arguments("issued in the future", ISSUER.with("iat", now + 61), "not valid yet"),
        arguments("nobody", ISSUER.without("sub"), "no sub"),
        arguments("an empty name", ISSUER.with("sub", " "), "sub is empty"),
        arguments("a name that is a number", ISSUER.with("sub", 7), "sub is not a text"),
        arguments("two expiries", TestIssuer.rs256(RSA, payload().replaceFirst("\\{", "{\"exp\":1,")), "payload"),
        arguments("two subjects", TestIssuer.rs256(RSA, payload().replaceFirst("\\{", "{\"sub\":\"eve\",")), "payload"),
        arguments("a list", TestIssuer.rs256(RSA, "[1]"), "payload"),
        arguments("no JSON", TestIssuer.rs256(RSA, "sub=ada"), "payload"),
        arguments("depth", TestIssuer.rs256(RSA, "{\"a\":" + "[".repeat(5000)), "payload"));
  }

  private static String both() {
    Map<String, Object> claims = ISSUER.claims();
    claims.put("aud", "mail");
    claims.put("client_id", "chat");
    return TestIssuer.rs256(RSA, JsonText.of(claims));
  }

  private static String number(String exp) {
    return TestIssuer.rs256(RSA, payload().replaceFirst("\"exp\":\\d+", "\"exp\":" + exp));
  }

  private static Stream<Arguments> forms() {
    String good = ISSUER.token();
    return Stream.of(
        arguments("nothing", "", "not a signed JWT"),
        arguments("two parts", good.substring(0, good.lastIndexOf('.')), "not a signed JWT"),
        arguments("four parts", good + ".AA", "not a signed JWT"),
        arguments("five parts, as if encrypted", "e30.AA.AA.AA.AA", "not a signed JWT"),
        arguments("a space before", " " + good, "not a signed JWT"),
        arguments("a line's end", good + "\n", "not a signed JWT"),
        arguments("a space inside", good.replaceFirst("\\.", ". "), "not a signed JWT"),
        arguments("padding", good + "=", "not a signed JWT"),
        arguments("the other alphabet", good.replaceFirst("\\.", "+."), "not a signed JWT"),
        arguments("a letter of another script", good.replaceFirst("e", "е"), "not a signed JWT"),
        arguments("a full stop of another script", good.replaceFirst("\\.", "．"), "not a signed JWT"),
        arguments("JSON of a signature", "{\"payload\":\"e30\",\"signatures\":[]}", "not a signed JWT"),
        arguments("a token in a token", signed(RSA, JWSAlgorithm.RS256,
            "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"cty\":\"JWT\"}", good), "payload"),
        arguments("a header that is a list", encoded("[]", payload()) + ".AAAA", "not a signed JWT"),
        arguments("huge", good + "A".repeat(TokenVerifier.LONGEST), "longer than 8192"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forged")
  void isRefused(String kind, String token, String why) {
    assertThatExceptionOfType(InvalidTokenException.class).as(kind).isThrownBy(() -> verify(token).subject())
        .satisfies(refused -> {
          assertThat(refused.why()).contains(why).matches("[a-z][A-Za-z0-9 ']{10,60}")
              .doesNotContain("evil", "dev", "UNION", "sleep", "eve");
        });
  }

  @Test
  void smallKeysVerifyNothing() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    var pair = generator.generateKeyPair();
    RSAKey weak =
        new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate()).keyID("weak").build();
    try (TestIssuer issuer = new TestIssuer()) {
      issuer.publish(weak);
      String token = TestIssuer.rs256(weak, JsonText.of(issuer.claims()));
      TokenVerifier verifier =
          new TokenVerifier(new SigningKeys(new IssuerDocuments(java.time.Duration.ofSeconds(5))));
      assertThatExceptionOfType(InvalidTokenException.class)
          .isThrownBy(() -> verifier.verify(token, issuer.rules(), NOW)).withMessageContaining("key");
    }
  }

  static Stream<Arguments> good() {
    long now = NOW.getEpochSecond();
    return Stream.of(
        arguments("RS256", ISSUER.token()),
        arguments("PS256", signed(RSA, JWSAlgorithm.PS256, "{\"alg\":\"PS256\",\"kid\":\"rsa-1\"}", payload())),
        arguments("ES256", signed(EC, JWSAlgorithm.ES256, "{\"alg\":\"ES256\",\"kid\":\"ec-1\"}", payload())),
        arguments("without the name of a key", rs("{\"alg\":\"RS256\"}")),
        arguments("an access token", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":\"at+JWT\"}")),
        arguments("a thumbprint", rs("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"x5t\":\"AA\"}")),
        arguments("several audiences", ISSUER.with("aud", List.of("mail", "chat"))),
        arguments("seconds with a fraction", number((now + 1) + ".5")),
        arguments("expired within the skew", ISSUER.with("exp", now - 59)),
        arguments("valid within the skew", ISSUER.with("nbf", now + 60)),
        arguments("Cognito's access token", client()));
  }

  private static String client() {
    Map<String, Object> claims = ISSUER.claims();
    claims.remove("aud");
    claims.put("client_id", "chat");
    return TestIssuer.rs256(RSA, JsonText.of(claims));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("good")
  void isAccepted(String kind, String token) throws Exception {
    assertThat(verify(token).subject()).as(kind).isEqualTo("ada");
  }
}
