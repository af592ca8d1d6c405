package dev.pinion.jwt;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The claims of a token, by their names. */
record TokenClaims(Map<String, Object> all) {
  /** What API Gateway itself puts beside them. */
  private static final Set<String> TAKEN = Set.of("principalId", "integrationLatency");

  /** Returns a claim that is a text; empty if there is none. */
  Optional<String> text(String name) throws InvalidTokenException {
    Object value = all.get(name);
    if (value == null) return Optional.empty();
    if (value instanceof String text) return Optional.of(text);
    throw new InvalidTokenException("its " + name + " is not a text");
  }

  /** Returns a claim that is a time in seconds, which may have a fraction; empty if there is none. */
  Optional<Instant> time(String name) throws InvalidTokenException {
    Object value = all.get(name);
    if (value == null && !all.containsKey(name)) return Optional.empty();
    if (value instanceof Number number) {
      double seconds = number.doubleValue();
      if (seconds >= 0 && seconds < 1e12) return Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)));
    }
    throw new InvalidTokenException("its " + name + " is not a time");
  }

  /** Who the token is about. */
  String subject() throws InvalidTokenException {
    String subject = text("sub").orElseThrow(() -> new InvalidTokenException("it has no sub"));
    if (subject.isBlank()) throw new InvalidTokenException("its sub is empty");
    return subject;
  }

  /** When the token expires. */
  Instant expiry() throws InvalidTokenException {
    return time("exp").orElseThrow(() -> new InvalidTokenException("it has no exp"));
  }

  /** Returns for whom the token is. A token that has no audience names the client it was made for (Cognito). */
  List<String> audiences() throws InvalidTokenException {
    Object audience = all.get("aud");
    if (audience == null) return text("client_id").stream().toList();
    if (audience instanceof String one) return List.of(one);
    if (!(audience instanceof List<?> several)) throw new InvalidTokenException("its aud is not a text");
    List<String> names = new ArrayList<>();
    for (Object each : several) {
      if (!(each instanceof String name)) throw new InvalidTokenException("its aud is not a text");
      names.add(name);
    }
    return names;
  }

  /**
   * Returns what an authorizer may pass on: texts, numbers and booleans as they are, arrays and objects as JSON.
   *
   * @param names which ones; empty for all
   */
  Map<String, Object> context(Set<String> names) {
    Map<String, Object> context = new LinkedHashMap<>();
    all.forEach((name, value) -> {
      Object plain = plain(value);
      boolean asked = names.isEmpty() || names.contains(name);
      if (plain != null && asked && !TAKEN.contains(name)) context.put(name, plain);
    });
    return context;
  }

  /** Returns all claims as texts, as the JWT authorizer of an HTTP API passes them on: lists as {@code [a b]}. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    all.forEach((name, value) -> {
      if (value instanceof List<?> list) {
        StringJoiner joined = new StringJoiner(" ", "[", "]");
        for (Object each : list) joined.add(String.valueOf(each));
        texts.put(name, joined.toString());
      } else if (value != null) texts.put(name, String.valueOf(plain(value)));
    });
    return texts;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof List<?> list) return JSONArrayUtils.toJSONString(list);
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = new LinkedHashMap<>();
      map.forEach((name, each) -> object.put(String.valueOf(name), each));
      return JSONObjectUtils.toJSONString(object);
    }
    return value;
  }
}
