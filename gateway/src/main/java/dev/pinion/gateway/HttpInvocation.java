package dev.pinion.gateway;

import dev.pinion.PayloadTooLargeException;
import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of the handler of an HTTP API's route, on a virtual thread of its own.
 *
 * <pre>
 *             its answer is used
 *   RUNNING ----------------------------------------> ANSWERED
 *    |   '-- late: answered with 503; it runs on --> LATE
 *    |                                                |
 *    '-- abandon: its own timeout has passed --> ABANDONED
 * </pre>
 */
final class HttpInvocation implements HandlerThread.Queue {
  private static final long MOST_MILLIS = ApiGatewayQuotas.HTTP_INTEGRATION_TIMEOUT.toMillis();

  private enum State {
    RUNNING,
    LATE,
    ANSWERED,
    ABANDONED
  }

  private final HttpEvent event;
  private final HttpDeployment deployment;
  private final HandlerStretches stretches;
  private final LoopHandlers loop;
  private final Consumer<HttpOutcome> client;
  private final Consumer<HttpInvocation> ended;
  private final long since;
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private volatile @Nullable Thread thread;

  /**
   * A call of the handler of an event.
   *
   * @param since when it began, in milliseconds
   * @param client takes what the client gets, once, on any thread
   * @param ended is called when the handler has ended
   */
  HttpInvocation(
      HttpEvent event, HttpDeployment deployment, LoopHandlers loop, long since, Consumer<HttpOutcome> client,
      Consumer<HttpInvocation> ended) {
    this.event = event;
    this.deployment = deployment;
    this.stretches = deployment.stretches(event.routeKey());
    this.loop = loop;
    this.since = since;
    this.client = client;
    this.ended = ended;
  }

  @Override
  public void drain(HandlerThread handler) {
    thread = Thread.currentThread();
    try {
      HttpAnswer answer = deployment.integration().invoke(event);
      long bytes = HttpArrival.inJson(answer.body());
      if (bytes > ApiGatewayQuotas.INVOCATION_BYTES) {
        failed(
            new PayloadTooLargeException(
                "The reply has " + bytes + " bytes as a function's answer, over Lambda's "
                    + ApiGatewayQuotas.INVOCATION_BYTES));
      } else if (claim()) {
        client.accept(new HttpOutcome.Answered(event.context().requestId(), answer));
      }
    } catch (HandlerTimeoutException e) {
      killed(e);
    } catch (Throwable e) {
      failed(e);
    } finally {
      ended.accept(this);
    }
  }

  private boolean claim() {
    return state.compareAndSet(State.RUNNING, State.ANSWERED);
  }

  private void failed(Throwable failure) {
    if (state.get() == State.ABANDONED) {
      return;
    }
    boolean claimed = claim();
    try {
      deployment.listener().failed(event, failure);
    } finally {
      if (claimed) {
        client.accept(new HttpOutcome.Refused(event.context().requestId(), 500));
      }
    }
  }

  /** The integration has ended the handler itself. */
  private void killed(HandlerTimeoutException why) {
    if (why.timeout().toMillis() < MOST_MILLIS) {
      failed(why);
    } else if (claim()) {
      deployment.listener().timedOut(event, false);
      client.accept(new HttpOutcome.Refused(event.context().requestId(), 503));
    }
  }

  /** Applies the limits of time at a time in milliseconds; until {@code held} none counts. Any thread. */
  void sweep(long now, long held) {
    long ran = now - Math.max(since, held);
    Duration timeout = deployment.timeout(event.routeKey());
    Thread own = thread;
    if (ran >= timeout.toMillis() && own != null) {
      abandon(own, timeout);
    } else if (ran >= MOST_MILLIS && state.compareAndSet(State.RUNNING, State.LATE)) {
      deployment.listener().timedOut(event, true);
      client.accept(new HttpOutcome.Refused(event.context().requestId(), 503));
    }
  }

  private void abandon(Thread own, Duration timeout) {
    boolean first = state.compareAndSet(State.RUNNING, State.ABANDONED);
    if (!first && !state.compareAndSet(State.LATE, State.ABANDONED)) {
      return;
    }
    own.interrupt();
    HttpListener listener = deployment.listener();
    InterruptedHandlers.watch(own, stack -> listener.stillRuns(event, stack));
    boolean late = timeout.toMillis() >= MOST_MILLIS;
    if (first && late) {
      listener.timedOut(event, false);
    } else {
      listener.failed(event, new HandlerTimeoutException(timeout));
    }
    if (first) {
      client.accept(new HttpOutcome.Refused(event.context().requestId(), late ? 503 : 500));
    }
  }

  HttpEvent event() {
    return event;
  }

  HttpDeployment deployment() {
    return deployment;
  }

  /** When it began, in milliseconds. */
  long since() {
    return since;
  }

  /** Returns the thread that runs the handler; null before it has begun. */
  @Nullable
  Thread thread() {
    return thread;
  }

  boolean isAbandoned() {
    return state.get() == State.ABANDONED;
  }

  @Override
  public void execute(Runnable stretch) {
    loop.execute(this, stretch);
  }

  @Override
  public void computedLong() {
    stretches.computedLong();
  }

  @Override
  public void computedShort() {
    stretches.computedShort();
  }

  @Override
  public boolean computes() {
    return stretches.computes();
  }

  @Override
  public ComputingPool.Share share() {
    return stretches.share();
  }
}
