package dev.pinion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The decision of an {@link AuthorizeHandler} on a client that asks to connect. Immutable. */
public sealed interface Authorization {

  /**
   * Lets the client connect.
   *
   * @param principal who the client is, such as a user's id; key "principalId" in {@link Connection#authorizer}
   * @throws IllegalArgumentException if it is blank
   */
  static Authorization allow(String principal) {
    return allow(principal, Map.of());
  }

  /**
   * Lets the client connect, and passes values to all events of the connection: {@link Connection#authorizer} returns
   * them as text.
   *
   * @param principal who the client is, such as a user's id; key "principalId" in {@link Connection#authorizer}
   * @param context strings, numbers and booleans; any other value that messages support, such as a list, becomes JSON
   *     text, as API Gateway takes no arrays or objects. With the policy it may have 8 KB
   * @throws IllegalArgumentException if the principal is blank, a value is null, or a key is "principalId" or
   *     {@code integrationLatency}, which API Gateway sets
   */
  static Authorization allow(String principal, Map<String, ?> context) {
    return new Allow(principal, Collections.unmodifiableMap(new LinkedHashMap<String, Object>(context)));
  }

  /** Rejects the client: it gets 403. */
  static Authorization deny() {
    return new Deny();
  }

  /** Rejects a client that did not say who it is, or not credibly: it gets 401. */
  static Authorization unauthorized() {
    return new Unauthorized();
  }

  /** The client may connect; see {@link #allow(String, Map)}. */
  record Allow(String principal, Map<String, Object> context) implements Authorization {
    public Allow {
      if (principal.isBlank()) {
        throw new IllegalArgumentException(Callers.location() + ": the principal is empty: name who is allowed");
      }
      context.forEach(Allow::check);
    }

    private static void check(String key, Object value) {
      if (value == null)
        throw new IllegalArgumentException(Callers.location() + ": the value of '" + key + "' is null");
      if (key.equals("principalId") || key.equals("integrationLatency")) {
        throw new IllegalArgumentException(
            Callers.location() + ": '" + key + "' is set by API Gateway: choose another key");
      }
    }
  }

  /** The client may not connect; see {@link #deny()}. */
  record Deny() implements Authorization {}

  /** The client must say who it is; see {@link #unauthorized()}. */
  record Unauthorized() implements Authorization {}
}
