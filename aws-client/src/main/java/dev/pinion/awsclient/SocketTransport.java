package dev.pinion.awsclient;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over sockets that are kept open between requests. One that has been idle is looked at before it is used
 * again: a function's instance is frozen between two events, and whoever is at the other end closes meanwhile. Any
 * thread.
 */
final class SocketTransport implements Transport {
  /** As many as a broadcast uses at once. */
  private static final int MOST_IDLE = 32;
  private static final long LOOK_AFTER_NANOS = 1_000_000_000;
  private static final long IDLE_MILLIS = 20_000;

  private final TlsFactory tls;
  private final Map<String, Deque<Idle>> idle = new HashMap<>();

  /** A connection, and since when it is idle: by the JVM's time, and by the wall clock, which no snapshot stops. */
  private record Idle(HttpSocket socket, long nanos, long millis) {}

  SocketTransport(TlsFactory tls) {
    this.tls = tls;
  }

  @Override
  public HttpReply send(HttpCall call, long deadline) throws IOException {
    String origin = origin(call.uri());
    HttpSocket socket = take(origin);
    if (socket == null) {
      socket = HttpSocket.connect(call.uri(), tls, deadline);
    }
    try {
      HttpReply reply = socket.exchange(call, deadline);
      if (socket.isReusable()) {
        give(origin, socket);
      } else {
        socket.close();
      }
      return reply;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  void prepareTls() {
    tls.prepare();
  }

  /** Closes all idle connections, which are dead after a snapshot. */
  void closeIdle() {
    synchronized (idle) {
      idle.values().forEach(each -> each.forEach(one -> one.socket.close()));
      idle.clear();
    }
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private @Nullable HttpSocket take(String origin) {
    for (Idle next = poll(origin); next != null; next = poll(origin)) {
      long millis = System.currentTimeMillis() - next.millis;
      boolean old = millis < 0 || millis > IDLE_MILLIS;
      boolean look = millis > LOOK_AFTER_NANOS / 1_000_000 || System.nanoTime() - next.nanos > LOOK_AFTER_NANOS;
      if (!old && !(look && next.socket.isStale())) {
        return next.socket;
      }
      next.socket.close();
    }
    return null;
  }

  private @Nullable Idle poll(String origin) {
    synchronized (idle) {
      Deque<Idle> some = idle.get(origin);
      return some == null ? null : some.pollFirst();
    }
  }

  private void give(String origin, HttpSocket socket) {
    synchronized (idle) {
      Deque<Idle> some = idle.computeIfAbsent(origin, _ -> new ArrayDeque<>());
      if (some.size() < MOST_IDLE) {
        some.addFirst(new Idle(socket, System.nanoTime(), System.currentTimeMillis()));
        return;
      }
    }
    socket.close();
  }
}
