package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A connection to a WebSocket. Its methods are one thread's; what arrives is passed on by the client's threads. */
final class ClientLink implements WebSocket.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ACCEPTED = 101;
  /** How long the server has for its close frame. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Consumer<Arrived> sink;
  private final CompletableFuture<Arrived.Ended> ended = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile boolean closing;
  private volatile @Nullable WebSocket socket;

  /** What arrives on a connection. */
  sealed interface Arrived {
    /** A message. */
    record Text(String text) implements Arrived {}

    /**
     * A binary message.
     *
     * @param shown its size and first bytes, as text
     */
    record Binary(String shown) implements Arrived {}

    /** A ping or a pong. */
    record Control(String what) implements Arrived {}

    /**
     * The end of the connection.
     *
     * @param own whether this client has closed it
     * @param code the close code; 1006 if the connection was lost
     */
    record Ended(boolean own, int code, String reason) implements Arrived {
      boolean isLost() {
        return code == 1006;
      }

      String text() {
        return (isLost() ? "lost: " : own ? "closed: " : "closed by the server: ") + CloseMeaning.of(code, reason);
      }
    }
  }

  /** Nothing was connected; the message says why. */
  static final class NotConnectedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotConnectedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * What a handshake asks for.
   *
   * @param headers names with values
   */
  record Handshake(URI url, List<Map.Entry<String, String>> headers, List<String> subprotocols) {}

  private ClientLink(Consumer<Arrived> sink) {
    this.sink = sink;
  }

  /**
   * Connects.
   *
   * @param sink receives what arrives
   * @throws UserException if a header cannot be set
   */
  static ClientLink open(HttpClient http, Handshake handshake, Consumer<Arrived> sink)
      throws NotConnectedException, InterruptedException {
    ClientLink link = new ClientLink(sink);
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
    try {
      handshake.headers.forEach(each -> builder.header(each.getKey(), each.getValue()));
      List<String> names = handshake.subprotocols;
      if (!names.isEmpty()) {
        builder.subprotocols(names.getFirst(), names.subList(1, names.size()).toArray(String[]::new));
      }
      link.socket = builder.buildAsync(handshake.url, link).get();
      return link;
    } catch (IllegalArgumentException e) {
      throw mistake(e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof IllegalArgumentException mistake) throw mistake(mistake);
      throw new NotConnectedException(why(handshake.url, cause), e);
    }
  }

  private static UserException mistake(IllegalArgumentException e) {
    return new UserException("error: this handshake cannot be sent: " + e.getMessage(), e);
  }

  private static String why(URI url, Throwable cause) {
    if (cause instanceof WebSocketHandshakeException refused) {
      var response = refused.getResponse();
      if (response.statusCode() == ACCEPTED) {
        String reason = refused.getCause() == null ? "" : ": " + refused.getCause().getMessage();
        return "answered 101, but that is no answer to this handshake" + reason;
      }
      String type = response.headers().firstValue("x-amzn-errortype").map(each -> ", " + each).orElse("");
      String body = response.body() instanceof String text && !text.isBlank() ? ": " + FrameText.safe(text) : "";
      return "refused with " + HandshakeRefusals.of(response.statusCode()) + type + body;
    }
    String host = url.getAuthority();
    if (cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException) {
      return "unknown host " + url.getHost();
    }
    if (cause instanceof ConnectException) return "nothing listens at " + host;
    if (cause instanceof SSLException) return "no TLS with " + host + ": " + cause.getMessage();
    return "no connection to " + host + ": " + (cause.getMessage() == null ? cause : cause.getMessage());
  }

  /** The subprotocol that the server has chosen; empty without one. */
  String subprotocol() {
    WebSocket open = socket;
    return open == null ? "" : open.getSubprotocol();
  }

  /** Sends a message. Returns whether the connection was open. */
  boolean send(String message) {
    return sent(open -> open.sendText(message, true));
  }

  /** Sends a ping. Returns whether the connection was open. */
  boolean ping(String payload) {
    return sent(open -> open.sendPing(ByteBuffer.wrap(payload.getBytes(UTF_8))));
  }

  private interface Sending {
    CompletableFuture<WebSocket> send(WebSocket open);
  }

  private boolean sent(Sending what) {
    WebSocket open = socket;
    if (open == null || ended.isDone()) return false;
    try {
      var _ = what.send(open).join();
      return true;
    } catch (CompletionException | IllegalStateException e) {
      return false; // its end has been, or is now, passed on
    }
  }

  /** Closes the connection, and waits a moment for the server's close frame. */
  void close(int code, String reason) throws InterruptedException {
    closing = !ended.isDone();
    var _ = sent(open -> open.sendClose(code, reason));
    if (waitUntilEnded(CLOSING)) return;
    WebSocket open = socket;
    if (open != null) open.abort();
    end(1006, "the server sent no close frame");
  }

  boolean isEnded() {
    return ended.isDone();
  }

  /** Waits for the end of the connection, but no longer than a time. Returns whether it has ended. */
  boolean waitUntilEnded(Duration time) throws InterruptedException {
    try {
      var _ = ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  /** Returns how the connection has ended. */
  Arrived.Ended end() {
    return ended.join();
  }

  private void end(int code, String reason) {
    Arrived.Ended how = new Arrived.Ended(closing, code, reason);
    if (ended.isDone()) return;
    sink.accept(how);
    ended.complete(how);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      sink.accept(new Arrived.Text(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    byte[] data = new byte[part.remaining()];
    part.get(data);
    bytes.writeBytes(data);
    if (last) {
      sink.accept(new Arrived.Binary(FrameText.binary(bytes.toByteArray())));
      bytes.reset();
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    sink.accept(new Arrived.Control("ping " + UTF_8.decode(payload)));
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    sink.accept(new Arrived.Control("pong " + UTF_8.decode(payload)));
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end(code, reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end(1006, String.valueOf(error.getMessage() == null ? error : error.getMessage()));
  }
}
