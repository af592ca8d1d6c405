package dev.pinion.cli;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An app that {@code pinion run} runs on this machine, as its page describes it. One thread at a time. */
final class RunningApp {
  /** Where the page of an app is by default. */
  static final URI DEFAULT = URI.create("http://localhost:8080/");
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final HttpClient http;
  private final URI page;
  private final Api api;
  private final RecordCodec json = new RecordCodec();

  /** The app's WebSockets. */
  record Api(String app, List<Socket> webSockets) {}

  /**
   * A WebSocket of the app.
   *
   * @param here whether its port is the one that was asked
   */
  record Socket(String id, String url, String routeSelectionExpression, boolean here, List<Route> routes) {}

  /** A route, with a body that it takes. */
  record Route(String key, Optional<Object> sample) {}

  /** What became of a handshake: the connection's id, or the status of a refusal and its reason. */
  record Client(Optional<String> connectionId, Optional<Integer> status, Optional<String> why) {}

  private RunningApp(HttpClient http, URI page, Api api) {
    this.http = http;
    this.page = page;
    this.api = api;
  }

  /** Returns the app whose page is at an address; empty if there is none. */
  static Optional<RunningApp> at(HttpClient http, URI page) throws InterruptedException {
    RunningApp asked = new RunningApp(http, page, new Api("", List.of()));
    return asked.ask("page/api.json", Api.class).map(api -> new RunningApp(http, page, api));
  }

  URI page() {
    return page;
  }

  List<Socket> sockets() {
    return api.webSockets;
  }

  /** Returns the WebSocket whose port was asked, or else the first one. */
  Socket here() {
    return api.webSockets.stream().filter(Socket::here).findFirst().orElseGet(api.webSockets::getFirst);
  }

  /** Returns what became of the handshake with a token. */
  Optional<Client> client(String token) throws InterruptedException {
    return ask("page/client.json?token=" + token, Client.class);
  }

  /** Asks the page for JSON; empty if it does not answer, or something else answers. */
  <T> Optional<T> ask(String path, Class<T> type) throws InterruptedException {
    return ask(path, type, PATIENCE);
  }

  /** Asks the page for JSON that it may answer late; empty if it does not answer, or something else answers. */
  <T> Optional<T> ask(String path, Class<T> type, Duration patience) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page.resolve(path)).timeout(patience).build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(json.read(response.body(), type)) : Optional.empty();
    } catch (IOException | MismatchException e) {
      return Optional.empty();
    }
  }
}
