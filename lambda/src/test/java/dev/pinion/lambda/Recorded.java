package dev.pinion.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Events as API Gateway sends them, from the folder {@code events} of the test resources. */
final class Recorded {
  private Recorded() {}

  static String event(String name) {
    String path = "/events/" + name + ".json";
    try (InputStream in = Objects.requireNonNull(Recorded.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message to a route. */
  static String message(String route) {
    return changed(event("message"), "\"$default\"", "\"" + route + "\"");
  }

  /** An event with one part of its text changed, which must be there. */
  static String changed(String event, String from, String to) {
    if (!event.contains(from)) {
      throw new IllegalArgumentException(from + " is not in " + event);
    }
    return event.replace(from, to);
  }
}
