package dev.pinion.engine;

/** What a server does with requests. Called on event loops, by several threads at once; it must not block. */
public interface HttpHandler {

  /**
   * Handles a request, now or later.
   *
   * @throws RefusedException when it is refused, which {@link #refusal} then answers
   */
  void handle(HttpExchange exchange) throws RefusedException;

  /**
   * Returns how many bytes are kept of a request's body; the rest is read and dropped. Called once the headers have
   * been read.
   *
   * @param head the request, without its body
   * @param usual the server's limit
   */
  default int bodyBytes(HttpRequest head, int usual) {
    return usual;
  }

  /**
   * Returns whether a body is read whose client waits for {@code 100 Continue} before it sends it. Otherwise the
   * request is handled without it, and the answer is the connection's last (RFC 9110 section 10.1.1).
   *
   * @param head the request, without its body
   * @param tooLong whether the body would be cut
   */
  default boolean wantsBody(HttpRequest head, boolean tooLong) {
    return true;
  }

  /**
   * Returns the answer to a request that is refused.
   *
   * @param path the request's path; empty when the request could not be read
   */
  default HttpResponse refusal(String path, RefusedException refusal) {
    return HttpResponse.of(refusal.status());
  }

  /** Takes an error of the server's own; the socket concerned is closed. */
  default void failed(Throwable bug) {
    System.getLogger(HttpHandler.class.getPackageName()).log(System.Logger.Level.ERROR, "Server error", bug);
  }
}
