package dev.pinion.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;

/** Which of an issuer's keys may have signed a token. */
final class KeyChoice {
  private static final int SMALLEST_RSA = 2048;
  private static final int LARGEST_RSA = 8192;

  private KeyChoice() {}

  /** Returns the keys of the name that the token gives; if it gives none, the only key of its kind. */
  static List<JWK> of(JWKSet keys, JWSHeader header) {
    List<JWK> fitting = keys.getKeys().stream().filter(each -> fits(each, header.getAlgorithm())).toList();
    String name = header.getKeyID();
    if (name == null) return fitting.size() == 1 ? fitting : List.of();
    return fitting.stream().filter(each -> name.equals(each.getKeyID())).limit(2).toList();
  }

  /** A key is for one algorithm and one use; one of another kind is never tried, whatever the token says. */
  private static boolean fits(JWK key, JWSAlgorithm algorithm) {
    boolean ofUse = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    boolean ofOperation = key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
    boolean ofAlgorithm = key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
    return ofUse && ofOperation && ofAlgorithm && isOfKind(key, algorithm);
  }

  private static boolean isOfKind(JWK key, JWSAlgorithm algorithm) {
    if (key instanceof RSAKey rsa) {
      boolean signs = JWSAlgorithm.Family.RSA.contains(algorithm);
      return signs && rsa.size() >= SMALLEST_RSA && rsa.size() <= LARGEST_RSA;
    }
    return key instanceof ECKey ec && Curve.forJWSAlgorithm(algorithm) != null
        && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve());
  }
}
