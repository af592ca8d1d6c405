package dev.pinion.junit;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a client sends to connect. Not thread-safe. */
public final class ClientHandshake {
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private final List<String> query = new ArrayList<>();
  private final List<String> subprotocols = new ArrayList<>();
  private String webSocket = "";
  private String name = "";

  ClientHandshake() {}

  static ClientHandshake of(Connect annotation) {
    ClientHandshake handshake =
        new ClientHandshake().webSocket(annotation.webSocket()).subprotocols(annotation.subprotocols());
    for (String each : annotation.query()) {
      String[] parts = split(each, "=", "a query parameter of @Connect is NAME=VALUE");
      handshake.query(parts[0], parts[1]);
    }
    for (String each : annotation.headers()) {
      String[] parts = split(each, ":", "a header of @Connect is NAME: VALUE");
      handshake.header(parts[0], parts[1].strip());
    }
    return handshake;
  }

  private static String[] split(String text, String mark, String form) {
    String[] parts = text.split(mark, 2);
    if (parts.length < 2) throw new IllegalArgumentException(form + ", not '" + text + "'");
    return parts;
  }

  /** Adds a query parameter, which is encoded here. */
  public ClientHandshake query(String parameter, String value) {
    query.add(URLEncoder.encode(parameter, UTF_8) + "=" + URLEncoder.encode(value, UTF_8));
    return this;
  }

  /** Adds a header. */
  public ClientHandshake header(String header, String value) {
    if ((header + value).chars().anyMatch(c -> c == '\r' || c == '\n')) {
      throw new IllegalArgumentException("a header has one line: " + header);
    }
    headers.add(Map.entry(header, value));
    return this;
  }

  /** Adds subprotocols that the client offers. */
  public ClientHandshake subprotocols(String... offered) {
    subprotocols.addAll(List.of(offered));
    return this;
  }

  /** Sets the WebSocket's id. Needed if the app has several. */
  public ClientHandshake webSocket(String id) {
    webSocket = id;
    return this;
  }

  /** Sets how the client is called in messages. Default: the parameter's name, or {@code client N}. */
  public ClientHandshake as(String clientName) {
    name = clientName;
    return this;
  }

  String webSocket() {
    return webSocket;
  }

  String name() {
    return name;
  }

  /** Returns the query with its question mark, or nothing. */
  String query() {
    return query.isEmpty() ? "" : "?" + String.join("&", query);
  }

  /** Returns all headers beyond those of every WebSocket handshake. */
  List<Map.Entry<String, String>> headers() {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    if (!subprotocols.isEmpty()) all.add(Map.entry("Sec-WebSocket-Protocol", String.join(", ", subprotocols)));
    return all;
  }
}
