package dev.pinion;

import dev.pinion.spi.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds values in the headers and the query of a handshake. */
final class HandshakeValues {
  private HandshakeValues() {}

  /** Returns the values of a header, whose name is not case-sensitive. */
  static Stream<String> header(Event.Connect event, String name) {
    return values(event.headers(), name, true);
  }

  static Stream<String> query(Event.Connect event, String name) {
    return values(event.queryStringParameters(), name, false);
  }

  static List<String> subprotocols(Event.Connect event) {
    return header(event, "Sec-WebSocket-Protocol")
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static Stream<String> values(Map<String, List<String>> all, String name, boolean anyCase) {
    return all.entrySet().stream()
        .filter(entry -> anyCase ? entry.getKey().equalsIgnoreCase(name) : entry.getKey().equals(name))
        .flatMap(entry -> entry.getValue().stream());
  }
}
