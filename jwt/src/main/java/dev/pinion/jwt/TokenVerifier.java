package dev.pinion.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.math.BigInteger;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Verifies tokens: form, algorithm, key, signature and claims, in this order. Nothing of a token is believed before its
 * signature is verified, except for the name of the key. Any thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725: JSON Web Token Best Current Practices</a>
 */
final class TokenVerifier {
  /** The handshake of a client has at most 10,240 bytes of headers. */
  static final int LONGEST = 8192;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  /** Tokens of other kinds, such as logout tokens, may come from the same issuer (RFC 8725, section 3.11). */
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");
  /** What names or brings a key, or changes what is signed. */
  private static final Set<String> REFUSED = Set.of("crit", "b64", "jku", "jwk", "x5u", "x5c", "zip");

  private final SigningKeys keys;

  TokenVerifier(SigningKeys keys) {
    this.keys = keys;
  }

  /**
   * Returns the claims of a token.
   *
   * @throws InvalidTokenException if it does not let in
   * @throws IssuerException if the issuer's keys cannot be had
   */
  TokenClaims verify(String token, TokenRules rules, Instant now) throws InvalidTokenException {
    JWSObject parsed = parse(token);
    JWSHeader header = parsed.getHeader();
    rules.check(header);
    check(header);
    List<JWK> candidates = keys.of(rules.issuer(), header, now);
    if (candidates.isEmpty()) throw new InvalidTokenException("its key is not one of the issuer's for this algorithm");
    if (candidates.stream().noneMatch(each -> isSigned(parsed, each))) {
      throw new InvalidTokenException("its signature is wrong");
    }
    Map<String, Object> claims = parsed.getPayload().toJSONObject();
    if (claims == null) throw new InvalidTokenException("its payload is not a JSON object");
    TokenClaims verified = new TokenClaims(claims);
    rules.check(verified, now);
    return verified;
  }

  /** Verifies a token that nobody has signed, and reads keys; whatever fails is ignored. */
  void rehearse(String issuer) {
    try {
      JWSObject token = parse(Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"k\"}") + ".e30.AA");
      Base64URL modulus = Base64URL.encode(BigInteger.TWO.pow(2047).add(BigInteger.ONE));
      JWK key = new RSAKey.Builder(modulus, new Base64URL("AQAB")).keyID("k").build();
      KeyChoice.of(new JWKSet(key), token.getHeader()).forEach(each -> isSigned(token, each));
      var _ = new TokenClaims(Map.of("a", List.of("b"))).context(Set.of());
      keys.rehearse(issuer);
    } catch (InvalidTokenException | IssuerException e) {
      System.err.println("warning: the first client may wait longer, as its rehearsal failed: " + e.getMessage());
    }
  }

  private static JWSObject parse(String token) throws InvalidTokenException {
    if (token.length() > LONGEST) throw new InvalidTokenException("it is longer than " + LONGEST + " characters");
    if (!FORM.matcher(token).matches()) throw new InvalidTokenException("it is not a signed JWT");
    try {
      return JWSObject.parse(token);
    } catch (ParseException | RuntimeException _) {
      throw new InvalidTokenException("it is not a signed JWT");
    }
  }

  private static void check(JWSHeader header) throws InvalidTokenException {
    for (String each : names(header)) {
      if (REFUSED.contains(each)) throw new InvalidTokenException("its header has " + each);
    }
    if (header.getType() != null && !TYPES.contains(header.getType().getType().toLowerCase(Locale.ROOT))) {
      throw new InvalidTokenException("it is a token of another type");
    }
  }

  /** All that is in a header; the library leaves out what it takes for nothing, such as an empty {@code crit}. */
  private static Set<String> names(JWSHeader header) throws InvalidTokenException {
    try {
      return JSONObjectUtils.parse(header.getParsedBase64URL().decodeToString()).keySet();
    } catch (ParseException _) {
      throw new InvalidTokenException("it is not a signed JWT");
    }
  }

  private static boolean isSigned(JWSObject token, JWK key) {
    try {
      return token.verify(verifier(key));
    } catch (JOSEException | RuntimeException _) {
      return false;
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa.toRSAPublicKey())
        : new ECDSAVerifier(((ECKey) key).toECPublicKey());
  }
}
