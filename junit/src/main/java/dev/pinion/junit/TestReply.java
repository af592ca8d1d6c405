package dev.pinion.junit;

import dev.pinion.spi.JsonCodec.MismatchException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The reply of an HTTP API to a test's request. Expectations return the reply, so that they can be joined.
 * Immutable. */
public final class TestReply {
  private final Failures failures;
  private final String request;
  private final HttpResponse<byte[]> response;

  TestReply(Failures failures, String request, HttpResponse<byte[]> response) {
    this.failures = failures;
    this.request = request;
    this.response = response;
  }

  /** The status. */
  public int status() {
    return response.statusCode();
  }

  /** Returns the first value of a header. The name is not case-sensitive. */
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The values of the {@code Set-Cookie} headers. */
  public List<String> cookies() {
    return response.headers().allValues("set-cookie");
  }

  /** The body as text, which is read as UTF-8. */
  public String body() {
    return new String(response.body(), UTF_8);
  }

  /** The bytes of the body. */
  public byte[] bytes() {
    return response.body().clone();
  }

  /**
   * Returns the body, read as JSON into a type that messages support.
   *
   * @throws AssertionError if it does not fit
   */
  public <T> T json(Class<T> type) {
    try {
      return JsonComparison.CODEC.read(body(), type);
    } catch (MismatchException e) {
      throw failures.of(
          request + " expected a body that is a " + type.getSimpleName() + "\n  but it was answered " + shown() + "\n  "
              + e.getMessage());
    }
  }

  /** Expects a status, whatever the body is. */
  public TestReply expect(int status) {
    if (status() == status) return this;
    throw failures.of(request + " expected " + status + "\n  but it was answered " + shown(), status, status());
  }

  /** Expects a status and a body, compared as text. */
  public TestReply expect(int status, String body) {
    expect(status);
    if (body().equals(body)) return this;
    throw failures.of(
        request + " expected the body \"" + Transcript.shown(body) + "\"\n  but it was answered " + shown(), body,
        body());
  }

  /** Expects a status and a value that messages support, such as a record, a list or a number, compared as JSON. */
  public TestReply expect(int status, Object body) {
    expect(status);
    String expected = JsonComparison.CODEC.write(body);
    Optional<String> difference = JsonComparison.difference(expected, body());
    if (difference.isEmpty()) return this;
    throw failures.of(
        request + " expected the body " + Transcript.shown(expected) + "\n  but it was answered " + shown() + "\n  "
            + difference.get(),
        expected, body());
  }

  /** Expects a header; only the first value of several counts. */
  public TestReply expectHeader(String name, String value) {
    if (header(name).filter(value::equals).isPresent()) return this;
    String was = header(name).map(each -> "it is: " + each).orElse("it is missing");
    throw failures.of(
        request + " expected the header " + name + ": " + value + "\n  but " + was, value, header(name).orElse(""));
  }

  String shown() {
    return status() + (response.body().length == 0 ? "" : " \"" + Transcript.shown(body()) + '"');
  }
}
