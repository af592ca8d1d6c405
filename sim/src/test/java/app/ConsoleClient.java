package app;

import dev.pinion.App;
import dev.pinion.json.RecordCodec;
import dev.pinion.sim.Simulator;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A test of the page of a running app: what it asks for and does, and a client. */
@SuppressWarnings("unchecked") // of JSON objects, whose members are looked up by name
abstract class ConsoleClient {
  final HttpClient http = HttpClient.newHttpClient();
  final RecordCodec json = new RecordCodec();
  private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private Optional<Simulator> running = Optional.empty();

  /** Runs an app at a fixed time, whose secrets have values. */
  void start(App app, Path data, Map<String, String> secrets) {
    running = Optional.of(Simulator.of(app).port(0).data(data).values(secrets).interactive()
        .clock(InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z")))
        .log(new PrintStream(OutputStream.nullOutputStream())).start());
  }

  @AfterEach
  void stop() {
    running.ifPresent(Simulator::close);
  }

  Simulator simulator() {
    return running.orElseThrow();
  }

  String page() {
    return simulator().endpoints().getFirst().page();
  }

  Map<String, Object> get(String name) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(page() + "page/" + name)).build();
    return json.read(http.send(request, HttpResponse.BodyHandlers.ofString()).body(), Map.class);
  }

  HttpResponse<String> post(String action, Map<String, Object> body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(page() + "page/" + action))
        .POST(HttpRequest.BodyPublishers.ofString(json.write(body)));
    if (headers.length > 0) request.headers(headers);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> own(String action, Map<String, Object> body) throws Exception {
    return post(action, body, "Origin", page().replaceFirst("/$", ""));
  }

  WebSocket connect() {
    return connect(0);
  }

  /** Connects to one of the app's WebSockets, by its place in the order of declaration. */
  WebSocket connect(int webSocket) {
    return http.newWebSocketBuilder()
        .buildAsync(URI.create(simulator().endpoints().get(webSocket).url()), new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            messages.add(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
          }

          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add("closed " + code);
            return WebSocket.Listener.super.onClose(socket, code, reason);
          }
        }).join();
  }

  String next() throws InterruptedException {
    String message = messages.poll(20, TimeUnit.SECONDS);
    return message == null ? "nothing came" : message;
  }

  /** Polls until so many events have come. */
  List<Map<String, Object>> events(int count) throws Exception {
    List<Map<String, Object>> events = new ArrayList<>();
    long after = 0;
    while (events.size() < count) {
      Map<String, Object> polled = get("events.json?wait=yes&after=" + after);
      events.addAll((List<Map<String, Object>>) polled.get("events"));
      after = ((Number) polled.get("next")).longValue() - 1;
    }
    return events;
  }

  String connectionId() throws Exception {
    return (String) ((List<Map<String, Object>>) get("connections.json").get("connections")).getFirst().get("id");
  }
}
