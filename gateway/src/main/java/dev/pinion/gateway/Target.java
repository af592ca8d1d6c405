package dev.pinion.gateway;

import dev.pinion.engine.RefusedException;
import java.net.URLDecoder;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a request's path means to the gateway. */
sealed interface Target {

  /** The stage: where clients connect. */
  record Stage() implements Target {}

  /** One connection of the management API. */
  record Connections(String id) implements Target {}

  /** A path below the stage that means nothing. */
  record BelowStage() implements Target {}

  /** Anything else. */
  record Other() implements Target {}

  /** The meaning of a path as it was sent; percent-encoded characters stand for themselves. */
  static Target of(String path, String stage) throws RefusedException {
    String[] segments = path.split("/", -1);
    if (segments.length < 2 || !decode(segments[1]).equals(stage)) {
      return new Other();
    }
    if (segments.length == 2 || (segments.length == 3 && segments[2].isEmpty())) {
      return new Stage();
    }
    if (segments.length == 4 && decode(segments[2]).equals("@connections") && !segments[3].isEmpty()) {
      return new Connections(decode(segments[3]));
    }
    return new BelowStage();
  }

  /** Undoes percent-encoding; a plus sign is a plus sign. */
  private static String decode(String segment) throws RefusedException {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw RefusedException.malformed("percent-encoding");
    }
  }
}
