package dev.pinion.awsclient;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** An HTTP response. */
final class AwsReply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * A response.
   *
   * @param headers by name in lower case
   */
  AwsReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  byte[] body() {
    return body;
  }

  boolean isSuccessful() {
    return status >= 200 && status < 300;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
