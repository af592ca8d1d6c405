package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The HTTP that a socket speaks until it is upgraded: one request at a time, in order, kept alive.
 *
 * <pre>
 *             whole request             answered, kept alive
 *   READING ----------------> ANSWERING ---------------------> READING
 *      |                          | 101
 *      `--> closed: late, or      `----> the Connection's
 *           not HTTP
 * </pre>
 *
 * <p>All methods are the event loop's.
 */
final class HttpSession implements Protocol {
  private static final byte[] NOTHING = {};
  private static final int IDLE_FACTOR = 6;

  private final Hub hub;
  private final Wire wire;
  private final RequestReader reader;
  private byte[] rest = NOTHING;
  private boolean keepAlive;
  private boolean withBody = true;
  private String path = "";

  HttpSession(Hub hub, Wire wire) {
    this.hub = hub;
    this.wire = wire;
    reader = new RequestReader(hub.profile().postBytes);
  }

  /** The socket is connected; its first request is awaited. */
  void begin() {
    hub.lobby().enter(wire, hub.now() + hub.profile().requestTimeout.toMillis());
  }

  @Override
  public void received(byte[] data, int from, int to) {
    int at;
    try {
      at = reader.read(data, from, to);
    } catch (RefusedException e) {
      wire.pause();
      path = "";
      keepAlive = false;
      withBody = true;
      hub.lobby().leave(wire);
      refuse(e);
      return;
    }
    if (reader.isWhole()) {
      hub.lobby().leave(wire);
      wire.pause();
      rest = Arrays.copyOfRange(data, at, to);
      handle();
      return;
    }
    hub.lobby().keeps(wire, reader.kept());
    if (reader.expectsContinue()) {
      wire.send(HttpResponse.of(100).encode(true, false), Wire.Writer.SENDER);
    }
  }

  @Override
  public void ended() {
    hub.lobby().leave(wire);
  }

  private void handle() {
    boolean exceeded = reader.exceeded();
    byte[] body = reader.body();
    HttpRequest request = reader.take();
    path = request.path();
    keepAlive = !request.lists("Connection", "close");
    withBody = !request.method().equals("HEAD");
    try {
      if (!hub.gatekeeper().isAddressed(request)) {
        throw new RefusedException(403, "Host is not this server's");
      }
      switch (Target.of(path, hub.settings().stage())) {
        case Target.Stage _ -> upgrade(request);
        case Target.Connections connections -> {
          mustBeOwn(request);
          answer(Management.answer(hub, request.method(), connections.id(), body, exceeded));
        }
        case Target.Other _ -> other(request, exceeded);
      }
    } catch (RefusedException e) {
      refuse(e);
    }
  }

  private void upgrade(HttpRequest request) throws RefusedException {
    String address;
    try {
      address = wire.address();
    } catch (IOException e) {
      wire.close();
      return;
    }
    Handshake handshake = Handshake.of(hub, request, address);
    Event.Connect event = handshake.event();
    Connection connection = new Connection(hub, wire, handshake);
    hub.registry().add(connection);
    if (hub.routes().keys().contains(Routes.CONNECT)) {
      connection.ask(event, response -> verdict(connection, handshake, response));
    } else {
      verdict(connection, handshake, Response.OK);
    }
  }

  private void verdict(Connection connection, Handshake handshake, Response response) {
    try {
      if (hub.isClosed()) {
        throw new RefusedException(503, "gateway closes");
      }
      if (response.successful()) {
        accept(connection, handshake.accepted(response));
        return;
      }
      connection.refused();
      int status = response.statusCode() < 200 ? 502 : response.statusCode();
      hub.listener().refused(path, status, "the $connect handler's answer");
      keepAlive = false;
      answer(HttpResponse.of(status));
    } catch (RefusedException e) {
      connection.refused();
      refuse(e);
    }
  }

  /** Opens the connection behind its answer: whoever sees the answer may send, and be sent to. */
  private void accept(Connection connection, byte[] answer) {
    Wire.Offer offer = wire.send(answer, Wire.Writer.LATER);
    if (!connection.open()) {
      wire.close();
      return;
    }
    wire.protocol(connection);
    if (offer == Wire.Offer.CLOSED) {
      connection.ended();
      return;
    }
    wire.flush();
    wire.resume();
    connection.received(rest, 0, rest.length);
  }

  private void other(HttpRequest request, boolean exceeded) throws RefusedException {
    if (request.lists("Upgrade", "websocket")) {
      throw new RefusedException(403, "unknown stage");
    }
    mustBeOwn(request);
    if (exceeded) {
      throw new RefusedException(413, "body over " + hub.profile().postBytes + " bytes");
    }
    Thread.startVirtualThread(() -> ask(request));
  }

  /** On a thread of its own, for the endpoint may block. */
  private void ask(HttpRequest request) {
    try {
      Optional<HttpResponse> response = hub.settings().endpoint().answer(request);
      wire.loop().execute(() -> response.ifPresentOrElse(this::answer, () -> refuse(unknown())));
    } catch (Throwable e) {
      hub.listener().broke(e);
      wire.loop().execute(() -> refuse(new RefusedException(500, "endpoint failed")));
    }
  }

  private static RefusedException unknown() {
    return new RefusedException(403, "unknown path");
  }

  private void mustBeOwn(HttpRequest request) throws RefusedException {
    if (!hub.gatekeeper().isOwn(request)) {
      throw new RefusedException(403, "Origin is not this server's");
    }
  }

  private void refuse(RefusedException refusal) {
    hub.listener().refused(path, refusal.status(), refusal.why());
    HttpResponse response = HttpResponse.message(refusal.status(), HttpResponse.reason(refusal.status()));
    answer(
        switch (refusal.status()) {
          case 403 -> response.header("x-amzn-ErrorType", "ForbiddenException");
          case 426 ->
              response.header("upgrade", "websocket").header("connection", "upgrade")
                  .header("sec-websocket-version", "13");
          default -> response;
        });
  }

  private void answer(HttpResponse response) {
    byte[] bytes = response.encode(keepAlive, withBody);
    if (!keepAlive) {
      wire.sendLast(bytes);
      return;
    }
    hub.lobby().enter(wire, hub.now() + IDLE_FACTOR * hub.profile().requestTimeout.toMillis());
    if (wire.send(bytes, Wire.Writer.SENDER) == Wire.Offer.TAKEN) {
      next();
    } else {
      hub.lobby().leave(wire);
      wire.close();
    }
  }

  private void next() {
    byte[] more = rest;
    rest = NOTHING;
    wire.resume();
    if (more.length > 0) {
      wire.loop().execute(() -> received(more, 0, more.length));
    }
  }
}
