package dev.pinion.gateway;

import dev.pinion.engine.EventLoop;
import dev.pinion.engine.Server;
import dev.pinion.spi.HttpEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * An HTTP server that behaves like one API Gateway HTTP API: routes, events, CORS, limits and errors. {@link
 * HttpGatewayBuilder} starts one.
 *
 * <p>All methods may be called from any thread. It shares its event loops with all gateways of the process.
 */
public final class HttpGateway implements AutoCloseable {
  private static final long LOOK_NANOS = 1_000_000;

  private final HttpSettings settings;
  private final ServerAddress address;
  private final HandlerLoops loops;
  private final HttpApiRequests requests;
  private final Server server;
  private final EventLoop ticking;
  private final Runnable ticker = this::tick;
  private final Debugger debugger = new Debugger(System.nanoTime());
  /** Until when a debugger held up handlers, so that time did not count. */
  private volatile long held;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A call of a handler that has not ended.
   *
   * @param deployment whose handler it is
   * @param event the request
   * @param time how long it has run, by the gateway's clock
   * @param thread its thread; empty list of one that has not begun
   */
  public record Running(HttpDeployment deployment, HttpEvent event, Duration time, List<Thread> thread) {
    public Running {
      thread = List.copyOf(thread);
    }
  }

  private HttpGateway(HttpSettings settings, ServerSocketChannel listening, HandlerLoops loops) throws IOException {
    this.settings = settings;
    this.loops = loops;
    address = ServerAddress.of(settings.host(), ((InetSocketAddress) listening.getLocalAddress()).getPort());
    requests = new HttpApiRequests(settings, address.port(), loops);
    server = Server.serve(loops.loops(), listening, settings.serverLimits(), settings.clock(), requests);
    ticking = loops.loops().all().getFirst();
    ticking.addTicker(ticker);
  }

  static HttpGateway start(HttpSettings settings) throws IOException {
    ServerSocketChannel listening = Server.listen(settings.host(), settings.port());
    return new HttpGateway(settings, listening, HandlerLoops.acquire());
  }

  /** Returns the port it listens on. */
  public int port() {
    return address.port();
  }

  /** Returns the URL that clients call, without a slash at its end, such as {@code http://localhost:8081}. */
  public String url() {
    return "http://" + address.authority();
  }

  /** Replaces the deployment for all requests that arrive from now on; a handler that runs ends where it began. */
  public void deploy(HttpDeployment next) {
    settings.deployed().set(next);
  }

  /** Returns the calls of handlers that have not ended and were not interrupted. */
  public List<Running> running() {
    long now = settings.clock().millis();
    return requests.running().stream().filter(each -> !each.isAbandoned()).map(each -> running(each, now)).toList();
  }

  /** Returns those calls of handlers that run, interrupted ones too, of some deployments. */
  public List<Running> running(Predicate<HttpDeployment> whose) {
    long now = settings.clock().millis();
    return requests.running().stream().filter(each -> whose.test(each.deployment())).map(each -> running(each, now))
        .toList();
  }

  private static Running running(HttpInvocation call, long now) {
    Thread thread = call.thread();
    return new Running(
        call.deployment(), call.event(), Duration.ofMillis(now - call.since()),
        thread == null ? List.of() : List.of(thread));
  }

  /** Returns what waits and runs. */
  public HandlerLoad handlerLoad() {
    List<Running> all = running();
    int begun = (int) all.stream().filter(each -> !each.thread().isEmpty()).count();
    int blocked = (int) all.stream().flatMap(each -> each.thread().stream())
        .filter(each -> each.getState() != Thread.State.RUNNABLE).count();
    return new HandlerLoad(all.size() - begun, begun, blocked);
  }

  /** Closes without waiting for handlers. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Closes: takes no more requests, waits for the handlers that run, and closes all sockets.
   *
   * @param grace how long to wait, in real time
   * @return the requests whose handlers had not finished by then; they are interrupted
   */
  public List<HttpEvent> close(Duration grace) {
    if (!closed.compareAndSet(false, true)) {
      return List.of();
    }
    requests.close();
    server.stopAccepting();
    long end = System.nanoTime() + grace.toNanos();
    while (!running().isEmpty() && System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    List<Running> unfinished = running();
    unfinished.forEach(each -> each.thread().forEach(Thread::interrupt));
    ticking.removeTicker(ticker);
    server.close();
    loops.release();
    return unfinished.stream().map(Running::event).toList();
  }

  private void tick() {
    if (debugger.holdsTime()) {
      held = settings.clock().millis();
    } else {
      sweep();
    }
  }

  /** Applies the limits of time now. This happens by itself four times a second; tests that set the clock call it. */
  public void sweep() {
    long now = settings.clock().millis();
    requests.running().forEach(each -> each.sweep(now, held));
  }
}
