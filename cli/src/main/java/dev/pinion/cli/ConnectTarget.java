package dev.pinion.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code connect} connects to.
 *
 * @param app the app on this machine that the WebSocket belongs to; empty for any other
 */
record ConnectTarget(URI url, KnownRoutes routes, Optional<RunningApp> app) {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Finds what the user has named.
   *
   * @param named a URL, a port, the id of a WebSocket, or null
   * @throws UserException if there is no such thing
   */
  static ConnectTarget of(HttpClient http, @Nullable String named) throws InterruptedException {
    if (named == null) return of(app(http, RunningApp.DEFAULT), null);
    if (named.matches("[0-9]{1,5}")) return of(app(http, URI.create("http://localhost:" + named + "/")), null);
    if (!named.contains(":") && !named.contains("/")) return of(app(http, RunningApp.DEFAULT), named);
    URI url = url(named);
    if (url.getScheme().equals("http")) return of(app(http, url.resolve("/")), null);
    Optional<RunningApp> app = isLocal(url) ? RunningApp.at(http, page(url)) : Optional.empty();
    if (app.isEmpty() || app.get().sockets().isEmpty()) return new ConnectTarget(url, KnownRoutes.NONE, app);
    RunningApp.Socket here = app.get().here();
    boolean whole = url.getPath() != null && url.getPath().length() > 1;
    return new ConnectTarget(whole ? url : URI.create(here.url()), KnownRoutes.of(here), app);
  }

  private static ConnectTarget of(RunningApp app, @Nullable String id) {
    if (app.sockets().isEmpty()) throw new UserException("error: the app at " + app.page() + " has no WebSocket");
    RunningApp.Socket socket = id == null ? app.here()
        : app.sockets().stream().filter(each -> each.id().equals(id)).findFirst()
            .orElseThrow(() -> new UserException(
                "error: the app at " + app.page() + " has no WebSocket '" + id + "': it has "
                    + app.sockets().stream().map(RunningApp.Socket::id).collect(Collectors.joining(", "))
                    + "; the URL of a deployed one begins with wss://"));
    return new ConnectTarget(URI.create(socket.url()), KnownRoutes.of(socket), Optional.of(app));
  }

  /** Returns the app at an address. */
  static RunningApp app(HttpClient http, URI page) throws InterruptedException {
    return RunningApp.at(http, page).orElseThrow(() -> new UserException(
        "error: no app answers at " + page + ": start one with pinion run PROGRAM, or name its port, or the URL of a"
            + " deployed one"));
  }

  /**
   * Reads a URL.
   *
   * @throws UserException if it is not that of a WebSocket or of a page
   */
  static URI url(String named) {
    try {
      URI url = new URI(named);
      String scheme = String.valueOf(url.getScheme());
      if (Set.of("ws", "wss", "http").contains(scheme) && url.getHost() != null) return url;
    } catch (URISyntaxException e) {
      throw new UserException("error: '" + named + "' is not a URL: " + e.getReason(), e);
    }
    throw new UserException("error: '" + named + "' is not the URL of a WebSocket: it begins with ws:// or wss://, such"
        + " as ws://localhost:8080/prod");
  }

  private static boolean isLocal(URI url) {
    return url.getScheme().equals("ws") && LOCAL.contains(url.getHost());
  }

  private static URI page(URI url) {
    return URI.create("http://" + url.getRawAuthority() + "/");
  }
}
