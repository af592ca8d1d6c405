package dev.pinion.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSignerOption;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An issuer on this machine, whose tokens and misbehaviour a test decides.
final class TestIssuer implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  static final RSAKey RSA = rsa("rsa-1");
  static final ECKey EC = ec("ec-1");

  private static final Set<JWSSignerOption> WEAK = Set.of(AllowWeakRSAKey.getInstance());

  final AtomicInteger configurations = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  volatile Answer configuration = this::configuration;
  volatile Answer keys = exchange -> json(exchange, new JWKSet(List.<JWK>of(RSA, EC)).toString());
  private final HttpServer server;

  /// What the issuer does with a request.
  interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  TestIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/.well-known/openid-configuration", exchange -> {
      configurations.incrementAndGet();
      answer(exchange, configuration);
    });
    server.createContext("/keys", exchange -> {
      reads.incrementAndGet();
      answer(exchange, keys);
    });
    server.start();
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      answer.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void configuration(HttpExchange exchange) throws IOException {
    json(exchange, "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/keys\"}");
  }

  static void json(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  void publish(JWK... published) {
    String set = new JWKSet(List.of(published)).toString();
    keys = exchange -> json(exchange, set);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  TokenRules rules() {
    return rules("chat");
  }

  TokenRules rules(String audience) {
    return new TokenRules(url(), List.of(audience),
        Set.of("RS256", "PS256", "ES256"), Duration.ofMinutes(1), false);
  }

  /// The claims of a token that is good at NOW.
  Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", url());
    claims.put("sub", "ada");
    claims.put("aud", "chat");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("exp", NOW.plusSeconds(600).getEpochSecond());
    return claims;
  }

  String token() {
    return rs256(RSA, JsonText.of(claims()));
  }

  String with(String claim, Object value) {
    Map<String, Object> claims = claims();
    claims.put(claim, value);
    return rs256(RSA, JsonText.of(claims));
  }

  String without(String claim) {
    Map<String, Object> claims = claims();
    claims.remove(claim);
    return rs256(RSA, JsonText.of(claims));
  }

  static String rs256(RSAKey key, String payload) {
    return signed(key, JWSAlgorithm.RS256, "{\"alg\":\"RS256\",\"kid\":\"" + key.getKeyID() + "\"}", payload);
  }

  /// A token with any header, over which the signature is right.
  static String signed(JWK key, JWSAlgorithm algorithm, String header, String payload) {
    try {
      String input = Base64URL.encode(header) + "." + Base64URL.encode(payload);
      JWSHeader plain = new JWSHeader(algorithm);
      byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
      Base64URL signature = key instanceof RSAKey rsa ? new RSASSASigner(rsa.toPrivateKey(), WEAK).sign(plain, bytes)
          : new ECDSASigner(key.toECKey()).sign(plain, bytes);
      return input + "." + signature;
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static RSAKey rsa(String name) {
    try {
      return new RSAKeyGenerator(2048).keyID(name).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey ec(String name) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(name).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
