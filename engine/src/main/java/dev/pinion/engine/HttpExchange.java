package dev.pinion.engine;

import java.io.IOException;

/**
 * One HTTP request, and the way to answer it: exactly one of {@link #answer}, {@link #answerLast}, {@link #refuse} and
 * {@link #upgrade} has to be called. Until then the client's next request is not read.
 *
 * <p>All methods are the event loop's; see {@link ClientSocket#execute}.
 */
public interface HttpExchange {

  /** Returns the request. */
  HttpRequest request();

  /** Returns the request's body, up to the limit. */
  byte[] body();

  /** Returns whether the body was longer than the limit, and is cut. */
  boolean isBodyCut();

  /** Returns the client's socket. */
  ClientSocket socket();

  /**
   * Returns the client's address.
   *
   * @throws IOException when the socket is closed
   */
  String address() throws IOException;

  /** Returns whether the client has ended its side of the socket or is lost, as far as the system knows. */
  boolean hasClientLeft();

  /** Answers; the socket is kept for further requests if the client wants that. */
  void answer(HttpResponse response);

  /** Answers, and closes the socket. */
  void answerLast(HttpResponse response);

  /** Answers with what {@link HttpHandler#refusal} says. */
  void refuse(RefusedException refusal);

  /** Writes an answer of status 101, such as {@link WebSocketUpgrade#answer}, and hands the socket to a protocol. */
  void upgrade(byte[] answer, Protocol next);
}
