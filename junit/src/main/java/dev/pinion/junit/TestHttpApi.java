package dev.pinion.junit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import org.opentest4j.AssertionFailedError;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An HTTP API of a test's app, and a client of it, which follows no redirects. Each method sends a request and
 * waits for the reply. Any thread.
 */
public final class TestHttpApi {
  /** Longer than API Gateway waits for a handler. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final Pinion pinion;
  private final String id;
  private final String url;

  TestHttpApi(Pinion pinion, String id, String url) {
    this.pinion = pinion;
    this.id = id;
    this.url = url;
  }

  /** Returns the URL of the API, without a slash at its end. */
  public String url() {
    return url;
  }

  /**
   * Sends a {@code GET}.
   *
   * @param target the path, and perhaps a query, such as {@code /orders?from=7}
   */
  public TestReply get(String target) {
    return send("GET", target, _ -> {});
  }

  /** Sends a {@code DELETE}. */
  public TestReply delete(String target) {
    return send("DELETE", target, _ -> {});
  }

  /** Sends a {@code POST} without a body. */
  public TestReply post(String target) {
    return send("POST", target, _ -> {});
  }

  /** Sends a {@code POST} with a value that messages support, such as a record, as JSON. */
  public TestReply post(String target, Object body) {
    return send("POST", target, request -> request.json(body));
  }

  /** Sends a {@code POST} with a text, whose {@code content-type} is {@code application/json}. */
  public TestReply post(String target, String json) {
    return send("POST", target, request -> request.header("content-type", "application/json").body(json));
  }

  /** Sends a {@code PUT} with a value that messages support, such as a record, as JSON. */
  public TestReply put(String target, Object body) {
    return send("PUT", target, request -> request.json(body));
  }

  /** Sends a {@code PUT} with a text, whose {@code content-type} is {@code application/json}. */
  public TestReply put(String target, String json) {
    return send("PUT", target, request -> request.header("content-type", "application/json").body(json));
  }

  /**
   * Sends a request.
   *
   * @param asked sets headers and the body: {@code r -> r.header("authorization", "x").json(order)}
   */
  public TestReply send(String method, String target, Consumer<TestRequest> asked) {
    TestRequest request = new TestRequest();
    asked.accept(request);
    String shown = method + " " + target;
    String body = request.body.length == 0 ? "" : " \"" + Transcript.shown(new String(request.body, UTF_8)) + '"';
    pinion.transcript().add(id, "-> " + shown + body);
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + target)).timeout(PATIENCE)
        .method(method, request.body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body));
    if (!request.headers.isEmpty()) builder.headers(request.headers.toArray(String[]::new));
    try {
      HttpResponse<byte[]> response = CLIENT.send(builder.build(), BodyHandlers.ofByteArray());
      TestReply reply = new TestReply(pinion.failures(), id + ": " + shown, response);
      pinion.transcript().add(id, "<- " + reply.shown());
      return reply;
    } catch (IOException e) {
      AssertionFailedError failure = pinion.failures().of(id + ": " + shown + " got no reply: " + e);
      failure.initCause(e);
      throw failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
