package dev.pinion.junit;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a test sends to an HTTP API: headers and a body. Not thread-safe. */
public final class TestRequest {
  final List<String> headers = new ArrayList<>();
  byte[] body = {};

  TestRequest() {}

  /** Adds a header; a name may occur several times. */
  public TestRequest header(String name, String value) {
    headers.addAll(List.of(name, value));
    return this;
  }

  /** Sets the body to the JSON of a value. */
  public TestRequest json(Object value) {
    header("content-type", "application/json");
    return body(JsonComparison.CODEC.write(value).getBytes(UTF_8));
  }

  /** Sets the body to a text; {@code content-type} is the test's to set. */
  public TestRequest body(String text) {
    return body(text.getBytes(UTF_8));
  }

  /** Sets the body to bytes; {@code content-type} is the test's to set. */
  public TestRequest body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  boolean has(String header) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(header)) return true;
    }
    return false;
  }
}
