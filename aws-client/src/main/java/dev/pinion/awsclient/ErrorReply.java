package dev.pinion.awsclient;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Reads the error in a response: its name from the header or the body, its message from the body. */
final class ErrorReply {
  private ErrorReply() {}

  static AwsErrorException read(AwsReply reply) {
    String body = reply.text();
    Map<String, String> members = members(body);
    String code =
        reply.header("x-amzn-errortype")
            .orElseGet(() -> members.getOrDefault("code", members.getOrDefault("__type", "")));
    String message =
        first(members, "message", "Message", "errorMessage")
            .orElseGet(() -> reply.header("x-amzn-error-message").orElse(""));
    return new AwsErrorException(reply.status(), name(code), message, body);
  }

  private static Map<String, String> members(String body) {
    try {
      return body.isEmpty() ? Map.of() : Json.texts(body);
    } catch (IOException _) {
      return Map.of(); // a proxy's page, say: the status tells all there is
    }
  }

  private static Optional<String> first(Map<String, String> members, String... names) {
    for (String name : names) {
      String value = members.get(name);
      if (value != null) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** The name alone, of forms such as {@code com.amazon.coral#ThrottlingException:http://internal/}. */
  private static String name(String code) {
    int end = code.indexOf(':');
    String before = end < 0 ? code : code.substring(0, end);
    return before.substring(before.indexOf('#') + 1).strip();
  }
}
