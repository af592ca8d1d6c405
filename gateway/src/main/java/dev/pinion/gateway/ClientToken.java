package dev.pinion.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query parameter {@code pinion-client}, by which the page of a running app finds its own connections again, as
 * browsers let a page set no header of a handshake. The app does not see it.
 */
final class ClientToken {
  private static final String NAME = "pinion-client";
  private static final Pattern PARAMETER = Pattern.compile("(?:^|&)" + NAME + "=([0-9a-f]{24})(?=&|$)");

  private ClientToken() {}

  /** Returns the token in a query as it was sent. */
  static Optional<String> of(String query) {
    if (!query.contains(NAME)) return Optional.empty();
    Matcher matcher = PARAMETER.matcher(query);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Returns the query without it. */
  static String without(String query) {
    if (!query.contains(NAME)) return query;
    String rest = PARAMETER.matcher(query).replaceAll("");
    return rest.startsWith("&") ? rest.substring(1) : rest;
  }
}
