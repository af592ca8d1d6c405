package dev.pinion.awsclient;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private static final long AHEAD_NANOS = 3_000_000_000L;

  private final TlsFactory tls;
  private final Map<String, Deque<Idle>> idle = new HashMap<>();
  /** Connections that are being made before anybody asks for them, by origin. */
  private final Map<String, FutureTask<Boolean>> ahead = new ConcurrentHashMap<>();

  /** A connection, and since when it is idle: by the JVM's time, and by the wall clock, which no snapshot stops. */
  private record Idle(HttpSocket socket, long nanos, long millis) {}

  SocketTransport(TlsFactory tls) {
    this.tls = tls;
  }

  @Override
  public AwsReply send(AwsCall call, long deadline) throws IOException {
    String origin = origin(call.uri());
    awaitAhead(origin, deadline);
    HttpSocket socket = take(origin);
    if (socket == null) {
      socket = HttpSocket.connect(call.uri(), tls, deadline);
    }
    try {
      AwsReply reply = socket.exchange(call, deadline);
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

  /**
   * Connects in a thread of its own. The first request to that server waits for the connection; if it cannot be made,
   * the request connects again, and reports why it cannot.
   */
  void connectAhead(URI uri) {
    String origin = origin(uri);
    FutureTask<Boolean> task = new FutureTask<>(() -> {
      give(origin, HttpSocket.connect(uri, tls, System.nanoTime() + AHEAD_NANOS));
      return true;
    });
    if (ahead.putIfAbsent(origin, task) == null) {
      Thread.ofPlatform().daemon().name("pinion-connect").start(task);
    }
  }

  private void awaitAhead(String origin, long deadline) throws IOException {
    FutureTask<Boolean> task = ahead.remove(origin);
    if (task == null) {
      return;
    }
    try {
      var _ = task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // The request connects itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a connection is made", e);
    }
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
      if (!old && !next.socket.hasMore() && !(look && next.socket.isStale())) {
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
