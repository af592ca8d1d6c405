package dev.pinion.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP that a socket speaks until it is upgraded: one request at a time, in order, kept alive.
 *
 * <pre>
 *             whole request             answered, kept alive
 *   READING ----------------> ANSWERING ---------------------> READING
 *      |                          |
 *      |                          `----> OVER: 101, the next protocol's
 *      `-- not HTTP, late --> OVER       or the last answer
 * </pre>
 *
 * <p>While a request is being answered the socket is paused, and the bytes behind it are held. They are consumed before
 * any that the socket still has, so that the order of a client's bytes never changes. All methods are the event loop's.
 */
final class HttpSession implements Protocol, HttpExchange, InputKeeper {
  private static final byte[] NOTHING = {};
  /** A client may be silent between two requests for so many times as long as it may take for one. */
  private static final int IDLE_FACTOR = 6;
  /** So many requests of one client are handled before others are served. */
  private static final int AT_ONCE = 16;

  private enum State {
    READING,
    ANSWERING,
    OVER
  }

  private final ClientSocket socket;
  private final HttpHandler handler;
  private final Deadlines deadlines;
  private final RequestReader reader;
  private State state = State.READING;
  private boolean consuming;
  private byte[] held = NOTHING;
  private int heldFrom;
  private int reported;

  private @Nullable HttpRequest request;
  private byte[] body = NOTHING;
  private boolean bodyCut;
  /** Whether the request is answered although its body was not read. */
  private boolean withoutBody;
  private @Nullable String address;

  HttpSession(ClientSocket socket, HttpHandler handler, Deadlines deadlines, ServerLimits limits) {
    this.socket = socket;
    this.handler = handler;
    this.deadlines = deadlines;
    reader = new RequestReader(limits, head -> handler.bodyBytes(head, limits.bodyBytes()));
  }

  @Override
  public void begin() {
    deadlines.enter(socket, 1);
  }

  @Override
  public void received(byte[] data, int from, int to) {
    int at = read(data, from, to);
    if (state == State.ANSWERING) {
      socket.pause();
      held = Arrays.copyOfRange(data, at, to);
      heldFrom = 0;
      consume();
      report();
    }
  }

  /** Handles the request that is whole and those whose bytes are held, until one is not answered at once. */
  private void consume() {
    consuming = true;
    for (int count = 1; state == State.ANSWERING; count++) {
      handle();
      if (state != State.READING) {
        break;
      }
      if (count == AT_ONCE) {
        consuming = false;
        socket.execute(this::next);
        return;
      }
      readHeld();
    }
    consuming = false;
    if (state == State.READING) {
      socket.resume();
    }
  }

  private void next() {
    if (state == State.READING) {
      readHeld();
      consume();
      report();
    }
  }

  private void report() {
    int memory = held.length + body.length;
    if (InputBudget.isDue(reported, memory)) {
      reported = memory;
      socket.inputBudget().keeps(this, memory);
    }
  }

  @Override
  public void overBudget() {
    socket.drop();
  }

  private void readHeld() {
    byte[] data = held;
    heldFrom = read(data, heldFrom, data.length);
    if (heldFrom == data.length) {
      held = NOTHING;
      heldFrom = 0;
    }
  }

  /** Takes the bytes of a request; returns the index of the first that is not this request's. */
  private int read(byte[] data, int from, int to) {
    try {
      int at = reader.read(data, from, to);
      if (reader.isWhole()) {
        state = State.ANSWERING;
        deadlines.leave(socket);
        bodyCut = reader.exceeded();
        body = reader.body();
        request = reader.take();
      } else {
        deadlines.keeps(socket, reader.kept());
        if (reader.expectsContinue()) {
          expected();
        }
      }
      return at;
    } catch (RefusedException e) {
      deadlines.leave(socket);
      answerLast(handler.refusal("", e));
      return to;
    }
  }

  /** Asks the client for its body, or answers at once; then nobody knows whether the body comes all the same. */
  private void expected() {
    if (handler.wantsBody(reader.head(), reader.isTooLong())) {
      socket.send(HttpResponse.of(100).encode(true, false), Writer.SENDER);
      return;
    }
    state = State.ANSWERING;
    deadlines.leave(socket);
    bodyCut = reader.isTooLong();
    request = reader.head();
    withoutBody = true;
  }

  private void handle() {
    try {
      handler.handle(this);
    } catch (RefusedException e) {
      refuse(e);
    }
  }

  @Override
  public void ended() {
    state = State.OVER;
    deadlines.leave(socket);
    held = NOTHING;
    body = NOTHING;
    report();
  }

  @Override
  public HttpRequest request() {
    return Objects.requireNonNull(request);
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public boolean isBodyCut() {
    return bodyCut;
  }

  @Override
  public ClientSocket socket() {
    return socket;
  }

  @Override
  public String address() throws IOException {
    String known = address;
    if (known == null) {
      known = socket.channel.getRemoteAddress() instanceof InetSocketAddress from
          ? from.getAddress().getHostAddress()
          : "";
      address = known;
    }
    return known;
  }

  @Override
  public boolean hasClientLeft() {
    return socket.hasClientLeft();
  }

  @Override
  public void refuse(RefusedException refusal) {
    answer(handler.refusal(request().path(), refusal));
  }

  @Override
  public void answer(HttpResponse response) {
    if (state != State.ANSWERING) {
      return;
    }
    if (withoutBody || request().lists("Connection", "close")) {
      answerLast(response);
      return;
    }
    byte[] bytes = response.encode(true, withBody());
    forget();
    state = State.READING;
    deadlines.enter(socket, IDLE_FACTOR);
    if (socket.send(bytes, Writer.SENDER) != Offer.TAKEN) {
      socket.close();
    } else if (!consuming) {
      next();
    }
  }

  @Override
  public void answerLast(HttpResponse response) {
    if (state != State.OVER) {
      state = State.OVER;
      socket.pause();
      socket.sendLast(OutboundFrame.of(response.encode(false, withBody())));
      forget();
      held = NOTHING;
      report();
    }
  }

  private boolean withBody() {
    return request == null || !request.method().equals("HEAD");
  }

  private void forget() {
    request = null;
    body = NOTHING;
  }

  /** The next protocol begins behind the answer: whoever sees the answer may send, and be sent to. */
  @Override
  public void upgrade(byte[] answer, Protocol next) {
    boolean wasOver = state == State.OVER;
    state = State.OVER;
    byte[] rest = held;
    held = NOTHING;
    body = NOTHING;
    report();
    socket.send(answer, Writer.LATER);
    socket.protocol(next);
    if (wasOver) {
      next.ended();
      return;
    }
    socket.flush();
    socket.resume();
    next.received(rest, heldFrom, rest.length);
  }
}
